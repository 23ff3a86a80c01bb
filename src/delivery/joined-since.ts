import { type Expression, type SqlBool, sql } from 'kysely'

/** True of those in the segment who joined, or confirmed that they want to, after an instant (milliseconds since 1970); for a query of `subscribers`. */
export function joinedSince(since: number, segment: Expression<SqlBool> | null): Expression<SqlBool> {
  return sql<SqlBool>`(coalesce(subscribers.confirmed_at, subscribers.joined_at) > ${since} and ${segment ?? sql`1 = 1`})`
}
