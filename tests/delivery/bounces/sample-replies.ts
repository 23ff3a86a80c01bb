/** Mail that is no report, and complaints. */

import { buildMail, reader, returnedHeaders, returnedMessage } from './build-mail.ts'

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
      from: 'A Colleague <colleague@example.com>',
      subject: 'Re: Undelivered Mail Returned to Sender',
      lines: ['Look:', '> <reader@example.org>: host said: 550 5.1.1 User unknown'],
    }),
    /no report/,
  ],
  [
    'a person who sends a bounce on',
    buildMail({
      from: 'A Colleague <colleague@example.com>',
      subject: 'Fwd: Undelivered Mail Returned to Sender',
      headers: ['X-Failed-Recipients: reader@example.org'],
      lines: ['Hi. This is the one I told you of.', '', '<reader@example.org>:', '550 5.1.1 User unknown'],
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
