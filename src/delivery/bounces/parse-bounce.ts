/** A message that came back, taken apart. */

import PostalMime, { type Attachment, type Email } from 'postal-mime'
import { describeReply } from './automatic-reply.ts'
import type { ParsedBounce } from './bounce-report.ts'
import { type MarkSources, readMarks } from './delivery-marks.ts'
import { parseDeliveryStatus } from './parse-delivery-status.ts'
import { parseFeedbackReport } from './parse-feedback-report.ts'
import { parsePlainBounce } from './parse-plain-bounce.ts'
import { addressesIn, addressOf, unique } from './report-fields.ts'

/** A report says what it has to say at its beginning; the returned message follows, and may be large. postal-mime takes a second for a megabyte of short lines. */
const mostBytes = 512 * 1024
const mostText = 64 * 1024
// What could begin a part. postal-mime keeps a node for each, and a message of nothing else has hundreds of thousands.
const mostDashes = 1000
// A report has three parts, one of which is a message; the rest of postal-mime's own limits is for mail that people read.
const limits = { maxNestingDepth: 16, maxHeadersSize: 256 * 1024, maxRfc822NestingDepth: 0, forceRfc822Attachments: true }

const statusTypes = ['message/delivery-status', 'message/global-delivery-status']
const returnedTypes = [
  'message/rfc822',
  'text/rfc822-headers',
  'message/rfc822-headers',
  'text/rfc822',
  'message/global',
  'message/global-headers',
]

/**
 * Takes one message apart: a report on deliveries (RFC 3464, RFC 6533, and the words of servers that do not write it), a complaint (RFC 5965), or
 * nothing of the kind. Never rejects: what cannot be read is nothing. Reads the first half megabyte. `envelopeTo` is the address that the message was sent to,
 * where a mail server tells it.
 */
export async function parseBounce(
  bytes: Uint8Array,
  { envelopeTo = null }: { readonly envelopeTo?: string | null } = {},
): Promise<ParsedBounce> {
  if (bytes.length === 0) return { kind: 'nothing', reason: 'an empty message' }
  try {
    const email = await PostalMime.parse(beginningOf(bytes), limits)
    return readReport(email, envelopeTo)
  } catch (error) {
    return {
      kind: 'nothing',
      reason: `a message that cannot be read: ${error instanceof Error ? error.message.slice(0, 200) : 'no reason given'}`,
    }
  }
}

function beginningOf(message: Uint8Array): Uint8Array {
  const bytes = Buffer.from(message.buffer, message.byteOffset, Math.min(message.length, mostBytes))
  let at = -1
  for (let count = 0; count < mostDashes; count++) {
    at = bytes.indexOf('\n--', at + 1)
    if (at < 0) return bytes
  }
  return bytes.subarray(0, at)
}

function readReport(email: Email, envelopeTo: string | null): ParsedBounce {
  const headers = (name: string) => email.headers.filter(each => each.key === name).map(each => each.value)
  const header = (name: string) => headers(name)[0] ?? ''
  const text = textOf(email)
  const returned = partOf(email, returnedTypes)
  const marks = (more: Partial<MarkSources> = {}) =>
    readMarks({ headers, envelopeTo, returned, text, envelopeId: null, mailFrom: null, ...more })
  const at = dateOf(header('date'))

  const feedback = partOf(email, ['message/feedback-report'])
  if (feedback !== null) {
    const { feedbackType, recipients, envelopeId, mailFrom } = parseFeedbackReport(feedback)
    return { kind: 'complaint', feedbackType, addresses: recipients, marks: marks({ envelopeId, mailFrom }), at }
  }
  const { envelopeId, recipients } = parseDeliveryStatus(partOf(email, statusTypes) ?? statusInWords(text))
  const [first, ...more] = recipients
  if (first !== undefined) return { kind: 'bounce', format: 'rfc3464', recipients: [first, ...more], marks: marks({ envelopeId }), at }

  const junk = junkReport(returned)
  if (junk !== null) return { kind: 'complaint', feedbackType: 'abuse', addresses: [junk], marks: marks(), at }
  if (isReceipt(email, header('content-type'))) return { kind: 'nothing', reason: 'a receipt of a reader' }

  const from = header('from').slice(0, 500)
  const subject = (email.subject ?? '').slice(0, 500)
  const notFailed = unique([...marks().returnPaths, ...addressesIn(from), addressOf(envelopeTo)])
  const plain = parsePlainBounce({ header, from, subject, text, notFailed })
  if (plain !== null) return { kind: 'bounce', ...plain, marks: marks(), at }
  return { kind: 'nothing', reason: describeReply({ header, subject }) }
}

/** The text of the first part of one of these types. */
function partOf(email: Email, types: readonly string[]): string | null {
  const part = email.attachments.find(each => types.includes(each.mimeType))
  return part === undefined ? null : contentOf(part)
}

function contentOf({ content }: Attachment): string {
  if (typeof content === 'string') return content.slice(0, mostText)
  const bytes = content instanceof ArrayBuffer ? new Uint8Array(content) : content
  return Buffer.from(bytes.subarray(0, mostText)).toString('utf8')
}

/** The words that people read. Marks in HTML are only taken off, for addresses and codes to stand out; nothing shows this text. */
function textOf({ text, html }: Email): string {
  if (text !== undefined) return text.slice(0, mostText)
  const plain = (html ?? '')
    .slice(0, 4 * mostText)
    .replace(/<(?:br|\/p|\/div|\/tr)\b[^<>]*>/gi, '\n')
    .replace(/<[^<>]*>/g, ' ')
  return plain.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&').slice(0, mostText)
}

/** Fields of a delivery status that a gateway has turned into words; empty where there are none. */
function statusInWords(text: string): string {
  const start = /^(?:Original|Final)-Recipient:/im.exec(text)?.index
  return start === undefined || !/^Action:[ \t]/im.test(text) ? '' : text.slice(start)
}

/** Microsoft's Junk Mail Reporting names the one who complained in a header of the returned message, and writes no feedback report. */
function junkReport(returned: string | null): string | null {
  return addressOf(/^X-HmXmrOriginalRecipient:[ \t]{0,8}([^\r\n]{1,320})/im.exec(returned ?? '')?.[1] ?? null)
}

/** RFC 8098. */
function isReceipt({ attachments }: Email, contentType: string): boolean {
  return /disposition-notification/i.test(contentType) || attachments.some(each => each.mimeType === 'message/disposition-notification')
}

function dateOf(value: string): number | null {
  const at = Date.parse(value.replace(/\([^()]*\)/g, '').slice(0, 100))
  return Number.isNaN(at) ? null : at
}
