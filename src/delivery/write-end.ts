/** How a sending, or a worker's part in it, ends in the ledger. */

import type { Ledger } from '../ledger/ledger.ts'

/** What was not sent by its `notAfter` never will be. */
export async function writeExpired(ledger: Ledger, sendingId: number, now: number): Promise<void> {
  await ledger.write(db =>
    db
      .updateTable('deliveries')
      .set({ state: 'expired', owner: null, nextAttemptAt: null, changedAt: now })
      .where('sendingId', '=', sendingId)
      .where('state', 'in', ['pending', 'deferred'])
      .execute(),
  )
}

/** The sending waits for its editor. */
export async function writePaused(ledger: Ledger, sendingId: number, reason: string): Promise<void> {
  await ledger.write(db => db.updateTable('sendings').set({ state: 'paused', pauseReason: reason }).where('id', '=', sendingId).execute())
}

/** The sending is over, unless another worker still has something of it under way. */
export async function writeFinished(ledger: Ledger, sendingId: number, now: number): Promise<void> {
  await ledger.write(db =>
    db
      .updateTable('sendings')
      .set({ state: 'finished', finishedAt: now })
      .where('id', '=', sendingId)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('deliveries')
              .select('id')
              .where('sendingId', '=', sendingId)
              .where('state', 'in', ['pending', 'sending', 'deferred']),
          ),
        ),
      )
      .execute(),
  )
}

/** What a worker had reserved and not begun is free for others. */
export async function writeReleased(ledger: Ledger, sendingId: number, owner: number): Promise<void> {
  if (ledger.kind === 'sqlite') return
  await ledger.write(db =>
    db
      .updateTable('deliveries')
      .set({ owner: null })
      .where('sendingId', '=', sendingId)
      .where('owner', '=', owner)
      .where('state', '=', 'pending')
      .execute(),
  )
}
