/** From the link in the mail to a place on the list. */

import type { Kysely, Selectable } from 'kysely'
import type { Ledger } from '../ledger/ledger.ts'
import { ledgerSalt } from '../ledger/ledger-salt.ts'
import type { SignUpsTable, SubscriberRow, Tables } from '../ledger/tables.ts'
import type { LinkReading } from '../message/link-token.ts'
import { type Consent, changeState } from './change-state.ts'
import { forgottenDigest } from './forgotten-digest.ts'
import { holdSubscriber } from './hold-subscriber.ts'
import { mergeValues } from './merge-people.ts'
import { signUpSource } from './request-sign-up.ts'
import { tagsJson } from './tags.ts'

/**
 * What a link is worth: `open`: it confirms; `done`: it, or another one that was sent to the same person then, has put them on the list, and they are there;
 * `expired`: it was ours; `nothing`: broken, forged, for nobody, or of somebody who has left since.
 */
export type SignUpReading =
  | { readonly kind: 'open'; readonly signUp: Selectable<SignUpsTable>; readonly person: SubscriberRow }
  | { readonly kind: 'done' | 'expired' | 'nothing' }

/** Where a confirmation comes from. */
export interface Confirming {
  readonly list: string
  /** Milliseconds. */
  readonly at: number
  /** The network address that confirms; null where it is not known. */
  readonly client: string | null
  readonly tags: readonly string[]
}

const nobody = -1

/** Looks a link up; the same look-ups for each, since their time must not tell which of them are of somebody. */
export async function readSignUp(db: Kysely<Tables>, reading: LinkReading, list: string): Promise<SignUpReading> {
  const claim = claimOf(reading)
  const subscriberId = claim?.subscriber ?? nobody
  const expiresAt = claim?.expires.getTime() ?? 0
  const person = await db.selectFrom('subscribers').selectAll().where('id', '=', subscriberId).executeTakeFirst()
  const signUp = await db
    .selectFrom('signUps')
    .selectAll()
    .where('subscriberId', '=', subscriberId)
    .where('expiresAt', '=', expiresAt)
    .executeTakeFirst()
  const leaving = await db
    .selectFrom('subscriberEvents')
    .select('id')
    .where('subscriberId', '=', subscriberId)
    .where('at', '>', signUp?.requestedAt ?? 0)
    .where('toState', 'in', ['unsubscribed', 'complained'])
    .limit(1)
    .executeTakeFirst()
  if (claim === null || claim.list !== list) return { kind: 'nothing' }
  // Whoever comes back gets the next epoch, so links of before tell themselves from later ones.
  if (person?.list === list && person.state === 'subscribed' && person.epoch === claim.epoch + 1) return { kind: 'done' }
  if (reading.kind === 'expired') return { kind: 'expired' }
  if (signUp === undefined || person === undefined || person.list !== list) return { kind: 'nothing' }
  const isOpen = signUp.confirmedAt === null && person.epoch === claim.epoch && person.state !== 'subscribed' && leaving === undefined
  return isOpen ? { kind: 'open', signUp, person } : { kind: 'nothing' }
}

function claimOf(reading: LinkReading) {
  return reading.kind === 'invalid' || reading.claim.purpose !== 'confirm' ? null : reading.claim
}

/**
 * Puts whoever confirms on the list, with the proof: when and from where they asked and confirmed, and what they agreed to. Once: of two at the same time
 * the second finds it done.
 */
export async function confirmSignUp(ledger: Ledger, reading: LinkReading, confirming: Confirming): Promise<SignUpReading['kind']> {
  const salt = await ledgerSalt(ledger)
  return ledger.write(async db => {
    // Else somebody who leaves at the same time could be put back by it.
    await holdSubscriber(db, claimOf(reading)?.subscriber ?? nobody)
    const found = await readSignUp(db, reading, confirming.list)
    if (found.kind !== 'open') return found.kind
    const { signUp, person } = found
    const { at, tags } = confirming
    const { numUpdatedRows } = await db
      .updateTable('signUps')
      .set({ confirmedAt: at })
      .where('id', '=', signUp.id)
      .where('confirmedAt', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return 'done'
    // Of all that they asked for: another mail that waits must not go out when they have left again meanwhile.
    await db
      .updateTable('signUps')
      .set({ mailDueAt: null })
      .where('subscriberId', '=', person.id)
      .where('mailDueAt', 'is not', null)
      .execute()
    const consent = consentOf(signUp, confirming)
    const change = { subscriberId: person.id, to: 'subscribed', why: consent.how, source: signUpSource, at, consent } as const
    const { kind } = await changeState(db, change)
    if (kind !== 'changed') return kind === 'same' ? 'done' : 'nothing'
    const given = { name: signUp.name, language: null, tagsJson: tagsJson(tags), attributesJson: '{}' }
    const values = mergeValues(given, { ...person, language: person.language ?? signUp.language })
    const joined = person.state === 'pending' ? { joinedAt: at } : {}
    await db
      .updateTable('subscribers')
      .set({ ...values, ...joined })
      .where('id', '=', person.id)
      .execute()
    await db.deleteFrom('forgotten').where('digest', '=', forgottenDigest(person.address, salt)).execute()
    return 'open'
  })
}

function consentOf(signUp: Selectable<SignUpsTable>, { at, client }: Confirming): Consent {
  return {
    how: 'signed up on the page and confirmed by the link in the mail',
    at,
    ...(client === null ? {} : { ip: client }),
    wording: signUp.wording,
    requestedAt: signUp.requestedAt,
    ...(signUp.client === null ? {} : { requestedIp: signUp.client }),
  }
}
