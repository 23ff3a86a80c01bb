/** Reports by RFC 3464 as Postfix, Exim and sendmail write them: the shapes are theirs, the people are not. */

import { buildReport, returnedHeaders, returnPath } from './build-mail.ts'
import { about, daemon, postfixHead, type SampleReport } from './sample-report.ts'

export const serverReports: readonly SampleReport[] = [
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
]
