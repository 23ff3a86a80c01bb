import { sql } from 'kysely'
import type { Ledger } from '../ledger/ledger.ts'

/** How far the trial of two subjects is: recipients who wait for the winner, and those of the trial who have not got their subject yet. */
export interface Trial {
  readonly waiting: number
  readonly unfinished: number
}

/** Counts them, of a sending that tries two subjects. */
export async function readTrial({ db }: Ledger, sendingId: number): Promise<Trial> {
  const rows = await db
    .selectFrom('deliveries')
    .select([sql<number>`case when variant is null then 1 else 0 end`.as('waits'), sql<number>`count(*)`.as('count')])
    .where('sendingId', '=', sendingId)
    .where('state', 'in', ['pending', 'sending', 'deferred'])
    .groupBy('waits')
    .execute()
  const countOf = (waits: number) => rows.find(row => Number(row.waits) === waits)?.count ?? 0
  return { waiting: countOf(1), unfinished: countOf(0) }
}
