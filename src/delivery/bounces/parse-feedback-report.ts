/** Feedback of mailbox providers about mail that their users complained of (RFC 5965). */

import { addressesIn, addressOf, fieldOf, parseFieldGroups, unique } from './report-fields.ts'

/** What a feedback-report part says. */
export interface FeedbackReport {
  readonly feedbackType: string
  readonly envelopeId: string | null
  /** The return path of the message complained of. */
  readonly mailFrom: string | null
  /** Recipients that it names. Providers often leave them out, or make them unreadable. */
  readonly recipients: readonly string[]
}

/** Reads the text of a `message/feedback-report` part. An absent type counts as `other` (RFC 5965 §3.1: a type that is not known is read so). */
export function parseFeedbackReport(text: string): FeedbackReport {
  const group = new Map(parseFieldGroups(text).flatMap(each => [...each]))
  return {
    feedbackType: /^[a-z-]{1,40}/.exec((fieldOf(group, 'feedback-type') ?? '').toLowerCase())?.[0] ?? 'other',
    envelopeId: fieldOf(group, 'original-envelope-id'),
    mailFrom: addressOf(fieldOf(group, 'original-mail-from')),
    recipients: unique((group.get('original-rcpt-to') ?? []).slice(0, 100).flatMap(each => [addressOf(each), ...addressesIn(each)])),
  }
}
