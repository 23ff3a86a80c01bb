/** Reports in words, and replies that are none. */

import { buildMail, reader, returnedHeaders, returnedMessage } from './build-mail.ts'
import type { SampleReport } from './sample-reports.ts'

export const sampleWords: readonly (SampleReport & { readonly format: 'qmail' | 'exim' | 'plain' })[] = [
  {
    name: 'qmail',
    bytes: buildMail({
      from: 'MAILER-DAEMON@mx.example.net',
      subject: 'failure notice',
      lines: [
        'Hi. This is the qmail-send program at mx.example.net.',
        "I'm afraid I wasn't able to deliver your message to the following addresses.",
        "This is a permanent error; I've given up. Sorry it didn't work out.",
        '',
        '<reader@example.org>:',
        'Sorry, no mailbox here by that name. (#5.1.1)',
        '',
        '--- Below this line is a copy of the message.',
        '',
        ...returnedMessage,
      ],
    }),
    format: 'qmail',
    status: '5.1.1',
    action: 'failed',
    decision: 'hard',
  },
  {
    name: 'qmail-remote, two recipients',
    bytes: buildMail({
      from: 'MAILER-DAEMON@mx.example.net',
      subject: 'failure notice',
      lines: [
        'Hi. This is the qmail-send program at mx.example.net.',
        '',
        '<reader@example.org>:',
        '192.0.2.7 does not like recipient.',
        'Remote host said: 550 no such user',
        'Giving up on 192.0.2.7.',
        '',
        '<other@example.org>:',
        '192.0.2.7 failed after I sent the message.',
        'Remote host said: 552 mailbox is full',
        '',
        '--- Below this line is a copy of the message.',
        '',
        ...returnedMessage,
      ],
    }),
    format: 'qmail',
    status: null,
    action: 'failed',
    decision: 'hard',
  },
  {
    name: 'Exim before 4.90',
    bytes: buildMail({
      from: 'Mail Delivery System <Mailer-Daemon@mx.example.net>',
      subject: 'Mail delivery failed: returning message to sender',
      headers: ['X-Failed-Recipients: reader@example.org', 'Auto-Submitted: auto-replied'],
      lines: [
        'This message was created automatically by mail delivery software.',
        '',
        'A message that you sent could not be delivered to one or more of its',
        'recipients. This is a permanent error. The following address(es) failed:',
        '',
        '  reader@example.org',
        '    host mx.example.org [192.0.2.7]',
        '    SMTP error from remote mail server after RCPT TO:<reader@example.org>:',
        '    550 5.1.1 <reader@example.org>: user unknown',
        '',
        '------ This is a copy of the message, including all the headers. ------',
        '',
        ...returnedMessage,
      ],
    }),
    format: 'exim',
    status: '5.1.1',
    action: 'failed',
    decision: 'hard',
  },
  {
    name: 'Exim: no route',
    bytes: buildMail({
      from: 'Mail Delivery System <Mailer-Daemon@mx.example.net>',
      subject: 'Mail delivery failed: returning message to sender',
      headers: ['X-Failed-Recipients: reader@example.org'],
      lines: [
        'This message was created automatically by mail delivery software.',
        '',
        '  reader@example.org',
        '    Unrouteable address',
        '',
        '------ This is a copy of the message, including all the headers. ------',
        '',
        ...returnedMessage,
      ],
    }),
    format: 'exim',
    status: null,
    action: 'failed',
    decision: 'soft',
  },
  {
    name: 'Exim: a warning',
    bytes: buildMail({
      from: 'Mail Delivery System <Mailer-Daemon@mx.example.net>',
      subject: 'Warning: message 1abc23-000456-7D delayed 24 hours',
      lines: [
        'This message was created automatically by mail delivery software.',
        'A message that you sent has not yet been delivered to one or more of its',
        'recipients after more than 24 hours on the queue on mx.example.net.',
        '',
        'The address to which the message has not yet been delivered is:',
        '',
        '  reader@example.org',
        '    Delay reason: Connection timed out',
        '',
        'No action is required on your part.',
        '',
        `Message-ID: <2026-w06.8zq4@news.example.com>`,
        'X-News-Digest-Delivery: d-2026-w06-8zq4',
      ],
    }),
    format: 'plain',
    status: null,
    action: 'delayed',
    decision: 'nothing',
  },
  {
    name: 'Exchange 2003',
    bytes: buildMail({
      from: 'System Administrator <postmaster@mail.example.net>',
      subject: 'Undeliverable: This week',
      contentType: 'multipart/mixed',
      parts: [
        {
          type: 'text/plain',
          lines: [
            'Your message did not reach some or all of the intended recipients.',
            '',
            '      Subject:  This week',
            '      Sent:     2/9/2026 10:00 AM',
            '',
            'The following recipient(s) could not be reached:',
            '',
            '      reader@example.org on 2/9/2026 10:00 AM',
            '            The e-mail account does not exist at the organization this message was sent to.',
            '            <mail.example.net #5.1.1>',
          ],
        },
        { type: 'message/rfc822', lines: returnedMessage },
      ],
    }),
    format: 'plain',
    status: '5.1.1',
    action: 'failed',
    decision: 'hard',
  },
  {
    name: 'Yahoo, before it wrote RFC 3464',
    bytes: buildMail({
      from: 'MAILER-DAEMON@yahoo.example',
      subject: 'Failure Notice',
      lines: [
        'Sorry, we were unable to deliver your message to the following address.',
        '',
        '<reader@example.org>:',
        'Remote host said:',
        '552 5.2.2 Over quota [RCPT_TO]',
        '',
        '--- Below this line is a copy of the message.',
        '',
        ...returnedMessage,
      ],
    }),
    format: 'plain',
    status: '5.2.2',
    action: 'failed',
    decision: 'soft',
  },
  {
    name: 'a sentence in HTML',
    bytes: buildMail({
      from: 'Mail Delivery Subsystem <mailer-daemon@mx.example.net>',
      subject: 'Delivery failure',
      contentType: 'multipart/mixed',
      parts: [
        {
          type: 'text/html; charset=utf-8',
          lines: [
            '<div>Your message wasn&#39;t delivered to <b>reader@example.org</b> because the mailbox is full.</div><p>The response was: 552 mailbox full</p>',
          ],
        },
        { type: 'text/rfc822-headers', lines: returnedHeaders },
      ],
    }),
    format: 'plain',
    status: null,
    action: 'failed',
    decision: 'soft',
  },
  {
    name: 'a filter that calls it spam',
    bytes: buildMail({
      from: 'postmaster@filter.example',
      subject: 'Undeliverable mail',
      lines: [
        'Delivery to the following recipient failed:',
        '',
        'reader@example.org',
        '550 message blocked by Spamhaus; no such user either',
        '',
        '--- Original message ---',
        ...returnedMessage,
      ],
    }),
    format: 'plain',
    status: null,
    action: 'failed',
    decision: 'nothing',
  },
]

const person = 'A Reader <reader@example.org>'

/** Mail that is nothing, and a word of the reason. */
export const sampleReplies: readonly (readonly [name: string, bytes: Uint8Array, reason: RegExp])[] = [
  [
    'a vacation reply by RFC 3834',
    buildMail({
      from: person,
      subject: 'Re: This week',
      headers: ['Return-Path: <>', 'Auto-Submitted: auto-replied (vacation)'],
      lines: ['I am away. 550 5.1.1 is what you get.'],
    }),
    /automatic reply/,
  ],
  [
    'a vacation reply by its subject',
    buildMail({
      from: person,
      subject: 'Automatic reply: This week',
      lines: ['I no longer work here; this address does not exist any more.'],
    }),
    /vacation/,
  ],
  ['a German one', buildMail({ from: person, subject: 'Abwesenheitsnotiz: This week', lines: ['Ich bin nicht im Haus.'] }), /vacation/],
  [
    'a Japanese one in encoded words',
    buildMail({ from: person, subject: `=?utf-8?B?${Buffer.from('自動返信: 今週').toString('base64')}?=`, lines: ['x'] }),
    /vacation/,
  ],
  [
    'an old responder',
    buildMail({ from: person, subject: 'Re: This week', headers: ['X-Autoreply: yes', 'Precedence: bulk'], lines: ['Away.'] }),
    /vacation/,
  ],
  [
    'a message of precedence bulk',
    buildMail({ from: person, subject: 'Re: This week', headers: ['Precedence: auto_reply'], lines: ['Away.'] }),
    /automatic/,
  ],
  [
    'a challenge',
    buildMail({ from: person, subject: 'Please confirm your message to reader', lines: ['Click here to reach reader@example.org.'] }),
    /challenge/,
  ],
  [
    'a receipt',
    buildMail({
      from: person,
      subject: 'Read: This week',
      contentType: 'multipart/report; report-type=disposition-notification',
      parts: [
        { type: 'text/plain', lines: ['Read.'] },
        {
          type: 'message/disposition-notification',
          lines: ['Final-Recipient: rfc822;reader@example.org', 'Disposition: manual-action/MDN-sent-manually; displayed'],
        },
      ],
    }),
    /receipt/,
  ],
  [
    'an answer that quotes a bounce',
    buildMail({
      from: person,
      subject: 'Re: Undelivered Mail Returned to Sender',
      lines: ['Look:', '> <reader@example.org>: host said: 550 5.1.1 User unknown'],
    }),
    /no report/,
  ],
  ['an answer of a person', buildMail({ from: person, subject: 'Re: This week', lines: ['I liked it.'] }), /no report/],
  [
    'a letter that the postmaster wrote',
    buildMail({
      from: 'postmaster@mx.example.net',
      subject: 'Your rate',
      lines: ['Dear sender,', 'please ask reader@example.org whether all is well.'],
    }),
    /no report/,
  ],
  ['an empty file', new Uint8Array(), /empty/],
]

/** A complaint, by RFC 5965. */
export function buildComplaint(fields: readonly string[], { returned = returnedHeaders as readonly string[] } = {}): Uint8Array {
  return buildMail({
    from: 'Feedback Loop <feedback@provider.example>',
    to: 'abuse@news.example.com',
    subject: 'FW: This week',
    contentType: 'multipart/report; report-type=feedback-report',
    parts: [
      { type: 'text/plain', lines: ['This is an email abuse report for an email message received from IP 192.0.2.1.'] },
      { type: 'message/feedback-report', lines: fields },
      { type: 'message/rfc822', lines: [...returned, '', 'Hello'] },
    ],
  })
}

/** Microsoft's Junk Mail Reporting: no feedback report, but a header of its own in the returned message. */
export const junkReport = buildMail({
  from: 'staff@hotmail.example',
  to: 'abuse@news.example.com',
  subject: 'complaint about message from 192.0.2.1',
  contentType: 'multipart/mixed',
  parts: [{ type: 'message/rfc822', lines: [`X-HmXmrOriginalRecipient: ${reader}`, ...returnedMessage] }],
})
