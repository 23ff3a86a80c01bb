/** Finds out about uncertain deliveries by what is known of their messages elsewhere. */

import type { RelayEvent } from './relay-event.ts'

/** A delivery of which nobody here knows whether the relay took it. */
export interface UncertainDelivery {
  readonly deliveryId: string
  /** Normal form. */
  readonly address: string
  /** In angle brackets. */
  readonly messageId: string
  /** What X-News-Digest-Delivery says; null where the relay is known to drop it. */
  readonly deliveryHeader: string | null
  /** The relay's name for the message, from half a reply; nearly always null. */
  readonly queueId: string | null
  /** When its last dot was written, milliseconds since 1970. */
  readonly attemptedAt: number
}

/** What an event was recognized by. */
export type RecognizedBy = 'header' | 'message-id' | 'queue-id'

/** What an uncertain delivery was found to be. */
export type UncertainMatch =
  | { readonly kind: 'accepted' | 'refused'; readonly deliveryId: string; readonly by: RecognizedBy; readonly event: RelayEvent }
  | { readonly kind: 'unknown'; readonly deliveryId: string; readonly reason: string }

/** Clocks of two machines differ, and a line is written after what it tells. */
const slack = 10 * 60_000
// The Message-ID is the same at every attempt. A refusal from before this one, which is why there was this one, says nothing about it.
const retrySlack = 30_000
// A queue id names a message only for as long as the message is in the queue; postconf(5), maximal_queue_lifetime: 5 days.
const longestInQueue = 5 * 86_400_000

/**
 * Looks for each uncertain delivery among the events, in one pass, and gives one match for each, in their order. An event is recognized by our header,
 * then by Message-ID, then by queue id; never by the address alone, since another edition went there as well. Any sign that the relay has the message
 * outweighs a refusal.
 */
export async function matchUncertain(
  uncertain: readonly UncertainDelivery[],
  events: AsyncIterable<RelayEvent> | Iterable<RelayEvent>,
): Promise<UncertainMatch[]> {
  const byHeader = new Map(uncertain.map(each => [each.deliveryHeader, each]))
  const byMessageId = new Map(uncertain.map(each => [each.messageId, each]))
  const byQueueId = new Map(uncertain.map(each => [each.queueId, each]))
  const found = new Map<string, Exclude<UncertainMatch, { kind: 'unknown' }>>()
  const seenAddresses = new Set<string>()
  const span = { from: Number.POSITIVE_INFINITY, to: Number.NEGATIVE_INFINITY }
  const take = (event: RelayEvent, delivery: UncertainDelivery, by: RecognizedBy) => {
    const kind = event.status === 'refused' ? 'refused' : 'accepted'
    if (kind === 'refused' && event.at !== null && event.at < delivery.attemptedAt - retrySlack) return
    const known = found.get(delivery.deliveryId)
    if (known === undefined || (known.kind === 'refused' && (kind === 'accepted' || isLater(event, known.event))))
      found.set(delivery.deliveryId, { kind, deliveryId: delivery.deliveryId, by, event })
  }
  for await (const event of events) {
    if (event.at !== null) {
      span.from = Math.min(span.from, event.at)
      span.to = Math.max(span.to, event.at)
    }
    const header = event.deliveryHeader === null ? undefined : byHeader.get(event.deliveryHeader)
    const message = event.messageId === null ? undefined : byMessageId.get(event.messageId)
    const queue = event.queueId === null ? undefined : byQueueId.get(event.queueId)
    if (header !== undefined) take(event, header, 'header')
    else if (message !== undefined) take(event, message, 'message-id')
    else if (queue !== undefined && event.messageId === null && isNear(event, queue) && concerns(event, queue))
      take(event, queue, 'queue-id')
    else if (event.to !== null && event.messageId === null && event.deliveryHeader === null) seenAddresses.add(event.to.toLowerCase())
  }
  return uncertain.map(
    each => found.get(each.deliveryId) ?? { kind: 'unknown', deliveryId: each.deliveryId, reason: whyUnknown(each, span, seenAddresses) },
  )
}

function whyUnknown(
  { address, attemptedAt }: UncertainDelivery,
  span: { readonly from: number; readonly to: number },
  seen: ReadonlySet<string>,
): string {
  if (span.from > span.to) return 'nothing in it tells of any message: is it the mail log of a Postfix, or a mailbox of reports?'
  if (attemptedAt < span.from - slack) return 'what was read begins after the attempt'
  if (attemptedAt > span.to + slack) return 'what was read ends before the attempt'
  if (seen.has(address.toLowerCase())) return 'the address is named, but by lines that do not tell for which message'
  return 'nothing was found about this message, although what was read covers the time of the attempt: probably it was not accepted'
}

function isNear({ at }: RelayEvent, { attemptedAt }: UncertainDelivery): boolean {
  return at !== null && at >= attemptedAt - slack && at <= attemptedAt + longestInQueue
}

function isLater({ at }: RelayEvent, than: RelayEvent): boolean {
  return (at ?? 0) > (than.at ?? 0)
}

/** A queue id alone is not enough. Our own marks are: each belongs to one recipient, and a relay may rewrite that one's address on the way. */
function concerns({ to }: RelayEvent, { address }: UncertainDelivery): boolean {
  return to === null || to.toLowerCase() === address.toLowerCase()
}
