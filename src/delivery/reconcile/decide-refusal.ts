/** What a refusal that a relay's log tells of means for its delivery. */

import { classifyOutcome } from '../replies/classify-outcome.ts'
import type { SubscriberAfter } from '../replies/delivery-action.ts'
import type { RelayEvent } from './relay-event.ts'

/** The reply as far as the log tells it, and what follows. `again`: the relay does not have the message, so sending it again is safe. */
export interface Refusal {
  readonly kind: 'rejected' | 'again'
  readonly subscriber: SubscriberAfter
  readonly code: number | null
  readonly enhanced: string | null
}

/**
 * The same rules as for a reply that we hear ourselves (src/delivery/replies/reply-rules.ts): what they reject is rejected, and everything that they would
 * try again, or stop the sending for, is to be sent again. A refusal without any code is of the latter kind.
 */
export function decideRefusal({ text, dsn }: RelayEvent): Refusal {
  const said = /: ([45]\d\d) /.exec(text)?.[1]
  const code = said === undefined ? usualCode(dsn) : Number(said)
  if (code === null) return { kind: 'again', subscriber: 'stays', code: null, enhanced: dsn }
  const stage = /^RCPT\b/.test(text) ? 'rcpt' : 'message'
  const action = classifyOutcome({ kind: 'rejected', stage, reply: { code, enhanced: dsn, text } })
  return action.kind === 'reject'
    ? { kind: 'rejected', subscriber: action.subscriber, code, enhanced: dsn }
    : { kind: 'again', subscriber: 'stays', code, enhanced: dsn }
}

/** A filter's refusal is logged with the enhanced code alone; Postfix sends 550 or 450 with it (milter(5), SMFIR_REPLYCODE). */
function usualCode(dsn: string | null): number | null {
  if (dsn === null) return null
  return dsn.startsWith('5') ? 550 : 450
}
