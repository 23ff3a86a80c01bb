/** Deliveries of which nobody here knows whether the relay took them. */

import { sql } from 'kysely'
import type { Ledger } from '../ledger/ledger.ts'

/** An uncertain delivery. */
export interface UncertainRow {
  readonly id: number
  readonly sendingId: number
  readonly subscriber: number
  readonly address: string
  readonly attempts: number
  /** The relay's name in the configuration; null where the process ended before it could write it. */
  readonly relay: string | null
  readonly queueId: string | null
  /** When its message was under way, milliseconds since 1970. */
  readonly attemptedAt: number
  /** How it came to be uncertain, in words. */
  readonly why: string
}

/** The uncertain deliveries of some sendings, in the order of the snapshots. There are at most as many as connections were lost at a last dot. */
export async function readUncertain({ db }: Pick<Ledger, 'db'>, sendingIds: readonly number[]): Promise<readonly UncertainRow[]> {
  const rows = await db
    .selectFrom('deliveries')
    .leftJoin('attempts', join =>
      join
        .onRef('attempts.deliveryId', '=', 'deliveries.id')
        .on(
          'attempts.id',
          '=',
          sql<number>`(select max(last.id) from attempts as last where last.delivery_id = deliveries.id and last.outcome = 'uncertain')`,
        ),
    )
    .select(['deliveries.id', 'deliveries.sendingId', 'deliveries.subscriberId as subscriber', 'deliveries.address', 'deliveries.attempts'])
    .select(['deliveries.relay', 'deliveries.queueId', 'deliveries.changedAt', 'attempts.at', 'attempts.milliseconds', 'attempts.text'])
    .where('deliveries.sendingId', 'in', [...sendingIds])
    .where('deliveries.state', '=', 'uncertain')
    .orderBy('deliveries.id')
    .execute()
  return rows.map(({ changedAt, at, milliseconds, text, ...row }) => ({
    ...row,
    attemptedAt: (at ?? changedAt) - (milliseconds ?? 0),
    why: text ?? 'no answer of the relay is known',
  }))
}
