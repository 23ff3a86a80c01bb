import { sql } from 'kysely'
import type { Ledger } from '../ledger/ledger.ts'
import { type DeliveryCounts, noDeliveries } from './sending.ts'

/** How many deliveries of a sending are in each state. */
export async function readCounts({ db }: Ledger, sendingId: number): Promise<DeliveryCounts> {
  const rows = await db
    .selectFrom('deliveries')
    .select(['state', sql<number>`count(*)`.as('count')])
    .where('sendingId', '=', sendingId)
    .groupBy('state')
    .execute()
  return { ...noDeliveries, ...Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)])) }
}
