/** A message that came back, into the ledger: matched, decided, recorded. */

import { hash } from 'node:crypto'
import type { Transaction } from 'kysely'
import type { Tables } from '../../ledger/tables.ts'
import { changeState } from '../../subscribers/change-state.ts'
import { writeAccepted } from '../reconcile/write-accepted.ts'
import type { BounceDecision } from './decide-bounce.ts'
import type { Incoming, IncomingContext, IncomingEntry, UnsubscribeMail } from './incoming.ts'
import type { Match, NamedDelivery } from './read-match.ts'
import { readComplaint, readOptOut, readReport, type Statement } from './read-statements.ts'
import { writeBounce } from './write-bounce.ts'

/**
 * Records what a message says, once, and changes the subscriber's state where that follows. Of a message that says several things about one delivery the one
 * about its own address counts. Call it inside of `ledger.write`.
 */
export async function writeIncoming(
  db: Transaction<Tables>,
  message: Incoming,
  context: IncomingContext,
): Promise<readonly IncomingEntry[]> {
  const { content } = message
  switch (content.kind) {
    case 'unsubscribe':
      return [await writeUnsubscription(db, message, content, context)]
    case 'nothing':
      return [await writeNothing(db, message, content.reason, context)]
    case 'complaint':
      return [await writeStatement(db, message, await readComplaint(db, content, context), context)]
    case 'opt-out':
      return [await writeStatement(db, message, await readOptOut(db, content, context), context)]
    case 'bounce': {
      const entries: IncomingEntry[] = []
      for (const each of await readReport(db, content, context)) entries.push(await writeStatement(db, message, each, context))
      return entries
    }
  }
}

async function writeStatement(
  db: Transaction<Tables>,
  message: Incoming,
  { address, enhanced, detail, at, match, decide }: Statement,
  context: IncomingContext,
): Promise<IncomingEntry> {
  const delivery = match.kind === 'delivery' ? match.delivery : null
  const by = match.kind === 'delivery' ? match.by : null
  // A provider tells of all mail of an account. Whoever has nothing to do with this list is not written down.
  if (match.kind === 'none' && context.isVerified === true) return aboutNobody(message, enhanced, match.why)
  const written = await writeBounce(db, {
    digest: digestOf(message, delivery === null ? (address ?? '') : `delivery ${delivery.id}`),
    at,
    address: delivery?.address ?? address,
    subscriber: delivery?.subscriber ?? null,
    delivery: delivery?.id ?? null,
    matchedBy: by,
    enhanced,
    // A server's words mostly repeat the address, and of whoever was forgotten it must not come back.
    detail: delivery?.address === '' ? null : detail,
    source: message.by ?? 'bounces',
    decide: softAt => judge(decide([...softAt, ...softBefore(delivery, context)]), match),
  })
  const { kind, why } = written.decision
  const isKnown = written.kind === 'known'
  // An address alone does not tell which message came back.
  const proves = !isKnown && delivery?.state === 'uncertain' && by !== 'address'
  const text = `a report about its message came back, known by ${by === 'verp' ? 'its return path' : `its ${by}`}: ${why}`
  return {
    source: message.source,
    kind,
    address: delivery?.address ?? address,
    subscriber: delivery?.subscriber ?? null,
    delivery: delivery?.id ?? null,
    edition: delivery?.edition ?? null,
    matchedBy: by,
    enhanced,
    decision: why,
    isKnown,
    changedTo: written.changedTo,
    settled:
      proves && delivery !== null && (await writeAccepted(db, { delivery: delivery.id, queueId: null, enhanced, text, now: context.now })),
  }
}

function aboutNobody({ source }: Incoming, enhanced: string | null, decision: string): IncomingEntry {
  const nobody = { address: null, subscriber: null, delivery: null, edition: null, matchedBy: null }
  return { source, kind: 'nothing', ...nobody, enhanced, decision, isKnown: false, changedTo: null, settled: false }
}

function softBefore(delivery: NamedDelivery | null, context: IncomingContext): readonly number[] {
  return delivery === null ? [] : (context.softBefore?.(delivery.subscriber, delivery.id) ?? [])
}

/** What is decided of a report holds for a message of ours, and for somebody who has not given their word since. */
function judge(decision: BounceDecision, match: Match): BounceDecision {
  if (match.kind === 'none') return { kind: 'nothing', why: `${match.why}; it says: ${decision.why}` }
  const { confirmedAt, changedAt } = match.delivery
  if (decision.kind === 'nothing' || confirmedAt === null || confirmedAt <= changedAt) return decision
  return { kind: 'nothing', why: `about a message from before they confirmed anew: ${decision.why}` }
}

function digestOf({ identity }: Incoming, about: string): string {
  return hash('sha256', `${identity}\n${about}`, 'hex')
}

/** Recorded as all others, so that the same message read again does not take off somebody who has come back since. */
async function writeUnsubscription(
  db: Transaction<Tables>,
  message: Incoming,
  { claim }: UnsubscribeMail,
  context: IncomingContext,
): Promise<IncomingEntry> {
  if (claim === null) return writeNothing(db, message, 'asks to be taken off the list, with a token that is not ours', context)
  const why = 'asked by mail to be taken off the list'
  const subscriber = await db
    .selectFrom('subscribers')
    .select(['id', 'address'])
    .where('id', '=', claim.subscriber)
    .where('list', '=', claim.list)
    .executeTakeFirst()
  const entry = await writeNothing(db, message, why, context, { about: 'unsubscribe', subscriber })
  if (entry.isKnown || subscriber === undefined) return { ...entry, kind: 'unsubscribe' }
  const change = { subscriberId: subscriber.id, to: 'unsubscribed' as const, why, source: 'mail', at: context.now }
  const { kind } = await changeState(db, change)
  return { ...entry, kind: 'unsubscribe', changedTo: kind === 'changed' ? 'unsubscribed' : null }
}

async function writeNothing(
  db: Transaction<Tables>,
  message: Incoming,
  why: string,
  { now }: IncomingContext,
  {
    about = '',
    subscriber,
  }: { readonly about?: string; readonly subscriber?: { readonly id: number; readonly address: string } | undefined } = {},
): Promise<IncomingEntry> {
  const who = { address: subscriber?.address ?? null, subscriber: subscriber?.id ?? null }
  const nothing = { delivery: null, matchedBy: null, enhanced: null }
  const decide = () => ({ kind: 'nothing' as const, why })
  const { kind } = await writeBounce(db, {
    ...who,
    ...nothing,
    digest: digestOf(message, about),
    at: now,
    detail: null,
    source: message.by ?? 'bounces',
    decide,
  })
  return {
    source: message.source,
    kind: 'nothing',
    ...who,
    ...nothing,
    edition: null,
    decision: why,
    isKnown: kind === 'known',
    changedTo: null,
    settled: false,
  }
}
