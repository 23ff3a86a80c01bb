/** What a process left behind that was killed while it sent. */

import type { Ledger } from '../ledger/ledger.ts'
import type { WorkerLock } from '../ledger/take-worker-lock.ts'

/** How many deliveries were under way when their process ended. */
export interface Orphans {
  readonly uncertain: number
  /** Reserved and not begun: free again. */
  readonly freed: number
}

/**
 * Deliveries whose worker is gone: those in `sending` become uncertain, because their last dot may have left; those only reserved are free for others. A
 * living worker's are left alone.
 */
export async function writeOrphans(ledger: Ledger, lock: WorkerLock, sendingId: number, now: number): Promise<Orphans> {
  const owners = await ledger.db
    .selectFrom('deliveries')
    .select('owner')
    .distinct()
    .where('sendingId', '=', sendingId)
    // Only on PostgreSQL is a delivery reserved before it is claimed.
    .where('state', 'in', ledger.kind === 'sqlite' ? ['sending'] : ['sending', 'pending'])
    .where('owner', 'is not', null)
    .execute()
  const dead = await lock.findDead(owners.flatMap(({ owner }) => (owner === null ? [] : [owner])))
  if (dead.length === 0) return { uncertain: 0, freed: 0 }
  return ledger.write(async db => {
    // When its message was under way is what a relay's log is searched by.
    const begun = await db
      .selectFrom('deliveries')
      .select(['id', 'changedAt'])
      .where('sendingId', '=', sendingId)
      .where('state', '=', 'sending')
      .where('owner', 'in', dead)
      .execute()
    const begunAt = new Map(begun.map(({ id, changedAt }) => [id, changedAt]))
    const lost = await db
      .updateTable('deliveries')
      .set({ state: 'uncertain', changedAt: now })
      .where('sendingId', '=', sendingId)
      .where('state', '=', 'sending')
      .where('owner', 'in', dead)
      .returning('id')
      .execute()
    const { numUpdatedRows } = await db
      .updateTable('deliveries')
      .set({ owner: null })
      .where('sendingId', '=', sendingId)
      .where('state', '=', 'pending')
      .where('owner', 'in', dead)
      .executeTakeFirstOrThrow()
    if (lost.length > 0)
      await db
        .insertInto('attempts')
        .values(
          lost.map(({ id }) => ({
            deliveryId: id,
            at: begunAt.get(id) ?? now,
            relay: '',
            outcome: 'uncertain',
            stage: null,
            code: null,
            enhanced: null,
            text: 'the process that was sending it ended before the answer of the relay was known',
            milliseconds: null,
          })),
        )
        .execute()
    return { uncertain: lost.length, freed: Number(numUpdatedRows) }
  })
}
