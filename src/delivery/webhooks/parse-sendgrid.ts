/** Events of SendGrid (www.twilio.com/docs/sendgrid/for-developers/tracking-events/event). */

import * as z from 'zod'
import type { ProviderVerdict } from '../bounces/bounce-report.ts'
import { type EventHead, identifier, looseText, secondsIn, toBounce, toComplaint, toMarks, toOptOut } from './event-content.ts'
import type { EventReading } from './webhook.ts'

const sendgridEvent = z.object({
  event: identifier,
  email: looseText,
  timestamp: z.number().nullish().catch(null),
  sg_event_id: looseText,
  sg_message_id: looseText,
  'smtp-id': looseText,
  type: looseText,
  reason: looseText,
  status: looseText,
  bounce_classification: looseText,
})

type SendgridEvent = z.output<typeof sendgridEvent>

/**
 * Reads one event of the list. `smtp-id` is the Message-ID that the message came with; `sg_message_id` begins with the name that the reply to it had told. What is
 * deferred is still being tried, and ignored like deliveries, opens and clicks.
 */
export function parseSendgrid(json: unknown): EventReading {
  const { data, success } = sendgridEvent.safeParse(json)
  if (!success) return { kind: 'broken' }
  const head: EventHead = {
    id: data.sg_event_id || [data.event, data.email, data.timestamp, data.sg_message_id, data['smtp-id']].join('\n'),
    addresses: [data.email],
    marks: toMarks({ messageId: data['smtp-id'], queueId: data.sg_message_id?.replace(/\.(?:filter|recvd).*$/s, '') }),
    at: secondsIn(data.timestamp),
  }
  switch (data.event) {
    case 'bounce':
      return toBounce(head, { status: data.status, diagnostic: data.reason, verdict: verdictOf(data) })
    case 'dropped':
      return readDropped(head, data.reason ?? '')
    case 'spamreport':
      return toComplaint(head)
    case 'unsubscribe':
    case 'group_unsubscribe':
      return toOptOut(head, 'unsubscribed at SendGrid')
    default:
      return { kind: 'ignored' }
  }
}

const classes: Readonly<Record<string, ProviderVerdict['means']>> = {
  'invalid address': 'hard',
  'mailbox unavailable': 'soft',
  'technical failure': 'soft',
  content: 'policy',
  reputation: 'policy',
  'frequency or volume too high': 'policy',
}

/** The classes are those of www.twilio.com/docs/sendgrid/api-reference/bounces-api; unclassified goes by `type`: `bounce`, `blocked` or `expired`. */
function verdictOf({ type, bounce_classification: given }: SendgridEvent): ProviderVerdict {
  const says = `SendGrid says ${[type, given].filter(each => each != null && each !== '').join(', ') || 'bounce'}`
  const name = given?.toLowerCase() ?? ''
  const known = Object.hasOwn(classes, name) ? classes[name] : undefined
  return { means: known ?? (type === 'blocked' || type === 'expired' ? 'soft' : 'hard'), says }
}

/** SendGrid did not send, mostly since it has the address on a list of its own. */
function readDropped(head: EventHead, reason: string): EventReading {
  if (/^(?:bounced address|invalid$)/i.test(reason)) return toBounce(head, { verdict: { means: 'hard', says: `SendGrid says ${reason}` } })
  if (/^unsubscribed address/i.test(reason)) return toOptOut(head, 'unsubscribed at SendGrid')
  if (/^spam reporting address/i.test(reason)) return toComplaint(head)
  return { kind: 'ignored' }
}
