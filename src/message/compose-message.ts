/** One recipient's message: an encoded edition, the recipient's values, and the headers. */

import { createHash } from 'node:crypto'
import { UserError } from '../errors.ts'
import type { MergeValues } from '../render/email.ts'
import { joinSegments } from '../render/join-email.ts'
import { checkAddress, normalDomain } from './check-address.ts'
import type { EncodedEmail, EncodedSegment } from './encode-email.ts'
import { headerLine, mailboxTokens, phraseTokens, textTokens } from './header-line.ts'
import { encodeQuotedPrintable, joinEncoded } from './quoted-printable.ts'

/** Whom a message goes to, and what stands in the merge fields. */
export interface MessageRecipient {
  readonly name: string | null
  readonly address: string
  readonly values: MergeValues
}

/** What the headers say besides the email itself; the same for every recipient of a sending. */
export interface MessageEnvelope {
  readonly fromName: string
  readonly fromAddress: string
  readonly replyTo: string | null
  /** RFC 2919: `id` looks like a domain name of ours, `weekly.example.com`. */
  readonly list: { readonly name: string; readonly id: string } | null
  /** UTC instant (ISO 8601): the window's end in a built `.eml`, the time of sending in a sent one. */
  readonly date: string
  /** The domain behind the @ of the Message-ID: ours. */
  readonly messageIdDomain: string
  /** False leaves out List-Unsubscribe-Post, for a message whose link unsubscribes nobody. Default: true. */
  readonly oneClick?: boolean
  /** True for a relay with SMTPUTF8: then a recipient's local part may be beyond ASCII, and stands so in To (RFC 6532). Default: false. */
  readonly smtputf8?: boolean
}

/**
 * The whole message in bytes, ready for DATA before dot-stuffing: CRLF line ends, multipart/alternative with the text part first
 * (RFC 2046 §5.1.4), both parts UTF-8 in quoted-printable, headers in ASCII. The same arguments give the same bytes.
 * Throws a `UserError` for an address that no mail can go to.
 */
export function composeMessage(email: EncodedEmail, recipient: MessageRecipient, envelope: MessageEnvelope): Uint8Array {
  const { boundary } = email
  return Buffer.concat([
    utf8(`${messageHeaders(email, recipient, envelope)}\r\n--${boundary}\r\n${partHeaders('text/plain')}\r\n`),
    ...joinBody(email.text, recipient.values),
    utf8(`\r\n--${boundary}\r\n${partHeaders('text/html')}\r\n`),
    ...joinBody(email.html, recipient.values),
    utf8(`\r\n--${boundary}--\r\n`),
  ])
}

/** `<edition.hash@domain>`, a function of edition and recipient, so that every retry carries the same one. */
export function messageId(edition: string, address: string, domain: string): string {
  const hash = createHash('sha256').update(`${edition}\n${address}`).digest('hex').slice(0, 32)
  return `<${edition}.${hash}@${domain}>`
}

function messageHeaders(email: EncodedEmail, recipient: MessageRecipient, envelope: MessageEnvelope): string {
  const to = requireAddress(recipient.address, 'recipient', envelope.smtputf8)
  const from = requireAddress(envelope.fromAddress, 'sender')
  const subject = joinSegments(email.subject, recipient.values)
  return [
    headerLine('From', mailboxTokens('From', envelope.fromName, from)),
    envelope.replyTo === null ? '' : headerLine('Reply-To', [requireAddress(envelope.replyTo, 'reply-to')]),
    headerLine('To', mailboxTokens('To', recipient.name, to), { beyondAscii: envelope.smtputf8 === true }),
    headerLine('Subject', textTokens('Subject', subject)),
    headerLine('Date', [formatDate(envelope.date)]),
    headerLine('Message-ID', [messageId(email.edition, to, requireDomain(envelope.messageIdDomain, 'Message-ID'))]),
    ...listHeaders(recipient.values, envelope),
    headerLine('MIME-Version', ['1.0']),
    headerLine('Content-Language', [email.language]),
    headerLine('Content-Type', ['multipart/alternative;', `boundary="${email.boundary}"`]),
  ].join('')
}

/** List-Id (RFC 2919) and one-click unsubscribing (RFC 8058, which asks for an https URI). */
function listHeaders(values: MergeValues, envelope: MessageEnvelope): string[] {
  const headers: string[] = []
  if (envelope.list) {
    const id = `<${requireDomain(envelope.list.id, 'List-Id')}>`
    headers.push(headerLine('List-Id', envelope.list.name.trim() === '' ? [id] : [...phraseTokens('List-Id', envelope.list.name), id]))
  }
  const unsubscribe = URL.parse(values.unsubscribeUrl ?? '')
  if (unsubscribe?.protocol === 'https:') {
    headers.push(headerLine('List-Unsubscribe', [`<${unsubscribe.href}>`]))
    if (envelope.oneClick !== false) headers.push(headerLine('List-Unsubscribe-Post', ['List-Unsubscribe=One-Click']))
  }
  return headers
}

function partHeaders(type: string): string {
  return headerLine('Content-Type', [`${type};`, 'charset=utf-8']) + headerLine('Content-Transfer-Encoding', ['quoted-printable'])
}

function joinBody(segments: readonly EncodedSegment[], values: MergeValues): Uint8Array[] {
  return joinEncoded(segments.map(each => ('bytes' in each ? each.bytes : encodeQuotedPrintable(joinSegments([each], values)))))
}

/** RFC 5322 §3.3, in UTC. Throws where the instant is none. */
function formatDate(instant: string): string {
  return new Date(new Date(instant).toISOString()).toUTCString().replace('GMT', '+0000')
}

function requireAddress(address: string, whose: 'recipient' | 'sender' | 'reply-to', beyondAscii = false): string {
  const check = checkAddress(address, { beyondAscii })
  if (check.kind === 'address') return check.address
  throw new UserError({
    code: 'address-invalid',
    message: `the ${whose} address cannot be used: ${check.reason}`,
    expected: 'one plain address, such as digest@example.com',
    got: JSON.stringify(address.slice(0, 80)),
    hint:
      whose === 'recipient'
        ? 'correct the address, or remove it from the list'
        : `correct sender.${whose === 'sender' ? 'email' : 'replyTo'} in news-digest.yaml`,
  })
}

function requireDomain(text: string, header: string): string {
  const domain = normalDomain(text)
  if (domain === null) throw new Error(`${header} needs a domain name, got ${JSON.stringify(text)}`)
  return domain
}

function utf8(text: string): Uint8Array {
  return Buffer.from(text, 'utf8')
}
