/**
 * Events of Postmark (postmarkapp.com/developer/webhooks/bounce-webhook, …/spam-complaint-webhook, …/subscription-change-webhook; the types of a bounce:
 * postmarkapp.com/developer/api/bounce-api#bounce-types).
 */

import * as z from 'zod'
import { readMarks } from '../bounces/delivery-marks.ts'
import { type EventHead, looseText, timeIn, toBounce, toComplaint, toMarks, toOptOut } from './event-content.ts'
import type { EventReading } from './webhook.ts'

const record = z.object({
  RecordType: z.string(),
  Type: looseText,
  ID: z.number().nullish().catch(null),
  MessageID: looseText,
  Email: looseText,
  Details: looseText,
  Content: looseText,
  Inactive: z.boolean().nullish().catch(null),
  BouncedAt: looseText,
  Recipient: looseText,
  ChangedAt: looseText,
  SuppressSending: z.boolean().nullish().catch(null),
  SuppressionReason: looseText,
})

type PostmarkRecord = z.output<typeof record>

/** What a type of bounce is to us. What is not listed is a failure that its words judge. */
const bounceTypes: Readonly<Record<string, 'hard' | 'soft' | 'policy' | 'delayed' | 'complaint' | 'opt-out' | 'ignored'>> = {
  HardBounce: 'hard',
  BadEmailAddress: 'hard',
  SoftBounce: 'soft',
  DnsError: 'soft',
  Transient: 'delayed',
  SpamNotification: 'policy',
  VirusNotification: 'policy',
  Blocked: 'policy',
  DMARCPolicy: 'policy',
  TemplateRenderingFailed: 'policy',
  SMTPApiError: 'policy',
  SpamComplaint: 'complaint',
  Unsubscribe: 'opt-out',
  // Suppressed by hand, in Postmark's own pages.
  ManuallyDeactivated: 'opt-out',
  AutoResponder: 'ignored',
  AddressChange: 'ignored',
  ChallengeVerification: 'ignored',
  OpenRelayTest: 'ignored',
  Subscribe: 'ignored',
  Unconfirmed: 'ignored',
  InboundError: 'ignored',
}

/** Reads one event; deliveries, opens and clicks are ignored. */
export function parsePostmark(json: unknown): EventReading {
  const { data, success } = record.safeParse(json)
  if (!success) return { kind: 'broken' }
  switch (data.RecordType) {
    case 'Bounce':
      return readBounce(data, data.Type ?? 'Unknown')
    case 'SpamComplaint':
      return toComplaint(headOf(data, 'SpamComplaint'))
    case 'SubscriptionChange':
      return readChange(data)
    default:
      return { kind: 'ignored' }
  }
}

function readBounce(data: PostmarkRecord, type: string): EventReading {
  const means = Object.hasOwn(bounceTypes, type) ? bounceTypes[type] : undefined
  const head = headOf(data, type)
  switch (means) {
    case 'ignored':
      return { kind: 'ignored' }
    case 'complaint':
      return toComplaint(head)
    case 'opt-out':
      return toOptOut(head, 'unsubscribed at Postmark')
    default: {
      const diagnostic = data.Details
      if (means === 'delayed') return toBounce(head, { diagnostic, verdict: null, isDelay: true })
      // An inactive address gets nothing more from Postmark, so it is of no use to go on.
      const isGivenUp = data.Inactive === true && (means === undefined || type === 'SMTPApiError')
      const judged = isGivenUp ? 'hard' : means
      return toBounce(head, {
        diagnostic,
        verdict: judged === undefined ? null : { means: judged, says: `Postmark says ${type}` },
      })
    }
  }
}

/** An address was put on the list of those that Postmark sends nothing to. What took it there is mostly told as a bounce as well: then it has the same id. */
function readChange(data: PostmarkRecord): EventReading {
  if (data.SuppressSending !== true) return { kind: 'ignored' }
  switch (data.SuppressionReason) {
    case 'HardBounce':
    case 'SpamComplaint':
      return readBounce(data, data.SuppressionReason)
    case 'ManualSuppression':
      return toOptOut(headOf(data, 'ManualSuppression'), 'unsubscribed at Postmark')
    default:
      return { kind: 'broken' }
  }
}

function headOf(data: PostmarkRecord, type: string): EventHead {
  const { MessageID: message, ID, Content: content, ChangedAt, BouncedAt } = data
  const address = data.Email ?? data.Recipient
  const at = timeIn(BouncedAt ?? ChangedAt)
  const which = message ?? (ID == null ? `${address} ${ChangedAt ?? BouncedAt}` : `bounce ${ID}`)
  return { id: `${type}\n${which}\n${address?.toLowerCase()}`, addresses: [address], marks: marksIn(message, content), at }
}

/** Where a webhook is told to include the content of bounces, it holds the returned message. */
function marksIn(message: string | null | undefined, content: string | null | undefined) {
  const { queueId } = toMarks({ queueId: message })
  const text = content?.slice(0, 64 * 1024) ?? ''
  return { ...readMarks({ headers: () => [], envelopeTo: null, returned: null, text, envelopeId: null, mailFrom: null }), queueId }
}
