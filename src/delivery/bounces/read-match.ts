/** Which delivery a report is about. */

import type { Kysely } from 'kysely'
import type { DeliveryState, Tables } from '../../ledger/tables.ts'
import { isMessageTo, parseMessageId } from '../../message/message-id.ts'
import type { SecretKeys } from '../../message/secret-keys.ts'
import { readVerp } from '../../message/verp.ts'
import { normalAddress } from '../../subscribers/normal-address.ts'
import type { DeliveryMarks } from './bounce-report.ts'
import type { FindByMessageId } from './read-message-ids.ts'
import type { MatchedBy } from './write-bounce.ts'

/** A delivery that a report names. */
export interface NamedDelivery {
  readonly id: number
  readonly subscriber: number
  /** Empty once the person was forgotten. */
  readonly address: string
  readonly state: DeliveryState
  readonly changedAt: number
  readonly edition: string
  /** When the subscriber last gave their word, milliseconds since 1970; null where that is not known, or there is no such subscriber any more. */
  readonly confirmedAt: number | null
}

/** What a report was found to be about. */
export type Match =
  | { readonly kind: 'delivery'; readonly by: MatchedBy; readonly delivery: NamedDelivery }
  /** `why`: one clause. */
  | { readonly kind: 'none'; readonly why: string }

/** What is looked at, and with what. */
export interface MatchContext {
  readonly list: string
  /** Null without NEWS_DIGEST_SECRET: then no return path can be read. */
  readonly secret: SecretKeys | null
  /** Milliseconds since 1970. */
  readonly now: number
  readonly findByMessageId: FindByMessageId
  /** Whether what is read was verified to come from a relay of ours: then it counts however old the message is, and while its sending goes on. */
  readonly isVerified?: boolean
}

/** Everything but a signed return path can be written by anybody who knows an address: it counts only for a message that we sent there lately. */
const unsignedWithin = 30 * 86_400_000

/**
 * Finds the delivery by return path, then by our header, then by the relay's own name for the message, then by Message-ID, then by address. The header is a
 * number that anybody can guess, so the address or the Message-ID has to agree with it; and so has the address with a relay's name.
 */
export async function readMatch(
  db: Kysely<Tables>,
  { marks, addresses }: { readonly marks: DeliveryMarks; readonly addresses: readonly string[] },
  context: MatchContext,
): Promise<Match> {
  const signed = await bySignature(db, marks, context.secret)
  if (signed !== null) return { kind: 'delivery', by: 'verp', delivery: signed }
  const named = [...new Set([...addresses, ...(marks.returnedTo === null ? [] : [marks.returnedTo])].map(inNormalForm))]
  const found =
    (await byHeader(db, marks, named)) ??
    (await byQueueId(db, marks, named, context)) ??
    (await byMessageId(db, marks, named, context)) ??
    (await byAddress(db, named, context))
  if (found === null) return { kind: 'none', why: 'it names no message of ours' }
  const { state, changedAt } = found.delivery
  // A provider may tell of a message before its reply to it is written down.
  if (context.isVerified === true && ['accepted', 'uncertain', 'sending'].includes(state)) return { kind: 'delivery', ...found }
  if (state !== 'accepted' && state !== 'uncertain')
    return { kind: 'none', why: `its message is not one that a relay had accepted: it is ${state}` }
  if (changedAt < context.now - unsignedWithin)
    return { kind: 'none', why: 'its message is more than 30 days old, and its return path is not signed' }
  return { kind: 'delivery', ...found }
}

type Found = Omit<Extract<Match, { kind: 'delivery' }>, 'kind'>

async function bySignature(db: Kysely<Tables>, { returnPaths }: DeliveryMarks, secret: SecretKeys | null): Promise<NamedDelivery | null> {
  if (secret === null) return null
  for (const path of returnPaths) {
    const id = readVerp(path, secret)
    const delivery = id === null ? null : await readDelivery(db, id)
    if (delivery !== null) return delivery
  }
  return null
}

async function byHeader(db: Kysely<Tables>, { deliveryHeader, messageId }: DeliveryMarks, named: readonly string[]): Promise<Found | null> {
  const id = deliveryIdOf(deliveryHeader)
  const delivery = id === null ? null : await readDelivery(db, id)
  if (delivery === null || delivery.address === '') return null
  const own = parseMessageId(messageId)
  const agrees =
    named.includes(delivery.address) || (own !== null && own.edition === delivery.edition && isMessageTo(own, delivery.address))
  return agrees ? { by: 'header', delivery } : null
}

/** The value of X-News-Digest-Delivery as a number; null for anything else. */
function deliveryIdOf(header: string | null): number | null {
  return header !== null && /^[1-9]\d{0,14}$/.test(header) ? Number(header) : null
}

/** Through the address, since no index leads to a name that mostly nobody asks for. */
async function byQueueId(
  db: Kysely<Tables>,
  { queueId }: DeliveryMarks,
  named: readonly string[],
  { list }: MatchContext,
): Promise<Found | null> {
  if (queueId === null || named.length === 0) return null
  const delivery = await deliveries(db)
    .where('subscribers.list', '=', list)
    .where('subscribers.address', 'in', named)
    .where('deliveries.queueId', '=', queueId)
    .orderBy('deliveries.id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return delivery === undefined ? null : { by: 'queue-id', delivery }
}

/** The digest in it is of edition and address, so whoever knows the address needs no look through the edition. */
async function byMessageId(
  db: Kysely<Tables>,
  { messageId }: DeliveryMarks,
  named: readonly string[],
  { list, findByMessageId }: MatchContext,
): Promise<Found | null> {
  const own = parseMessageId(messageId)
  if (own === null) return null
  const address = named.find(each => isMessageTo(own, each))
  const known = address === undefined ? null : await readLatest(db, { list, address, edition: own.edition })
  const id = known?.id ?? (await findByMessageId(db, own))
  const delivery = known ?? (id === null ? null : await readDelivery(db, id))
  return delivery === null ? null : { by: 'message-id', delivery }
}

async function byAddress(db: Kysely<Tables>, named: readonly string[], { list }: MatchContext): Promise<Found | null> {
  for (const address of named) {
    const delivery = await readLatest(db, { list, address, edition: null })
    if (delivery !== null) return { by: 'address', delivery }
  }
  return null
}

function inNormalForm(address: string): string {
  const normal = normalAddress(address)
  return normal.kind === 'address' ? normal.address : address
}

function deliveries(db: Kysely<Tables>) {
  return db
    .selectFrom('deliveries')
    .innerJoin('sendings', 'sendings.id', 'deliveries.sendingId')
    .leftJoin('subscribers', 'subscribers.id', 'deliveries.subscriberId')
    .select(['deliveries.id', 'deliveries.subscriberId as subscriber', 'deliveries.address', 'deliveries.state', 'deliveries.changedAt'])
    .select(['sendings.edition', 'subscribers.confirmedAt'])
}

async function readDelivery(db: Kysely<Tables>, id: number): Promise<NamedDelivery | null> {
  return (await deliveries(db).where('deliveries.id', '=', id).executeTakeFirst()) ?? null
}

/** The last one to an address that a relay has, or may have; else the last one. */
async function readLatest(
  db: Kysely<Tables>,
  { list, address, edition }: { readonly list: string; readonly address: string; readonly edition: string | null },
): Promise<NamedDelivery | null> {
  const all = await deliveries(db)
    .where('subscribers.list', '=', list)
    .where('subscribers.address', '=', address)
    .$if(edition !== null, query => query.where('sendings.edition', '=', edition ?? ''))
    .orderBy('deliveries.id', 'desc')
    .limit(100)
    .execute()
  return all.find(({ state }) => state === 'accepted' || state === 'uncertain') ?? all[0] ?? null
}
