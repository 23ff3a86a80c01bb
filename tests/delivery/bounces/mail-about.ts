/** Reports about deliveries of a ledger, as a mail server would send them back. */

import { buildMail, buildReport } from './build-mail.ts'

/** What a report says and carries; each mark only where it is given. */
export interface ReportAbout {
  readonly address: string
  /** Where it came to. Default: an address that is no return path. */
  readonly to?: string
  readonly status?: string
  readonly action?: string
  /** The words of the server that refused. */
  readonly says?: string
  readonly deliveryHeader?: string
  readonly messageId?: string
  /** Tells the report from others. */
  readonly id?: string
  readonly date?: string
}

/** A bounce by RFC 3464. Its headers of the returned message name nobody but by the marks. */
export function bounceAbout(about: ReportAbout): Uint8Array {
  const { address, to = 'digest@example.com', status = '5.1.1', action = 'failed', says } = about
  const words = says === undefined ? [] : [`Diagnostic-Code: smtp; ${says}`]
  return named(
    buildReport({
      from: 'Mail Delivery System <MAILER-DAEMON@mx.example.net>',
      subject: 'Undelivered Mail Returned to Sender',
      to,
      status: [
        'Reporting-MTA: dns; mx.example.net',
        '',
        `Final-Recipient: rfc822; ${address}`,
        `Action: ${action}`,
        `Status: ${status}`,
        ...words,
      ],
      returned: { type: 'text/rfc822-headers', lines: returnedLines(about) },
    }),
    about,
  )
}

/** A complaint by RFC 5965. */
export function complaintAbout(about: ReportAbout): Uint8Array {
  return named(
    buildMail({
      from: 'feedback@mailbox.example',
      subject: 'complaint',
      to: about.to ?? 'abuse@example.com',
      contentType: 'multipart/report; report-type=feedback-report',
      parts: [
        { type: 'text/plain', lines: ['This is an abuse report.'] },
        {
          type: 'message/feedback-report',
          lines: [
            'Feedback-Type: abuse',
            'User-Agent: Loop/1',
            'Version: 1',
            ...(about.address === '' ? [] : [`Original-Rcpt-To: ${about.address}`]),
          ],
        },
        { type: 'text/rfc822-headers', lines: returnedLines(about) },
      ],
    }),
    about,
  )
}

/** Somebody's own mail. */
export function letter(subject: string, id = 'letter'): Uint8Array {
  return named(buildMail({ from: 'somebody@reader.example', subject, to: 'leave@example.com', lines: ['Hello'] }), { id })
}

function returnedLines({ deliveryHeader, messageId }: ReportAbout): readonly string[] {
  return [
    'From: Example Weekly <digest@example.com>',
    'Subject: This week',
    ...(messageId === undefined ? [] : [`Message-ID: ${messageId}`]),
    ...(deliveryHeader === undefined ? [] : [`X-News-Digest-Delivery: ${deliveryHeader}`]),
  ]
}

function named(
  bytes: Uint8Array,
  { id = 'report.1', date = 'Mon, 9 Feb 2026 10:00:00 +0100' }: { readonly id?: string; readonly date?: string },
): Uint8Array {
  const text = Buffer.from(bytes).toString('utf8')
  return Buffer.from(text.replace('<report.1@mx.example.net>', `<${id}@mx.example.net>`).replace(/^Date: .*$/m, `Date: ${date}`))
}
