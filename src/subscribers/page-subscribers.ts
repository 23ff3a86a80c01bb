import { type Expression, type SqlBool, sql } from 'kysely'
import type { Ledger } from '../ledger/ledger.ts'
import type { SubscriberRow } from '../ledger/tables.ts'
import type { Segment } from './segment.ts'
import { subscriberFilter } from './segment-condition.ts'

/** Whom to go through: those of a list, and of a segment where there is one. */
export interface SubscriberQuery {
  readonly list: string
  readonly segment: Segment | null
  /** All of them without it. */
  readonly limit?: number
}

const pageSize = 250

/** Subscribers in the order in which they came, some at a time; whoever comes while it runs may be among them. */
export async function* pageSubscribers(
  ledger: Pick<Ledger, 'db' | 'kind'>,
  query: SubscriberQuery,
): AsyncGenerator<readonly SubscriberRow[]> {
  const { list, segment, limit = Number.POSITIVE_INFINITY } = query
  const filter = subscriberFilter(segment, ledger.kind)
  for (let last = 0, left = limit; left > 0; ) {
    const size = Math.min(pageSize, left)
    const page = await ledger.db
      .selectFrom('subscribers')
      .selectAll('subscribers')
      .where(onList(list, ledger.kind))
      .where('subscribers.id', '>', last)
      .where(filter)
      .orderBy('subscribers.id')
      .limit(size)
      .execute()
    if (page.length > 0) yield page
    if (page.length < size) return
    last = page.at(-1)?.id ?? last
    left -= page.length
  }
}

/**
 * Those of a list, for going through them by their numbers. On SQLite the plus keeps the index of addresses out of it, by which every page would look at the
 * whole list and sort it (https://sqlite.org/optoverview.html, "disqualifying WHERE clause terms using unary +").
 */
export function onList(list: string, kind: Ledger['kind']): Expression<SqlBool> {
  const column = sql.ref('subscribers.list')
  return kind === 'sqlite' ? sql<SqlBool>`+${column} = ${list}` : sql<SqlBool>`${column} = ${list}`
}

/** How many there are. */
export async function countSubscribers(ledger: Pick<Ledger, 'db' | 'kind'>, { list, segment }: SubscriberQuery): Promise<number> {
  const { count } = await ledger.db
    .selectFrom('subscribers')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('list', '=', list)
    .where(subscriberFilter(segment, ledger.kind))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** The subscriber of this normal address; null where there is none on the list. */
export async function findSubscriber(db: Ledger['db'], list: string, address: string): Promise<SubscriberRow | null> {
  const row = await db.selectFrom('subscribers').selectAll().where('list', '=', list).where('address', '=', address).executeTakeFirst()
  return row ?? null
}
