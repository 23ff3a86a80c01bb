/** Somebody asks on our pages to be put on the list: it is written down, and a mail asks whether it was them. */

import { type Kysely, sql } from 'kysely'
import type { Ledger } from '../ledger/ledger.ts'
import type { SubscriberRow, Tables } from '../ledger/tables.ts'
import { mailboxOf } from './mailbox-of.ts'
import type { NormalAddress } from './normal-address.ts'
import { findSubscriber } from './page-subscribers.ts'

/** What the history calls it. */
export const signUpSource = 'sign-up form'

/** How long the link in the mail works, in milliseconds. */
export const confirmWithin = 72 * 3_600_000

/** What a form says, checked. */
export interface SignUpRequest {
  readonly list: string
  readonly address: Extract<NormalAddress, { kind: 'address' }>
  readonly name: string | null
  readonly language: string
  readonly wording: string
  /** The network address that asks; null where it is not known. */
  readonly client: string | null
  /** Milliseconds. */
  readonly at: number
  /** Nobody is to get a mail, and it must not show: all else is done as for everybody. */
  readonly isBot: boolean
}

/** How many mails there may be. */
export interface SignUpLimits {
  /** To one mailbox in 24 hours. */
  readonly perMailbox: number
  /** That wait to be sent, of all people together. */
  readonly waiting: number
}

/**
 * Why no mail was asked for: somebody is on the list, a mail to them waits already, their mailbox has had enough, everybody together has, or it was a bot. Whoever
 * asked is told nothing of it.
 */
export type SignUpOutcome = 'written' | 'subscribed' | 'waiting' | 'mailbox-limit' | 'full' | 'bot'

const day = 24 * 3_600_000

/**
 * Writes a sign-up down, unless there is a reason not to. A person's state and values stay as they are until they confirm; a new one is pending. Each request
 * takes the same look-ups and one durable commit, whatever comes of it, so that its time tells nobody who is on the list.
 */
export function requestSignUp(ledger: Pick<Ledger, 'write'>, request: SignUpRequest, limits: SignUpLimits): Promise<SignUpOutcome> {
  return ledger.write(async db => {
    await stamp(db, request.at)
    const { list, address } = request
    const person = await findSubscriber(db, list, address.address)
    const mailbox = mailboxOf(address.address)
    const counts = await count(db, { mailbox, subscriber: person?.id ?? nobody, at: request.at })
    const reason = reasonAgainst(request, person, counts, limits)
    if (reason !== null) return reason
    const subscriberId = person?.id ?? (await addPending(db, request))
    await db
      .insertInto('signUps')
      .values({
        subscriberId,
        mailbox,
        requestedAt: request.at,
        expiresAt: Math.max(toSecond(request.at + confirmWithin), counts.lastExpiry + 1000),
        language: request.language,
        name: request.name,
        wording: request.wording,
        client: request.client,
        mailDueAt: request.at,
      })
      .execute()
    return 'written'
  })
}

const nobody = -1

/** The commit that all requests have in common. On PostgreSQL its lock lets one request count and write at a time, so that no limit is overrun. */
async function stamp(db: Kysely<Tables>, at: number): Promise<void> {
  const value = String(at)
  await db
    .insertInto('settings')
    .values({ name: 'lastSignUp', value })
    .onConflict(conflict => conflict.column('name').doUpdateSet({ value }))
    .execute()
}

interface Counts {
  /** To this mailbox, in 24 hours. */
  readonly recent: number
  /** Mails that may still go out: whose link works. */
  readonly waiting: number
  /** Of them, this person's. */
  readonly ownWaiting: number
  /** Of this person's links; 0 where there was none. */
  readonly lastExpiry: number
}

async function count(
  db: Kysely<Tables>,
  { mailbox, subscriber, at }: { readonly mailbox: string; readonly subscriber: number; readonly at: number },
): Promise<Counts> {
  const { rows } = await sql<Counts>`
    select (select count(*) from sign_ups where mailbox = ${mailbox} and requested_at > ${at - day}) as recent,
      (select count(*) from sign_ups where mail_due_at is not null and expires_at > ${at}) as waiting,
      (select count(*) from sign_ups where subscriber_id = ${subscriber} and mail_due_at is not null and expires_at > ${at}) as own_waiting,
      (select coalesce(max(expires_at), 0) from sign_ups where subscriber_id = ${subscriber}) as last_expiry`.execute(db)
  const [row] = rows
  if (row === undefined) throw new Error('a count gives a row')
  return {
    recent: Number(row.recent),
    waiting: Number(row.waiting),
    ownWaiting: Number(row.ownWaiting),
    lastExpiry: Number(row.lastExpiry),
  }
}

function reasonAgainst(
  { isBot }: SignUpRequest,
  person: SubscriberRow | null,
  counts: Counts,
  limits: SignUpLimits,
): Exclude<SignUpOutcome, 'written'> | null {
  if (isBot) return 'bot'
  if (person?.state === 'subscribed') return 'subscribed'
  if (counts.ownWaiting > 0) return 'waiting'
  if (counts.recent >= limits.perMailbox) return 'mailbox-limit'
  return counts.waiting >= limits.waiting ? 'full' : null
}

async function addPending(db: Kysely<Tables>, { list, address, at }: SignUpRequest): Promise<number> {
  const { id } = await db
    .insertInto('subscribers')
    .values({
      list,
      address: address.address,
      original: address.original,
      domain: address.domain,
      name: null,
      language: null,
      state: 'pending',
      joinedAt: at,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('subscriberEvents')
    .values({ subscriberId: id, at, fromState: null, toState: 'pending', why: 'signed up on the page', source: signUpSource })
    .execute()
  return id
}

function toSecond(at: number): number {
  return Math.floor(at / 1000) * 1000
}
