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

/** The sending waits for its editor. One that is over, or waits already, stays as it is. */
export async function writePaused(ledger: Ledger, sendingId: number, reason: string): Promise<void> {
  await ledger.write(db =>
    db
      .updateTable('sendings')
      .set({ state: 'paused', pauseReason: reason })
      .where('id', '=', sendingId)
      .where('state', '=', 'running')
      .execute(),
  )
}

/** Why nobody sends it now, for whoever looks later. One that is paused or over says so itself. */
export async function writeStopped(ledger: Ledger, sendingId: number, reason: string): Promise<void> {
  await ledger.write(db =>
    db.updateTable('sendings').set({ stopReason: reason }).where('id', '=', sendingId).where('state', '=', 'running').execute(),
  )
}

/** The sending is over, unless another worker still has something of it under way. */
export async function writeFinished(ledger: Ledger, sendingId: number, now: number): Promise<void> {
  await ledger.write(db =>
    db
      .updateTable('sendings')
      .set({ state: 'finished', finishedAt: now, stopReason: null })
      .where('id', '=', sendingId)
      .where(eb =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('deliveries')
              .select('id')
              .where('sendingId', '=', sendingId)
              .where('state', 'in', ['pending', 'sending', 'deferred']),
          ),
        ),
      )
      .execute(),
  )
}

/**
 * What a worker had claimed or reserved and not handed over is free for others: nothing of it can have left. Only once its lanes have ended and all their
 * outcomes are written.
 */
export async function writeReleased(ledger: Ledger, sendingId: number, owner: number): Promise<void> {
  await ledger.write(db =>
    db
      .updateTable('deliveries')
      .set({ state: 'pending', owner: null })
      .where('sendingId', '=', sendingId)
      .where('owner', '=', owner)
      .where('state', 'in', ledger.kind === 'sqlite' ? ['sending'] : ['pending', 'sending'])
      .execute(),
  )
}
