import { type Kysely, sql } from 'kysely'
import type { Tables } from '../ledger/tables.ts'

/** A page of a sending: so many deliveries behind an id, up to the last of the span (`readSpan`). */
export interface DeliveryPage {
  readonly after: number
  readonly last: number
  readonly atOnce: number
}

/** The deliveries of a page in the order of their ids; the caller selects what it wants of them. */
export function pageDeliveries(db: Kysely<Tables>, sendingId: number, { after, last, atOnce }: DeliveryPage) {
  return (
    db
      .selectFrom('deliveries')
      // Not by the index on it: that is not in the order of ids, and each page would sort all deliveries of the sending.
      .where(sql<boolean>`sending_id + 0 = ${sendingId}`)
      .where('id', '>', after)
      .where('id', '<=', last)
      .orderBy('id')
      .limit(atOnce)
  )
}
