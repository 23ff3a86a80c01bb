/** What a report means for a subscriber. */

import { type CodeMeaning, readEnhancedCode } from '../replies/enhanced-codes.ts'
import type { Complaint, ReportedRecipient } from './bounce-report.ts'
import { codeFromWords } from './failure-words.ts'
import { enhancedCodeIn } from './report-fields.ts'

/**
 * `hard`: the subscriber is marked bounced. `soft`: one more soft bounce is counted. `complaint`: the subscriber is marked complained. `unsubscribe`: the
 * subscriber is taken off the list. `nothing`: nobody's state changes. `why` is one clause, to be stored with the decision.
 */
export interface BounceDecision {
  readonly kind: 'hard' | 'soft' | 'complaint' | 'unsubscribe' | 'nothing'
  readonly why: string
}

/** When soft bounces count as a hard one: `bounces.softLimit`, and `bounces.softWithin` in milliseconds. */
export interface SoftLimits {
  readonly softLimit: number
  readonly softWithin: number
}

/**
 * Decides about one recipient of a report. `softAt`: when its earlier soft bounces were, milliseconds since 1970, in any order, without this one; `at`:
 * when this one was. Rejections by the relay that counted as soft belong to them.
 */
export function decideBounce(
  recipient: ReportedRecipient,
  { softAt, at, ...limits }: SoftLimits & { readonly softAt: readonly number[]; readonly at: number },
): BounceDecision {
  if (recipient.action === 'delayed') return { kind: 'nothing', why: 'delayed, and still being tried' }
  if (recipient.action !== 'failed') return { kind: 'nothing', why: `no failure: ${recipient.action}` }
  const { why, means } = meaningOf(recipient)
  switch (means) {
    case 'hard':
      return { kind: 'hard', why }
    case 'soft':
      return decideSoft(why, softAt, at, limits)
    case 'policy':
      return { kind: 'nothing', why: `refused for policy, not for the address: ${why}` }
    case 'sender-fault':
      return { kind: 'nothing', why: `the sender is at fault: ${why}` }
    case 'message-fault':
      return { kind: 'nothing', why: `the message is at fault: ${why}` }
    case 'fine':
      return { kind: 'nothing', why: `no failure: ${why}` }
  }
}

/** Whether a soft bounce at `at` is one too many, with those before it: `softLimit` of them within `softWithin`, this one counted. */
export function turnsHard(softAt: readonly number[], at: number, { softLimit, softWithin }: SoftLimits): boolean {
  return softAt.filter(each => Math.abs(at - each) <= softWithin).length + 1 >= softLimit
}

// RFC 5965 §3.1 and IANA's "Feedback Report Type Values". The others report on authentication, on a virus scanner's find, or take a complaint back.
const complaintTypes = ['abuse', 'fraud', 'other', 'opt-out', 'opt-out-list']

/** Decides about the one who complained. */
export function decideComplaint({ feedbackType }: Complaint): BounceDecision {
  if (complaintTypes.includes(feedbackType)) return { kind: 'complaint', why: `complained (${feedbackType})` }
  return {
    kind: 'nothing',
    why: feedbackType === 'not-spam' ? 'says that it is no spam' : `a report of type ${feedbackType}, not a complaint`,
  }
}

function decideSoft(why: string, softAt: readonly number[], at: number, limits: SoftLimits): BounceDecision {
  if (!turnsHard(softAt, at, limits)) return { kind: 'soft', why }
  return { kind: 'hard', why: `soft bounce number ${limits.softLimit} within ${Math.round(limits.softWithin / 86_400_000)} days: ${why}` }
}

/** A code that says something counts before a provider's verdict; but what the provider still has hope for is not given up for a code. */
function meaningOf(recipient: ReportedRecipient): { readonly why: string; readonly means: CodeMeaning } {
  const { verdict } = recipient
  const code = codeOf(recipient)
  const known = code === null ? null : readEnhancedCode(code)
  if (verdict !== undefined && (code === null || known === null || isVague(code)))
    return { why: code === null ? verdict.says : `${code}, ${verdict.says}`, means: verdict.means }
  const { says, means } = known ?? { says: 'no reason given', means: 'soft' as const }
  const why = code === null ? says : `${code}, ${says}`
  return verdict?.means === 'soft' && means === 'hard' ? { why: `${why}, but ${verdict.says}`, means: 'soft' } : { why, means }
}

/**
 * The code that says most. A server that only passes a failure on often reports 5.0.0, and the code of the server that failed stands in its words
 * (RFC 3464 §2.3.4 asks for the former to be taken from the latter).
 */
function codeOf({ status, diagnostic }: ReportedRecipient): string | null {
  if (status !== null && !isVague(status)) return status
  const said = enhancedCodeIn(diagnostic)
  if (said !== null && !isVague(said)) return said
  const vague = status ?? said
  const isTemporary = vague?.startsWith('4.') ?? /(?<![\d.#])([45])\d\d(?=[ -])/.exec(diagnostic)?.[1] === '4'
  return codeFromWords(diagnostic, isTemporary) ?? vague
}

/** X.0.0, and the "other or undefined" of each subject: but that of security says enough. */
function isVague(code: string): boolean {
  return /^[245]\.(0\.\d+|[1-6]\.0)$/.test(code) && !code.startsWith('2.')
}
