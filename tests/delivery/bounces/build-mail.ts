/** Mail as servers write it, made of its parts. Addresses are in example domains. */

/** The return path of the message that came back, and what it carried. */
export const returnPath = 'bounces+v1.8zq4.k3Jx@news.example.com'
export const messageId = '<2026-w06.8zq4@news.example.com>'
export const deliveryMark = 'd-2026-w06-8zq4'
export const reader = 'reader@example.org'

/** Headers of the newsletter as it went out. */
export const returnedHeaders = [
  `Return-Path: <${returnPath}>`,
  'Received: from news.example.com (news.example.com [192.0.2.1]) by mx.example.net with ESMTPS id 4X1',
  'From: Example Weekly <weekly@news.example.com>',
  `To: ${reader}`,
  'Subject: This week',
  `Message-ID: ${messageId}`,
  `X-News-Digest-Delivery: ${deliveryMark}`,
  'Content-Type: text/plain; charset=utf-8',
]

/** The newsletter, whole. */
export const returnedMessage = [...returnedHeaders, '', 'Hello, this week 550 5.1.1 people read us.', '']

/** One part of a multipart message. */
export interface Part {
  readonly type: string
  readonly lines: readonly string[]
  readonly headers?: readonly string[]
}

/** What differs from mail to mail. */
export interface Mail {
  readonly from: string
  readonly subject: string
  readonly to?: string
  readonly headers?: readonly string[]
  readonly contentType?: string
  readonly parts?: readonly Part[]
  readonly lines?: readonly string[]
}

const boundary = 'b1_4X1.1770620400/mx.example.net'

/** A message in bytes. */
export function buildMail({ from, subject, to = returnPath, headers = [], contentType, parts, lines = [] }: Mail): Uint8Array {
  const type =
    parts === undefined
      ? (contentType ?? 'text/plain; charset=us-ascii')
      : `${contentType ?? 'multipart/mixed'};\r\n\tboundary="${boundary}"`
  const body =
    parts === undefined ? lines : ['This is a MIME-encapsulated message.', '', ...parts.flatMap(partLines), `--${boundary}--`, '']
  const all = [
    ...headers,
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    'Date: Mon, 9 Feb 2026 10:00:00 +0100 (CET)',
    'Message-ID: <report.1@mx.example.net>',
    'MIME-Version: 1.0',
    `Content-Type: ${type}`,
    '',
    ...body,
  ]
  return Buffer.from(all.join('\r\n'), 'utf8')
}

function partLines({ type, lines, headers = [] }: Part): string[] {
  return [`--${boundary}`, `Content-Type: ${type}`, ...headers, '', ...lines, '']
}

/** A report by RFC 3464. */
export function buildReport({
  from,
  subject,
  human = ['Your message could not be delivered.'],
  status,
  returned = { type: 'message/rfc822', lines: returnedMessage },
  statusType = 'message/delivery-status',
  headers,
  to,
}: {
  readonly from: string
  readonly subject: string
  readonly human?: readonly string[]
  readonly status: readonly string[]
  readonly returned?: Part | null
  readonly statusType?: string
  readonly headers?: readonly string[]
  readonly to?: string
}): Uint8Array {
  return buildMail({
    from,
    subject,
    ...(headers === undefined ? {} : { headers }),
    ...(to === undefined ? {} : { to }),
    contentType: 'multipart/report; report-type=delivery-status',
    parts: [
      { type: 'text/plain; charset=utf-8', lines: human },
      { type: statusType, lines: status },
      ...(returned === null ? [] : [returned]),
    ],
  })
}
