/** What is left of a sending, without counting it: a count of a million rows is no question to ask every second. */

import { sql } from 'kysely'
import type { Ledger } from '../ledger/ledger.ts'

/** Whether there are deliveries in these states. */
export interface Left {
  readonly pending: boolean
  readonly pendingWithVariant: boolean
  readonly sending: boolean
  /** When the first deferred one is due, milliseconds since 1970; null where none is deferred. */
  readonly nextDue: number | null
}

/** What is left of a sending. */
export async function readLeft({ db }: Ledger, sendingId: number): Promise<Left> {
  const some = (state: 'pending' | 'sending') => sql`select 1 from deliveries where sending_id = ${sendingId} and state = ${sql.lit(state)}`
  const { rows } = await sql<Left>`
    select exists(${some('pending')}) as pending, exists(${some('pending')} and variant is not null) as pending_with_variant,
      exists(${some('sending')}) as sending,
      (select min(next_attempt_at) from deliveries where sending_id = ${sendingId} and state = 'deferred') as next_due`.execute(db)
  const [left] = rows
  if (left === undefined) throw new Error('a query without a table has one row')
  // SQLite says 1 and 0.
  return {
    pending: Boolean(left.pending),
    pendingWithVariant: Boolean(left.pendingWithVariant),
    sending: Boolean(left.sending),
    nextDue: left.nextDue,
  }
}

/** Why a sending was paused, by another worker or by a command; null where it is not. */
export async function readPause({ db }: Ledger, sendingId: number): Promise<string | null> {
  const row = await db.selectFrom('sendings').select(['state', 'pauseReason']).where('id', '=', sendingId).executeTakeFirst()
  return row?.state === 'paused' ? (row.pauseReason ?? 'it was paused meanwhile') : null
}
