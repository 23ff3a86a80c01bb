import { type Kysely, sql } from 'kysely'
import { UserError } from '../errors.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { ledgerSalt } from '../ledger/ledger-salt.ts'
import type { SubscriberRow, SubscriberState, Tables } from '../ledger/tables.ts'
import { attributesJson } from './attributes.ts'
import { changeState } from './change-state.ts'
import { forgottenDigest } from './forgotten-digest.ts'
import { mergeValues, type PersonValues, sameValues } from './merge-people.ts'
import { findSubscriber } from './page-subscribers.ts'
import { requireNormalAddress } from './require-subscriber.ts'
import { isSuppressed, suppressedBecause } from './state-changes.ts'
import { tagsJson } from './tags.ts'

/** Somebody to put on the list by hand. */
export interface NewPerson {
  readonly list: string
  readonly address: string
  readonly name: string | null
  readonly language: string | null
  readonly tags: readonly string[]
  readonly attributes: ReadonlyMap<string, string>
  /** How they asked; null where that is not said. */
  readonly consent: string | null
  readonly source: string
  /** Milliseconds. */
  readonly at: number
}

/** `returned`: came back on their own word. */
export interface Added {
  readonly kind: 'added' | 'returned' | 'updated' | 'unchanged'
  readonly address: string
  readonly state: SubscriberState
}

/**
 * Puts one person on the list, or adds to what is known of them; what is given wins.
 * @throws UserError `address-invalid`; `subscriber-suppressed` where they left, bounced, complained or asked to be forgotten and no consent is given
 */
export async function addSubscriber(ledger: Ledger, person: NewPerson): Promise<Added> {
  const normal = requireNormalAddress(person.address)
  const digest = forgottenDigest(normal.address, await ledgerSalt(ledger))
  return ledger.write(async db => {
    const known = await findSubscriber(db, person.list, normal.address)
    if (known !== null) return addToKnown(db, known, person)
    await bringBackForgotten(db, digest, normal.address, person.consent)
    const values = valuesOf(person)
    const { id } = await db
      .insertInto('subscribers')
      .values({
        list: person.list,
        address: normal.address,
        original: normal.original,
        domain: normal.domain,
        ...values,
        state: 'subscribed',
        joinedAt: person.at,
        proofJson: person.consent === null ? null : JSON.stringify({ how: person.consent, at: person.at }),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await db
      .insertInto('subscriberEvents')
      .values({
        subscriberId: id,
        at: person.at,
        fromState: null,
        toState: 'subscribed',
        why: person.consent ?? 'added by hand',
        source: person.source,
      })
      .execute()
    return { kind: 'added', address: normal.address, state: 'subscribed' }
  })
}

async function addToKnown(db: Kysely<Tables>, known: SubscriberRow, person: NewPerson): Promise<Added> {
  const { consent, source, at } = person
  const { id, address } = known
  const returns = known.state !== 'subscribed' && consent !== null
  if (isSuppressed(known.state) && consent === null) throw suppressed(address, suppressedBecause(known.state))
  if (returns) await changeState(db, { subscriberId: id, to: 'subscribed', why: consent, source, at, consent: { how: consent, at } })
  const values = mergeValues(valuesOf(person), known)
  const proof = consent === null || returns || known.proofJson !== null ? {} : { proofJson: JSON.stringify({ how: consent, at }) }
  const isSame = sameValues(values, known) && proof.proofJson === undefined
  if (!isSame)
    await db
      .updateTable('subscribers')
      .set({ ...values, ...proof })
      .where('id', '=', id)
      .execute()
  const state = returns ? 'subscribed' : known.state
  return { kind: returns ? 'returned' : isSame ? 'unchanged' : 'updated', address, state }
}

function valuesOf({ name, language, tags, attributes }: NewPerson): PersonValues {
  return { name, language, tagsJson: tagsJson(tags), attributesJson: attributesJson(attributes) }
}

async function bringBackForgotten(db: Kysely<Tables>, digest: string, address: string, consent: string | null): Promise<void> {
  const forgotten = await db.selectFrom('forgotten').select(sql.lit(1).as('one')).where('digest', '=', digest).executeTakeFirst()
  if (forgotten === undefined) return
  if (consent === null) throw suppressed(address, 'they asked to be forgotten')
  await db.deleteFrom('forgotten').where('digest', '=', digest).execute()
}

function suppressed(address: string, because: string): UserError {
  return new UserError({
    code: 'subscriber-suppressed',
    message: `${address} is not put back on the list: ${because}`,
    expected: "the person's own word",
    hint: 'Where they asked you for it, say how: --consent "asked by mail on 3 May".',
  })
}
