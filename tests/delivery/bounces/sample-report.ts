/** What a sample of a report is. */

/** A report, and what is to be read out of its first recipient. */
export interface SampleReport {
  readonly name: string
  readonly bytes: Uint8Array
  readonly status: string | null
  readonly action: 'failed' | 'delayed' | 'delivered'
  /** Without earlier soft bounces. */
  readonly decision: 'hard' | 'soft' | 'nothing'
  readonly addresses?: readonly string[]
  /** Where the returned message is missing, no mark can be read. */
  readonly unmarked?: true
}

/** The usual sender of a report. */
export const daemon = 'Mail Delivery System <MAILER-DAEMON@mx.example.net>'

/** Fields about the reader. */
export function about(action: string, status: string, diagnostic: string): string[] {
  return [
    'Final-Recipient: rfc822; reader@example.org',
    'Original-Recipient: rfc822;reader@example.org',
    `Action: ${action}`,
    `Status: ${status}`,
    diagnostic,
  ]
}

/** What Postfix says of the message. */
export const postfixHead = [
  'Reporting-MTA: dns; mx.example.net',
  'X-Postfix-Queue-ID: 4X1',
  'X-Postfix-Sender: rfc822; weekly@news.example.com',
  'Arrival-Date: Mon,  9 Feb 2026 09:59:58 +0100 (CET)',
  '',
]
