/**
 * Events of Amazon SES, both as notifications of an identity (docs.aws.amazon.com/ses/latest/dg/notification-contents.html) and as events of a configuration set
 * (…/dg/event-publishing-retrieving-sns-contents.html).
 */

import * as z from 'zod'
import type { ProviderVerdict } from '../bounces/bounce-report.ts'
import { type EventHead, identifier, looseText, timeIn, toComplaint, toMarks, toOptOut, toRecipient, toReport } from './event-content.ts'
import type { EventReading } from './webhook.ts'

const header = z.object({ name: z.string(), value: z.string() })

const mail = z.object({
  messageId: identifier,
  source: looseText,
  destination: z.array(z.string()).max(1000).catch([]),
  headers: z.array(z.unknown()).max(10_000).catch([]),
})

const bounced = z.object({ emailAddress: z.string(), action: looseText, status: looseText, diagnosticCode: looseText })
const complained = z.object({ emailAddress: z.string() })

const bounce = z.object({
  bounceType: identifier,
  bounceSubType: looseText,
  bouncedRecipients: z.array(bounced).min(1).max(1000),
  timestamp: looseText,
  feedbackId: identifier,
})

const complaint = z.object({
  complainedRecipients: z.array(complained).min(1).max(1000),
  complaintFeedbackType: looseText,
  timestamp: looseText,
  feedbackId: identifier,
})

const subscription = z.object({
  timestamp: looseText,
  newTopicPreferences: z
    .object({ unsubscribeAll: z.boolean().nullish().catch(null) })
    .nullish()
    .catch(null),
})

const message = z.object({ notificationType: looseText, eventType: looseText, mail })

/** Reads one event; sends, deliveries, delays, opens and clicks are ignored. */
export function parseSes(json: unknown): EventReading {
  const { data, success } = message.safeParse(json)
  if (!success) return { kind: 'broken' }
  const part = json as Readonly<Record<string, unknown>>
  switch (data.notificationType ?? data.eventType) {
    case 'Bounce':
      return readBounce(bounce.safeParse(part.bounce).data, data.mail)
    case 'Complaint':
      return readComplaint(complaint.safeParse(part.complaint).data, data.mail)
    case 'Subscription':
      return readSubscription(subscription.safeParse(part.subscription).data, data.mail)
    default:
      return { kind: 'ignored' }
  }
}

type Mail = z.output<typeof mail>
type Bounced = z.output<typeof bounced>

function readBounce(data: z.output<typeof bounce> | undefined, about: Mail): EventReading {
  if (data === undefined) return { kind: 'broken' }
  const { bounceType, bounceSubType, bouncedRecipients, feedbackId, timestamp } = data
  const kind = [bounceType, bounceSubType].filter(each => each != null).join(', ')
  if (bounceSubType === 'UnsubscribedRecipient')
    return toOptOut(headOf(about, feedbackId, timestamp, bouncedRecipients), 'unsubscribed at Amazon SES')
  // An out-of-office reply is told as such a bounce (…/dg/notification-contents.html, "Bounce types"), with nothing out of a delivery status.
  const isReply =
    bounceType !== 'Permanent' && !['MailboxFull', 'MessageTooLarge'].includes(bounceSubType ?? '') && !bouncedRecipients.some(hasStatus)
  if (isReply) return { kind: 'ignored' }
  const verdict = { means: meaningOf(bounceType, bounceSubType), says: `Amazon SES says ${kind}` } satisfies ProviderVerdict
  const isAlone = bouncedRecipients.length === 1
  return toReport(
    headOf(about, feedbackId, timestamp),
    bouncedRecipients.map(each =>
      toRecipient([each.emailAddress, ...(isAlone ? sentTo(about) : [])], {
        status: each.status,
        diagnostic: each.diagnosticCode,
        verdict,
        isDelay: each.action?.toLowerCase() === 'delayed',
      }),
    ),
  )
}

function meaningOf(type: string, subtype: string | null | undefined): ProviderVerdict['means'] {
  if (type === 'Permanent') return 'hard'
  return ['MessageTooLarge', 'ContentRejected', 'AttachmentRejected'].includes(subtype ?? '') ? 'policy' : 'soft'
}

function hasStatus({ action, status, diagnosticCode }: Bounced): boolean {
  return action != null || status != null || diagnosticCode != null
}

function readComplaint(data: z.output<typeof complaint> | undefined, about: Mail): EventReading {
  if (data === undefined) return { kind: 'broken' }
  const { complainedRecipients, complaintFeedbackType, feedbackId, timestamp } = data
  return toComplaint(headOf(about, feedbackId, timestamp, complainedRecipients), complaintFeedbackType?.toLowerCase() || 'abuse')
}

/** Somebody used the links of SES's own list management (…/dg/sending-email-subscription-management.html). */
function readSubscription(data: z.output<typeof subscription> | undefined, about: Mail): EventReading {
  if (data === undefined) return { kind: 'broken' }
  if (data.newTopicPreferences?.unsubscribeAll !== true) return { kind: 'ignored' }
  const id = `subscription ${about.messageId} ${data.timestamp}`
  return toOptOut(headOf(about, id, data.timestamp), 'unsubscribed at Amazon SES')
}

/** The address of a message that went to one only. */
function sentTo({ destination }: Mail): readonly string[] {
  return destination.length === 1 ? destination : []
}

/** `mail.headers` are those of the message as it was handed over; without "Include original headers" they are missing. */
function headOf(
  about: Mail,
  id: string,
  timestamp: string | null | undefined,
  named: readonly { readonly emailAddress: string }[] = [],
): EventHead {
  const headers = about.headers.flatMap(each => header.safeParse(each).data ?? [])
  const headerOf = (name: string) => headers.find(each => each.name.toLowerCase() === name)?.value
  return {
    id,
    addresses: [...named.map(({ emailAddress }) => emailAddress), ...sentTo(about)],
    marks: toMarks({
      returnPath: about.source,
      deliveryHeader: headerOf('x-news-digest-delivery'),
      messageId: headerOf('message-id'),
      queueId: about.messageId,
    }),
    at: timeIn(timestamp),
  }
}
