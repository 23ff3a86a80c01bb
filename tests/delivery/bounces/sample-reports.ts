/** Reports by RFC 3464 as the servers of this world write them: the shapes are theirs, the people are not. */

import { buildMail, buildReport, returnedHeaders, returnPath } from './build-mail.ts'

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

const daemon = 'Mail Delivery System <MAILER-DAEMON@mx.example.net>'

/** Fields about the reader. */
function about(action: string, status: string, diagnostic: string): string[] {
  return [
    'Final-Recipient: rfc822; reader@example.org',
    'Original-Recipient: rfc822;reader@example.org',
    `Action: ${action}`,
    `Status: ${status}`,
    diagnostic,
  ]
}

const postfixHead = [
  'Reporting-MTA: dns; mx.example.net',
  'X-Postfix-Queue-ID: 4X1',
  'X-Postfix-Sender: rfc822; weekly@news.example.com',
  'Arrival-Date: Mon,  9 Feb 2026 09:59:58 +0100 (CET)',
  '',
]

export const sampleReports: readonly SampleReport[] = [
  {
    name: 'Postfix: unknown user',
    bytes: buildReport({
      from: daemon,
      subject: 'Undelivered Mail Returned to Sender',
      headers: ['Return-Path: <>', `Delivered-To: ${returnPath}`, 'Auto-Submitted: auto-replied'],
      human: [
        'This is the mail system at host mx.example.net.',
        '',
        "I'm sorry to have to inform you that your message could not",
        'be delivered to one or more recipients.',
        '',
        '<reader@example.org>: host mx.example.org[192.0.2.7] said: 550 5.1.1',
        '    <reader@example.org>: Recipient address rejected: User unknown',
      ],
      status: [
        ...postfixHead,
        ...about('failed', '5.1.1', 'Remote-MTA: dns; mx.example.org'),
        'Diagnostic-Code: smtp; 550 5.1.1 <reader@example.org>: Recipient address',
        '    rejected: User unknown',
      ],
    }),
    status: '5.1.1',
    action: 'failed',
    decision: 'hard',
  },
  {
    name: 'Postfix: domain without a server',
    bytes: buildReport({
      from: daemon,
      subject: 'Undelivered Mail Returned to Sender',
      status: [
        ...postfixHead,
        ...about('failed', '5.4.4', 'Diagnostic-Code: X-Postfix; Host or domain name not found. Name service error'),
      ],
      returned: { type: 'text/rfc822-headers', lines: returnedHeaders },
    }),
    status: '5.4.4',
    action: 'failed',
    decision: 'soft',
  },
  {
    name: 'Postfix: null MX',
    bytes: buildReport({
      from: daemon,
      subject: 'Undelivered Mail Returned to Sender',
      status: [
        ...postfixHead,
        ...about('failed', '5.1.10', 'Diagnostic-Code: X-Postfix; Domain example.org does not accept mail (nullMX)'),
      ],
    }),
    status: '5.1.10',
    action: 'failed',
    decision: 'hard',
  },
  {
    name: 'Postfix: still trying',
    bytes: buildReport({
      from: daemon,
      subject: 'Delayed Mail (still being retried)',
      status: [
        ...postfixHead,
        ...about('delayed', '4.4.1', 'Diagnostic-Code: X-Postfix; connect to mx.example.org[192.0.2.7]:25: Connection timed out'),
        'Will-Retry-Until: Sat, 14 Feb 2026 09:59:58 +0100 (CET)',
      ],
    }),
    status: '4.4.1',
    action: 'delayed',
    decision: 'nothing',
  },
  {
    name: 'Postfix: given up after days of greylisting',
    bytes: buildReport({
      from: daemon,
      subject: 'Undelivered Mail Returned to Sender',
      status: [...postfixHead, ...about('failed', '4.4.1', 'Diagnostic-Code: X-Postfix; connect to mx.example.org: Connection refused')],
    }),
    status: '4.4.1',
    action: 'failed',
    decision: 'soft',
  },
  {
    name: 'Postfix: status says nothing, the words say all',
    bytes: buildReport({
      from: daemon,
      subject: 'Undelivered Mail Returned to Sender',
      status: [...postfixHead, ...about('failed', '5.0.0', 'Diagnostic-Code: smtp; 550 No Such User Here')],
    }),
    status: '5.0.0',
    action: 'failed',
    decision: 'hard',
  },
  {
    name: 'Exim 4.90: mailbox full, several recipients of one report',
    bytes: buildReport({
      from: 'Mail Delivery System <Mailer-Daemon@mx.example.net>',
      subject: 'Mail delivery failed: returning message to sender',
      headers: ['X-Failed-Recipients: reader@example.org, other@example.org', 'Auto-Submitted: auto-replied'],
      status: [
        'Reporting-MTA: dns; mx.example.net',
        '',
        'Action: failed',
        'Final-Recipient: rfc822;reader@example.org',
        'Status: 5.0.0',
        'Remote-MTA: dns; mx.example.org',
        'Diagnostic-Code: smtp; 552 5.2.2 Mailbox over quota',
        '',
        'Action: failed',
        'Final-Recipient: rfc822;other@example.org',
        'Status: 5.0.0',
      ],
    }),
    status: '5.0.0',
    action: 'failed',
    decision: 'soft',
  },
  {
    name: 'Sendmail: unknown user',
    bytes: buildReport({
      from: 'Mail Delivery Subsystem <MAILER-DAEMON@mx.example.net>',
      subject: 'Returned mail: see transcript for details',
      human: [
        '   ----- The following addresses had permanent fatal errors -----',
        '<reader@example.org>',
        '    (reason: 550 5.1.1 <reader@example.org>... User unknown)',
      ],
      status: [
        'Reporting-MTA: dns; mx.example.net',
        'Received-From-MTA: DNS; news.example.com',
        'Arrival-Date: Mon, 9 Feb 2026 09:59:58 +0100',
        '',
        'Original-Recipient: rfc822;Reader@Example.ORG',
        'Final-Recipient: RFC822; mailbox7@backend.example.org',
        'Action: failed',
        'Status: 5.1.1',
        'Remote-MTA: DNS; mx.example.org',
        'Diagnostic-Code: SMTP; 550 5.1.1 <mailbox7@backend.example.org>... User unknown',
      ],
    }),
    status: '5.1.1',
    action: 'failed',
    decision: 'hard',
    addresses: ['Reader@example.org', 'mailbox7@backend.example.org'],
  },
  {
    name: 'Exchange Online: no such recipient',
    bytes: buildReport({
      from: 'postmaster@tenant.example',
      subject: 'Undeliverable: This week',
      headers: ['Auto-Submitted: auto-replied', 'X-MS-Exchange-Message-Is-Ndr:'],
      human: ["Your message to reader@example.org couldn't be delivered.", '', "reader wasn't found at example.org."],
      status: [
        'Reporting-MTA: dns;AM0PR01.prod.outlook.example',
        'Received-From-MTA: dns;news.example.com',
        'Arrival-Date: Mon, 9 Feb 2026 08:59:58 +0000',
        '',
        'Final-Recipient: rfc822;reader@example.org',
        'Action: failed',
        'Status: 5.1.10',
        'Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient reader@example.org not found by SMTP address lookup',
      ],
    }),
    status: '5.1.10',
    action: 'failed',
    decision: 'hard',
  },
  {
    name: 'Exchange Online: refused for policy',
    bytes: buildReport({
      from: 'postmaster@tenant.example',
      subject: 'Undeliverable: This week',
      status: [
        'Reporting-MTA: dns;AM0PR01.prod.outlook.example',
        '',
        ...about(
          'failed',
          '5.7.515',
          'Diagnostic-Code: smtp;550 5.7.515 Access denied, sending domain news.example.com does not meet the required authentication level',
        ),
      ],
    }),
    status: '5.7.515',
    action: 'failed',
    decision: 'nothing',
  },
  {
    name: 'Gmail: unknown account',
    bytes: buildReport({
      from: 'Mail Delivery Subsystem <mailer-daemon@googlemail.example>',
      subject: 'Delivery Status Notification (Failure)',
      headers: ['X-Failed-Recipients: reader@example.org', 'Auto-Submitted: auto-replied'],
      human: [
        '** Address not found **',
        '',
        "Your message wasn't delivered to reader@example.org because the address couldn't be found, or is unable to receive mail.",
      ],
      status: [
        'Reporting-MTA: dns; googlemail.example',
        'Arrival-Date: Mon, 09 Feb 2026 00:59:58 -0800 (PST)',
        'X-Original-Message-ID: <2026-w06.8zq4@news.example.com>',
        '',
        'Final-Recipient: rfc822; reader@example.org',
        'Action: failed',
        'Status: 5.1.1',
        'Remote-MTA: dns; mx.example.org. (192.0.2.7, the server for the domain example.org.)',
        'Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist. Please try',
        " 550-5.1.1 double-checking the recipient's email address for typos or",
        ' 550 5.1.1 unnecessary spaces.',
        'Last-Attempt-Date: Mon, 09 Feb 2026 00:59:59 -0800 (PST)',
      ],
    }),
    status: '5.1.1',
    action: 'failed',
    decision: 'hard',
  },
  {
    name: 'Yahoo: account gone, code only in the words',
    bytes: buildReport({
      from: 'MAILER-DAEMON@yahoo.example',
      subject: 'Failure Notice',
      status: [
        'Reporting-MTA: dns; yahoo.example',
        '',
        ...about(
          'failed',
          '5.0.0',
          "Diagnostic-Code: smtp; 554 delivery error: dd This user doesn't have a yahoo.example account (reader@example.org) [0]",
        ),
      ],
    }),
    status: '5.0.0',
    action: 'failed',
    decision: 'hard',
  },
  {
    name: 'Amazon SES: bounce forwarded by mail',
    bytes: buildReport({
      from: 'MAILER-DAEMON@eu-west-1.amazonses.example',
      subject: 'Delivery Status Notification (Failure)',
      human: ['An error occurred while trying to deliver the mail to the following recipients:', 'reader@example.org'],
      status: [
        'Reporting-MTA: dns; a6-27.smtp-out.eu-west-1.amazonses.example',
        '',
        'Action: failed',
        'Final-Recipient: rfc822; reader@example.org',
        'Diagnostic-Code: smtp; 550 5.2.1 The email account that you tried to reach is disabled',
        'Status: 5.2.1',
      ],
    }),
    status: '5.2.1',
    action: 'failed',
    decision: 'soft',
  },
  {
    name: 'A relay that lets no empty line be where one belongs',
    bytes: buildReport({
      from: daemon,
      subject: 'failure notice',
      status: [
        'Reporting-MTA: dns; mx.example.net',
        'Final-Recipient: rfc822;reader@example.org',
        'Action: failed',
        'Status: 5.1.1 (bad destination mailbox address)',
      ],
    }),
    status: '5.1.1',
    action: 'failed',
    decision: 'hard',
  },
  {
    name: 'A relay that puts empty lines where none belong',
    bytes: buildReport({
      from: daemon,
      subject: 'failure notice',
      status: [
        'Reporting-MTA: dns; mx.example.net',
        '',
        'Final-Recipient: rfc822;reader@example.org',
        '',
        'Action: failed',
        '',
        'Status: 5.1.1',
        '',
        'Diagnostic-Code: smtp;550 5.1.1 no',
      ],
    }),
    status: '5.1.1',
    action: 'failed',
    decision: 'hard',
  },
  {
    name: 'A delivery status in base64',
    bytes: buildMail({
      from: daemon,
      subject: 'failure notice',
      contentType: 'multipart/report; report-type=delivery-status',
      parts: [
        { type: 'text/html', lines: ['<p>Failed.</p>'] },
        {
          type: 'message/delivery-status',
          headers: ['Content-Transfer-Encoding: base64'],
          lines: [
            Buffer.from(
              ['Reporting-MTA: dns; x', '', ...about('failed', '5.1.1', 'Diagnostic-Code: smtp; 550 5.1.1 no')].join('\r\n'),
            ).toString('base64'),
          ],
        },
        { type: 'text/rfc822-headers', lines: returnedHeaders },
      ],
    }),
    status: '5.1.1',
    action: 'failed',
    decision: 'hard',
  },
  {
    name: 'RFC 6533: an address beyond ASCII',
    bytes: buildReport({
      from: daemon,
      subject: 'Undelivered Mail Returned to Sender',
      statusType: 'message/global-delivery-status',
      status: [
        'Reporting-MTA: dns; mx.example.net',
        '',
        'Original-Recipient: utf-8; j\\x{FC}rgen@example.org',
        'Final-Recipient: utf-8; jürgen@example.org',
        'Action: failed',
        'Status: 5.6.7',
        'Diagnostic-Code: smtp; 553 5.6.7 non-ASCII addresses not permitted',
      ],
      returned: { type: 'message/global-headers', lines: returnedHeaders },
    }),
    status: '5.6.7',
    action: 'failed',
    decision: 'nothing',
    addresses: ['jürgen@example.org'],
  },
  {
    name: 'A success that was asked for',
    bytes: buildReport({
      from: daemon,
      subject: 'Successful Mail Delivery Report',
      status: [...postfixHead, ...about('delivered', '2.0.0', 'Diagnostic-Code: smtp; 250 2.0.0 Ok')],
    }),
    status: '2.0.0',
    action: 'delivered',
    decision: 'nothing',
  },
  {
    name: 'A gateway that flattens the report to text',
    bytes: buildMail({
      from: daemon,
      subject: 'Undeliverable mail',
      lines: [
        'The message was not delivered.',
        '',
        'Reporting-MTA: dns; gw.example',
        '',
        'Final-Recipient: rfc822; reader@example.org',
        'Action: failed',
        'Status: 5.1.1',
        '',
        'Message-ID: <2026-w06.8zq4@news.example.com>',
        'X-News-Digest-Delivery: d-2026-w06-8zq4',
      ],
    }),
    status: '5.1.1',
    action: 'failed',
    decision: 'hard',
  },
  {
    name: 'The sender is blamed',
    bytes: buildReport({
      from: daemon,
      subject: 'Undelivered Mail Returned to Sender',
      status: [...postfixHead, ...about('failed', '5.1.8', 'Diagnostic-Code: smtp; 550 5.1.8 Sender domain not found')],
      returned: null,
    }),
    status: '5.1.8',
    action: 'failed',
    decision: 'nothing',
    unmarked: true,
  },
]
