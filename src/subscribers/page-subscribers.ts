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

const pageSize = 1000

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
      .where('list', '=', list)
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
