/** What providers' events come to in the terms of bounces. All of it is text of strangers: cleaned and cut. */

import * as z from 'zod'
import type { DeliveryMarks, ProviderVerdict, ReportedRecipient } from '../bounces/bounce-report.ts'
import { addressOf, enhancedCodeIn, messageIdOf, shortLine, unique } from '../bounces/report-fields.ts'
import type { EventReading } from './webhook.ts'

/** A text that may be absent, or something else: then null. */
export const looseText = z.string().nullish().catch(null)

/** An identifier that an event has to have. */
export const identifier = z.string().min(1).max(500)

/** What an event may tell about its message; each as it stands there. */
export interface GivenMarks {
  readonly returnPath?: string | null | undefined
  readonly deliveryHeader?: string | null | undefined
  /** With or without its angle brackets. */
  readonly messageId?: string | null | undefined
  readonly queueId?: string | null | undefined
}

/** The marks of a message. */
export function toMarks({ returnPath, deliveryHeader, messageId, queueId }: GivenMarks): DeliveryMarks {
  const id = messageId?.trim() ?? ''
  return {
    returnPaths: unique([addressOf(returnPath ?? null)]),
    deliveryHeader: deliveryHeader?.trim() ?? null,
    messageId: messageIdOf(id.startsWith('<') ? id : `<${id}>`),
    queueId: queueId != null && /^[\w.+=-]{3,100}$/.test(queueId) ? queueId : null,
    envelopeId: null,
    returnedTo: null,
  }
}

/** What every event has. */
export interface EventHead {
  readonly id: string
  readonly addresses: readonly (string | null | undefined)[]
  readonly marks: DeliveryMarks
  /** Milliseconds since 1970. */
  readonly at: number | null
}

/** A failure to deliver. */
export interface GivenFailure {
  readonly status?: string | null | undefined
  readonly diagnostic?: string | null | undefined
  readonly verdict: ProviderVerdict | null
  readonly isDelay?: boolean
}

/** What a failure says of one recipient; null where no address is one. */
export function toRecipient(
  addresses: EventHead['addresses'],
  { status, diagnostic, verdict, isDelay = false }: GivenFailure,
): ReportedRecipient | null {
  const named = knownAddresses(addresses)
  if (named.length === 0) return null
  const said = shortLine(diagnostic ?? '')
  return {
    addresses: named,
    action: isDelay ? 'delayed' : 'failed',
    status: statusIn(status) ?? enhancedCodeIn(said),
    diagnostic: said,
    ...(verdict === null ? {} : { verdict: { ...verdict, says: shortLine(verdict.says) } }),
  }
}

/** A bounce of several recipients. */
export function toReport({ id, marks, at }: EventHead, recipients: readonly (ReportedRecipient | null)[]): EventReading {
  const [first, ...more] = recipients.filter(each => each !== null)
  if (first === undefined) return { kind: 'broken' }
  return { kind: 'event', event: { id, content: { kind: 'bounce', format: 'webhook', recipients: [first, ...more], marks, at } } }
}

/** A bounce of one recipient. */
export function toBounce(head: EventHead, failure: GivenFailure): EventReading {
  return toReport(head, [toRecipient(head.addresses, failure)])
}

/** A complaint; its type is that of RFC 5965. */
export function toComplaint({ id, addresses, marks, at }: EventHead, feedbackType = 'abuse'): EventReading {
  const named = knownAddresses(addresses)
  if (named.length === 0) return { kind: 'broken' }
  return { kind: 'event', event: { id, content: { kind: 'complaint', feedbackType, addresses: named, marks, at } } }
}

/** Somebody asked the provider for no more. */
export function toOptOut({ id, addresses, marks, at }: EventHead, says: string): EventReading {
  const named = knownAddresses(addresses)
  if (named.length === 0) return { kind: 'broken' }
  return { kind: 'event', event: { id, content: { kind: 'opt-out', addresses: named, marks, at, says } } }
}

/** An enhanced status code, where a text is one. */
function statusIn(text: string | null | undefined): string | null {
  return text != null && /^[245]\.\d{1,3}\.\d{1,3}$/.test(text.trim()) ? text.trim() : null
}

/** An instant as ISO 8601 writes it; null for anything else. */
export function timeIn(text: string | null | undefined): number | null {
  const at = Date.parse(text?.slice(0, 100) ?? '')
  return Number.isNaN(at) ? null : at
}

/** Seconds since 1970, as a number. */
export function secondsIn(value: number | null | undefined): number | null {
  return value == null || !Number.isFinite(value) || Math.abs(value) > 1e11 ? null : Math.round(value * 1000)
}

function knownAddresses(addresses: EventHead['addresses']): string[] {
  return unique(addresses.map(each => addressOf(each ?? null)))
}
