/** What an outcome means for its delivery. */

import { describeOutcome } from '../../transport/describe-outcome.ts'
import type { NoConnection, Outcome, Reply } from '../../transport/outcome.ts'
import type { DeliveryAction, ReplyRule } from './delivery-action.ts'
import { replyRules } from './reply-rules.ts'

/**
 * What is to be done after an outcome: a function of stage, code and enhanced code, which never throws. `refine` holds rows that come before those of
 * the table: what is known of one relay's words (`presetReplyRules`).
 */
export function classifyOutcome(outcome: Outcome, { refine = [] }: { readonly refine?: readonly ReplyRule[] } = {}): DeliveryAction {
  switch (outcome.kind) {
    case 'accepted':
      return { kind: 'accepted' }
    case 'rejected':
      return classifyRejection(outcome, [...refine, ...replyRules])
    case 'unsupported':
      // Too large for one is too large for all; a local part beyond ASCII is one recipient's.
      return outcome.feature === 'size'
        ? { kind: 'pause', reason: `the relay takes no message of this size; ${describeOutcome(outcome)}` }
        : { kind: 'reject', subscriber: 'stays', policy: false }
    case 'refused':
      return outcome.whose === 'sender'
        ? { kind: 'stop', reason: describeOutcome(outcome) }
        : { kind: 'reject', subscriber: 'stays', policy: false }
    case 'lost-before-dot':
      return { kind: 'again' }
    case 'uncertain':
      return { kind: 'uncertain' }
    case 'no-connection':
      return classifyNoConnection(outcome)
  }
}

function classifyRejection(outcome: Extract<Outcome, { kind: 'rejected' }>, rules: readonly ReplyRule[]): DeliveryAction {
  const rule = rules.find(each => matches(each, outcome))
  if (rule === undefined) return { kind: 'pause', reason: `the relay answered with what is no answer; ${describeOutcome(outcome)}` }
  const { action } = rule
  if (action.kind === 'defer' || action.kind === 'reject') return action
  return { kind: action.kind, reason: `${rule.says}; ${describeOutcome(outcome)}` }
}

/** A password that is wrong stays wrong: these replies (RFC 4954 §6) are no reason to wait, all other failures may pass. */
function classifyNoConnection(outcome: NoConnection): DeliveryAction {
  const code = outcome.reply?.code ?? 0
  const isSetUpWrongly = [530, 535, 503].includes(code) || (outcome.why === 'auth' && code >= 500)
  return isSetUpWrongly
    ? {
        kind: 'stop',
        reason: `${outcome.why === 'auth' ? 'the relay refused the login' : 'the relay takes no mail from us as it is set up'}; ${describeOutcome(outcome)}`,
      }
    : { kind: 'back-off-relay' }
}

function matches(rule: ReplyRule, { stage, reply }: Extract<Outcome, { kind: 'rejected' }>): boolean {
  return (
    rule.codes.some(code => code === reply.code || code === Math.floor(reply.code / 100)) &&
    (rule.stages?.includes(stage) ?? true) &&
    matchesEnhanced(rule.enhanced, enhancedOf(reply)) &&
    (rule.text?.test(reply.text) ?? true)
  )
}

function matchesEnhanced(wanted: ReplyRule['enhanced'], enhanced: string | null): boolean {
  if (wanted === undefined) return true
  if (wanted === 'none') return enhanced === null
  return enhanced !== null && wanted.some(each => each === enhanced || (each.endsWith('.x') && enhanced.startsWith(each.slice(0, -1))))
}

/** RFC 2034 §4: both codes are of one class. Where they are not, the reply is taken as one without an enhanced code. */
function enhancedOf({ code, enhanced }: Reply): string | null {
  return enhanced?.startsWith(`${Math.floor(code / 100)}.`) ? enhanced : null
}
