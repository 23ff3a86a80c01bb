/** Who came after an instant (milliseconds since 1970); conditions for a query of `subscribers`. */

import { type Expression, type SqlBool, sql } from 'kysely'

/** True of those in the segment who joined, or confirmed that they want to, after it. */
export function joinedSince(since: number, segment: Expression<SqlBool>): Expression<SqlBool> {
  return sql<SqlBool>`(coalesce(subscribers.confirmed_at, subscribers.joined_at) > ${since} and ${segment})`
}

/** True of those in the segment who confirmed after it. Who was put on the list by an import has confirmed nothing, and is no newcomer. */
export function confirmedSince(since: number, segment: Expression<SqlBool>): Expression<SqlBool> {
  return sql<SqlBool>`(coalesce(subscribers.confirmed_at, 0) > ${since} and ${segment})`
}
