/**
 * Events of Mailgun (documentation.mailgun.com/docs/mailgun/user-manual/webhooks/webhook-payloads and …/user-manual/events/event-types): the part `event-data` of a
 * webhook.
 */

import * as z from 'zod'
import type { ProviderVerdict } from '../bounces/bounce-report.ts'
import { type EventHead, identifier, looseText, secondsIn, toBounce, toComplaint, toMarks, toOptOut } from './event-content.ts'
import type { EventReading } from './webhook.ts'

const eventData = z.object({
  event: identifier,
  id: identifier,
  timestamp: z.number().nullish().catch(null),
  severity: looseText,
  reason: looseText,
  recipient: looseText,
  message: z
    .object({ headers: z.object({ 'message-id': looseText }).nullish().catch(null) })
    .nullish()
    .catch(null),
  envelope: z.object({ sender: looseText }).nullish().catch(null),
  'delivery-status': z
    .object({ 'enhanced-code': looseText, message: looseText, description: looseText, 'bounce-type': looseText })
    .nullish()
    .catch(null),
})

type EventData = z.output<typeof eventData>

/**
 * Reads one event. A temporary failure is ignored, since Mailgun goes on trying and tells of the end; so are deliveries, opens and clicks. `event-data.id` names an event
 * within a day only, so its time belongs to its name.
 */
export function parseMailgun(json: unknown): EventReading {
  const { data, success } = eventData.safeParse(json)
  if (!success) return { kind: 'broken' }
  const head: EventHead = {
    id: `${data.id}\n${data.timestamp}`,
    addresses: [data.recipient],
    marks: toMarks({ returnPath: data.envelope?.sender, messageId: data.message?.headers?.['message-id'] }),
    at: secondsIn(data.timestamp),
  }
  switch (data.event) {
    case 'complained':
      return toComplaint(head)
    case 'unsubscribed':
      return toOptOut(head, 'unsubscribed at Mailgun')
    case 'failed':
      return data.severity === 'permanent' ? readFailure(head, data) : { kind: 'ignored' }
    default:
      return { kind: 'ignored' }
  }
}

/** `suppress-…`: Mailgun did not send, since it has the address on a list of its own. */
function readFailure(head: EventHead, data: EventData): EventReading {
  const { reason, 'delivery-status': status } = data
  if (reason === 'suppress-complaint') return toComplaint(head)
  if (reason === 'suppress-unsubscribe') return toOptOut(head, 'unsubscribed at Mailgun')
  const said = status?.message || status?.description
  return toBounce(head, { status: status?.['enhanced-code'], diagnostic: said, verdict: verdictOf(reason, status?.['bounce-type']) })
}

function verdictOf(reason: string | null | undefined, type: string | null | undefined): ProviderVerdict {
  const says = `Mailgun says ${[reason, type].filter(each => each != null && each !== '').join(', ') || 'that it failed'}`
  if (type === 'soft') return { means: 'soft', says }
  const isHard = type === 'hard' || reason === 'bounce' || reason === 'suppress-bounce'
  return { means: isHard ? 'hard' : reason === 'espblock' ? 'policy' : 'soft', says }
}
