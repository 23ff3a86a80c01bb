/** What an editor decides about a sending that has begun, or that waits for its time. */

import type { Ledger } from '../ledger/ledger.ts'
import type { SendingRow } from '../ledger/tables.ts'

/** A paused or finished sending runs again. */
export function writeResumed(ledger: Ledger, sendingId: number): Promise<SendingRow> {
  return ledger.write(db =>
    db
      .updateTable('sendings')
      .set({ state: 'running', pauseReason: null, stopReason: null, finishedAt: null })
      .where('id', '=', sendingId)
      .returningAll()
      .executeTakeFirstOrThrow(),
  )
}

/** Uncertain deliveries are pending again, because the editor says so: some of them may arrive twice. Returns how many. */
export async function writeUncertainAgain(ledger: Ledger, sendingId: number, now: number): Promise<number> {
  return ledger.write(async db => {
    const again = await db
      .updateTable('deliveries')
      .set({ state: 'pending', owner: null, nextAttemptAt: null, changedAt: now })
      .where('sendingId', '=', sendingId)
      .where('state', '=', 'uncertain')
      .executeTakeFirstOrThrow()
    return Number(again.numUpdatedRows)
  })
}

/** From now on everybody who waits gets this subject. */
export function writeWinner(ledger: Ledger, sendingId: number, winner: string): Promise<SendingRow> {
  return ledger.write(async db => {
    await db
      .updateTable('deliveries')
      .set({ variant: winner })
      .where('sendingId', '=', sendingId)
      .where('variant', 'is', null)
      .where('state', '=', 'pending')
      .execute()
    return db
      .updateTable('sendings')
      .set({ winner, state: 'running', finishedAt: null })
      .where('id', '=', sendingId)
      .returningAll()
      .executeTakeFirstOrThrow()
  })
}

/** A sending for later. */
export interface Schedule {
  readonly list: string
  readonly edition: string
  readonly hashesJson: string
  readonly segment: string | null
  readonly forcedBecause: string | null
  /** Milliseconds since 1970. */
  readonly scheduledFor: number
  /** The zone that the time was given in. */
  readonly scheduledZone: string
}

/** Writes down that an edition is to go out at a time; another time replaces the one before. */
export function writeScheduled(ledger: Ledger, schedule: Schedule): Promise<SendingRow> {
  const { list, edition, ...rest } = schedule
  return ledger.write(db =>
    db
      .insertInto('sendings')
      .values({ list, edition, kind: 'edition', round: 0, state: 'scheduled', ...rest })
      .onConflict(conflict =>
        conflict.columns(['list', 'edition', 'kind', 'round']).doUpdateSet(rest).where('sendings.state', '=', 'scheduled'),
      )
      .returningAll()
      .executeTakeFirstOrThrow(),
  )
}

/** Takes a schedule back. */
export async function writeUnscheduled(ledger: Ledger, sendingId: number): Promise<void> {
  await ledger.write(db => db.deleteFrom('sendings').where('id', '=', sendingId).where('state', '=', 'scheduled').execute())
}
