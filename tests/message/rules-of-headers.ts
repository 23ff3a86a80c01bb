/** Message rules 1 to 5 and 8 to 11: what stands in front of a body, and who says so. */

import { createHmac, type KeyObject } from 'node:crypto'
import { decodeWords, headerOf, type ReadMessage } from './read-message.ts'
import { verifyDkim } from './verify-dkim.ts'

/** What a test knows of a message. What is left out is not judged. */
export interface Expectation {
  /** The sender's domain. */
  readonly domain: string
  readonly address: string
  readonly list: string
  /** The subscriber whose links are in it, and the text of NEWS_DIGEST_SECRET that they are signed with. */
  readonly subscriber?: { readonly id: number; readonly secret: string }
  /** When it was sent; a built message is dated otherwise. */
  readonly sentAt?: Date
  readonly messageId?: string
  readonly postalAddress?: string
  readonly envelope?: { readonly from: string; readonly to: readonly string[] }
  readonly dkimKey?: KeyObject
  readonly smtputf8?: boolean
  /** Addresses, names and tokens of other recipients. */
  readonly strangers?: readonly string[]
  /** Posts, edition file and merge values: what stands there may stand in the message. */
  readonly ownWords?: string
}

/** One rule: everything in which a message breaks it. */
export type MessageRule = (message: ReadMessage, expected: Expectation) => readonly (string | false)[]

const once = ['from', 'to', 'subject', 'date', 'message-id', 'mime-version']
const listed = ['list-id', 'list-unsubscribe', 'list-unsubscribe-post']

const countOf = ({ headers }: ReadMessage, name: string) => headers.filter(each => each.name === name).length

/** Rule 1: every header that must stand once stands once (RFC 5322 §3.6), and From is ours. */
export const oneOfEach: MessageRule = (message, { domain }) => [
  ...once.map(name => countOf(message, name) !== 1 && `${countOf(message, name)} headers ${name}`),
  ...message.headers.map(({ name }) => !/^[\x21-\x39\x3b-\x7e]+$/.test(name) && `a line that is no header: ${name}`),
  !isMailboxOf(headerOf(message, 'from'), domain) && `From is not one mailbox of ${domain}: ${headerOf(message, 'from')}`,
]

function isMailboxOf(value: string, domain: string): boolean {
  const display = String.raw`(?:"(?:[^"\\]|\\.)*"|[^",<>@]*)`
  return new RegExp(`^(?:${display} ?<[^\\s<>,@]+@${quoted(domain)}>|[^\\s<>,@]+@${quoted(domain)})$`, 'i').test(value)
}

function quoted(text: string): string {
  return text.replace(/\W/g, '\\$&')
}

const day = 24 * 60 * 60 * 1000

/** Rule 2: Date and Message-ID. */
export const dateAndId: MessageRule = (message, { domain, sentAt, messageId }) => {
  const date = headerOf(message, 'date')
  const form = /^(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d(?::\d\d)? [+-]\d{4}$/
  const id = headerOf(message, 'message-id')
  return [
    !(form.test(date) && Number.isFinite(Date.parse(date))) && `Date does not parse: ${date}`,
    sentAt !== undefined && !(Math.abs(Date.parse(date) - sentAt.getTime()) <= day) && `Date is more than a day off: ${date}`,
    !new RegExp(`^<[^\\s<>@]+@${quoted(domain)}>$`).test(id) && `Message-ID is not one of ${domain}: ${id}`,
    messageId !== undefined && id !== messageId && `Message-ID changed: ${id}`,
  ]
}

/** Rule 3: line ends and the length of lines. */
export const lines: MessageRule = ({ raw, headers }) => [
  /\r(?!\n)|(?<!\r)\n/.test(raw) && 'a bare CR or LF',
  raw.includes('\0') && 'a NUL',
  ...raw.split('\r\n').map(line => line.length > 998 && `a line of ${line.length} octets`),
  ...headers.flatMap(header =>
    header.lines.map(
      line => line.length > 78 && /\S[ \t]+\S/.test(line.replace(/^[\w-]+:\s*/, '').trim()) && `a header line that is not folded: ${line}`,
    ),
  ),
]

/** Rule 4: encoded-words (RFC 2047), and no 8-bit headers without SMTPUTF8. */
export const encodedWords: MessageRule = ({ headers }, { smtputf8 = false }) =>
  headers.flatMap(({ name, value }) => [
    !smtputf8 && /[^\x20-\x7e]/.test(value) && `8-bit bytes in ${name}`,
    ...(value.match(/=\?[^?\s]*\?[^?\s]*\?[^?]*\?=/g) ?? []).map(
      word => word.length > 75 && `an encoded-word of ${word.length} in ${name}`,
    ),
    /<[^<>]*=\?[^<>]*>/.test(value) && `an encoded-word inside of an address in ${name}`,
    /=\?[^?\s]+\?[BQ]\?[^?\s]*$/i.test(value) && `half an encoded-word in ${name}`,
  ])

/** Rule 5: nothing in names and subject that shows something else than it says. */
export const deception: MessageRule = message =>
  ['from', 'to', 'reply-to', 'subject', 'list-id'].map(
    name => /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(decodeWords(headerOf(message, name))) && `a control or an override in ${name}`,
  )

/** Rule 8: unsubscribing (RFC 8058), List-Id (RFC 2919), and what is there at most once. */
export const listHeaders: MessageRule = message => {
  const uris = Array.from(headerOf(message, 'list-unsubscribe').matchAll(/<([^<>]*)>/g), ([, uri = '']) => uri)
  const signed = dkimNames(message)
  return [
    ...listed.map(name => countOf(message, name) !== 1 && `${countOf(message, name)} headers ${name}`),
    ...['precedence', 'auto-submitted', 'feedback-id', 'reply-to'].map(name => countOf(message, name) > 1 && `${name} more than once`),
    !(uris[0]?.startsWith('https://') && uris.filter(uri => /^https?:/.test(uri)).length === 1) &&
      'List-Unsubscribe has not first and only one https URI',
    uris.slice(1).some(uri => !uri.startsWith('mailto:')) && 'List-Unsubscribe has another URI than a mailto behind it',
    headerOf(message, 'list-unsubscribe-post') !== 'List-Unsubscribe=One-Click' && 'List-Unsubscribe-Post says something else',
    !/(?:^| )<[a-z0-9-]+(?:\.[a-z0-9-]+)+>$/i.test(headerOf(message, 'list-id')) && 'List-Id has not its form',
    headerOf(message, 'feedback-id').split(':').length > 4 && 'Feedback-ID has more than four fields',
    ...listed.slice(1).map(name => signed !== null && !signed.includes(name) && `${name} is not signed`),
  ]
}

/** The names in `h=`; null where nothing is signed. */
function dkimNames(message: ReadMessage): readonly string[] | null {
  const signature = headerOf(message, 'dkim-signature')
  const names = /;\s*h=([^;]*)/.exec(signature)?.[1]
  return signature === '' ? null : (names ?? '').toLowerCase().replace(/\s/g, '').split(':')
}

/** Rule 9: the links are this recipient's, and unsubscribe link and postal address can be seen. */
export const token: MessageRule = (message, { subscriber, list, postalAddress }) => {
  const url = /<(https:[^<>]*)>/.exec(headerOf(message, 'list-unsubscribe'))?.[1] ?? ''
  const links = message.elements.filter(({ name }) => name === 'a')
  const line = (text: string) => text.replace(/\s+/g, ' ').trim()
  return [
    subscriber !== undefined &&
      !isTokenOf(url.slice(url.lastIndexOf('/') + 1), subscriber, list) &&
      `the token of ${url} is not this recipient's`,
    !links.some(({ attributes, text }) => attributes.href === url && text !== '') && 'no visible link in the HTML unsubscribes',
    !message.text.includes(url) && 'no link in the text part unsubscribes',
    ...(postalAddress?.split('\n') ?? []).flatMap(each => [
      !line(message.shownTexts.join(' ')).includes(line(each)) && `no postal address in the HTML: ${each}`,
      !line(message.text).includes(line(each)) && `no postal address in the text part: ${each}`,
    ]),
  ]
}

/** Reads the token by the words of the protocol: version, key id, purpose, list, subscriber, epoch, and 128 bits of HMAC-SHA-256. */
function isTokenOf(text: string, { id, secret }: { readonly id: number; readonly secret: string }, list: string): boolean {
  const bytes = Buffer.from(text, 'base64url')
  const listEnd = 7 + (bytes[6] ?? 0)
  const fields = bytes.subarray(0, -16)
  return secret.split(/[\s,]+/).some(key => {
    const derive = (label: string) => createHmac('sha256', key).update(`news-digest/1/${label}`).digest()
    const mac = createHmac('sha256', derive('key/unsubscribe')).update(fields).digest().subarray(0, 16)
    return (
      bytes[0] === 1 &&
      bytes.subarray(1, 5).equals(derive('id').subarray(0, 4)) &&
      bytes[5] === 0 &&
      bytes.toString('utf8', 7, listEnd) === list &&
      Number(BigInt(`0x${bytes.toString('hex', listEnd, listEnd + 7) || '0'}`)) === id &&
      fields.length === listEnd + 11 &&
      bytes.subarray(-16).equals(mac)
    )
  })
}

const mustBeSigned = ['from', 'to', 'subject', 'date', 'message-id', 'content-type', 'mime-version', ...listed]

/** Rule 10: DKIM. */
export const signature: MessageRule = (message, { dkimKey, domain }) => {
  if (dkimKey === undefined) return [countOf(message, 'dkim-signature') > 0 && 'signed, and nobody said so']
  const verdict = verifyDkim(Buffer.from(message.raw, 'latin1'), dkimKey)
  if (verdict.kind === 'fail') return [`the signature fails: ${verdict.reason}`]
  const signer = verdict.tags.get('d') ?? ''
  return [
    (dkimKey.asymmetricKeyDetails?.modulusLength ?? 0) < 2048 && 'the key is short',
    verdict.tags.has('l') && 'l= lets anybody add to the body',
    !(signer === domain || domain.endsWith(`.${signer}`)) && `signed by ${signer}`,
    ...mustBeSigned.map(name => !verdict.signedHeaders.includes(name) && `${name} is not signed`),
  ]
}

/** Rule 11: who it goes to, and headers that are not ours to write. */
export const envelope: MessageRule = (message, expected) => {
  const to = /<([^<>]*)>$/.exec(headerOf(message, 'to'))?.[1] ?? headerOf(message, 'to')
  const decoded = expected.smtputf8 === true ? Buffer.from(to, 'latin1').toString('utf8') : to
  return [
    decoded !== expected.address && `To is ${decoded}`,
    ...['bcc', 'return-path', 'received', 'authentication-results'].map(
      name => countOf(message, name) > 0 && `${name} is not ours to write`,
    ),
    expected.envelope !== undefined && expected.envelope.to.join() !== decoded && `RCPT is ${expected.envelope.to.join()}`,
    expected.envelope?.from === '' && 'the return path is empty',
  ]
}
