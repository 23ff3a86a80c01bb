import { sql } from 'kysely'
import type { Ledger } from '../ledger/ledger.ts'
import { countsOf, type DeliveryCounts } from './sending.ts'

/** How many deliveries of a sending, or of several, are in each state. */
export async function readCounts({ db }: Ledger, ...sendingIds: readonly number[]): Promise<DeliveryCounts> {
  const rows = await db
    .selectFrom('deliveries')
    .select(['state', sql<number>`count(*)`.as('count')])
    .where('sendingId', 'in', sendingIds)
    .groupBy('state')
    .execute()
  return countsOf(rows)
}
