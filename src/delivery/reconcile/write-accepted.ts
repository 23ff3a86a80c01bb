/** An uncertain delivery that turned out to have been accepted. */

import type { Transaction } from 'kysely'
import type { Tables } from '../../ledger/tables.ts'

/** What is known of it now. */
export interface Proof {
  readonly delivery: number
  /** The relay's own name for the message, where the proof tells it. */
  readonly queueId: string | null
  readonly enhanced: string | null
  /** What proves it, in words. */
  readonly text: string
  /** Milliseconds since 1970. */
  readonly now: number
}

/** Writes that the relay had taken the message over, with an attempt row `reconciled`. False where the delivery is not uncertain any more. Call it inside of `ledger.write`. */
export async function writeAccepted(db: Transaction<Tables>, { delivery, queueId, enhanced, text, now }: Proof): Promise<boolean> {
  const row = await db
    .updateTable('deliveries')
    .set(eb => ({
      state: 'accepted' as const,
      owner: null,
      nextAttemptAt: null,
      changedAt: now,
      queueId: queueId ?? eb.ref('queueId'),
    }))
    .where('id', '=', delivery)
    .where('state', '=', 'uncertain')
    .returning(['relay'])
    .executeTakeFirst()
  if (row === undefined) return false
  await writeReconciled(db, { delivery, relay: row.relay, enhanced, text, now })
  return true
}

/** The attempt row of an uncertain delivery that was settled. */
export async function writeReconciled(
  db: Transaction<Tables>,
  { delivery, relay, enhanced, text, now }: Omit<Proof, 'queueId'> & { readonly relay: string | null },
): Promise<void> {
  await db
    .insertInto('attempts')
    .values({
      deliveryId: delivery,
      at: now,
      relay: relay ?? '',
      outcome: 'reconciled',
      stage: null,
      code: null,
      enhanced,
      text,
      milliseconds: null,
    })
    .execute()
}
