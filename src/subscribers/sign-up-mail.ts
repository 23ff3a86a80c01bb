/**
 * The mails that ask people to confirm, as the ledger keeps them. A mail is claimed before it is tried, and has begun once its first byte may go: both are
 * conditional updates, so of several processes one has it, and one that ends in between leaves it to the others, but never one that may have been taken.
 */

import { type Kysely, type SqlBool, sql } from 'kysely'
import type { Tables } from '../ledger/tables.ts'

/** A mail that is to go out. Instants in milliseconds. */
export interface SignUpMail {
  readonly id: number
  readonly subscriber: number
  readonly address: string
  readonly epoch: number
  readonly language: string
  readonly expiresAt: number
  /** Tries so far, without the one that is to come. */
  readonly tries: number
  readonly dueAt: number
}

/** Whoever has left or complained since they asked is not asked again: their link is worth nothing, and they want no mail of ours. */
const hasNotLeft = sql<SqlBool>`not exists (
  select 1 from subscriber_events
  where subscriber_id = sign_ups.subscriber_id and at > sign_ups.requested_at and to_state in ('unsubscribed', 'complained'))`

/** Mails of a list that are due and whose links still work, the first to wait first. */
export async function dueMails(db: Kysely<Tables>, list: string, now: number, limit: number): Promise<readonly SignUpMail[]> {
  const rows = await db
    .selectFrom('signUps')
    .innerJoin('subscribers', 'subscribers.id', 'signUps.subscriberId')
    .select([
      'signUps.id',
      'signUps.subscriberId as subscriber',
      'subscribers.address',
      'subscribers.epoch',
      'signUps.language',
      'signUps.expiresAt',
      'signUps.mailTries as tries',
      'signUps.mailDueAt as dueAt',
    ])
    .where('subscribers.list', '=', list)
    .where('subscribers.state', '!=', 'subscribed')
    .where('signUps.mailDueAt', '<=', now)
    .where('signUps.expiresAt', '>', now)
    .where(hasNotLeft)
    .orderBy('signUps.mailDueAt')
    .limit(limit)
    .execute()
  return rows.map(row => ({ ...row, dueAt: row.dueAt ?? now }))
}

/** Takes a mail on until then; false where another process has. Whoever ends meanwhile has not sent it, and it is due again then. */
export async function claimMail(db: Kysely<Tables>, { id, dueAt, tries }: SignUpMail, until: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('signUps')
    .set({ mailDueAt: until, mailTries: tries + 1 })
    .where('id', '=', id)
    .where('mailDueAt', '=', dueAt)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Before the first byte of a claimed mail: from now on it is not tried again unless it is known not to have been taken. False: it must not go. */
export async function beginMail(db: Kysely<Tables>, id: number, until: number, now: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('signUps')
    .set({ mailDueAt: null, mailedAt: now, mailReply: null })
    .where('id', '=', id)
    .where('mailDueAt', '=', until)
    .where('confirmedAt', 'is', null)
    .where(hasNotLeft)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** What became of a mail that this process had claimed. */
export interface MailSettlement {
  readonly id: number
  /** How long the claim was for; null where the mail had begun. Where it is another's by now, the other's word counts. */
  readonly until: number | null
  /** When it is tried next; null: never. */
  readonly dueAt: number | null
  /** Whether the relay has taken it, or may have. */
  readonly isOut: boolean
  readonly reply: string
}

/** Writes it down. */
export async function settleMail(db: Kysely<Tables>, { id, until, dueAt, isOut, reply }: MailSettlement): Promise<void> {
  await db
    .updateTable('signUps')
    .set({ mailDueAt: dueAt, mailReply: reply, ...(isOut ? {} : { mailedAt: null }) })
    .where('id', '=', id)
    .where('confirmedAt', 'is', null)
    .where('mailDueAt', until === null ? 'is' : '=', until)
    .execute()
}

/** How many mails have begun to go out since an instant. */
export async function countMailed(db: Kysely<Tables>, since: number): Promise<number> {
  const { count } = await db
    .selectFrom('signUps')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('mailedAt', '>', since)
    .executeTakeFirstOrThrow()
  return Number(count)
}
