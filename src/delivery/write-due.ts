import type { ExpressionBuilder } from 'kysely'
import type { Ledger } from '../ledger/ledger.ts'
import type { Tables } from '../ledger/tables.ts'

/**
 * Makes deferred deliveries whose time has come pending again; returns how many. One whose time is farther away than `longest` was deferred before the
 * clock was set back, and nobody knows when it is due: now.
 */
export async function writeDue(
  ledger: Ledger,
  sendingId: number,
  { now, longest }: { readonly now: number; readonly longest: number },
): Promise<number> {
  const isDue = (eb: ExpressionBuilder<Tables, 'deliveries'>) =>
    eb.or([eb('nextAttemptAt', '<=', now), eb('nextAttemptAt', '>', now + longest)])
  // Whoever asks once a second must not write, and wait for others who write, each time.
  const some = await ledger.db
    .selectFrom('deliveries')
    .select('id')
    .where('sendingId', '=', sendingId)
    .where('state', '=', 'deferred')
    .where(isDue)
    .limit(1)
    .execute()
  if (some.length === 0) return 0
  const { numUpdatedRows } = await ledger.write(db =>
    db
      .updateTable('deliveries')
      .set({ state: 'pending', nextAttemptAt: null, owner: null, changedAt: now })
      .where('sendingId', '=', sendingId)
      .where('state', '=', 'deferred')
      .where(isDue)
      .executeTakeFirstOrThrow(),
  )
  return Number(numUpdatedRows)
}
