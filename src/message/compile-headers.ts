/** The headers of an edition, compiled: what all recipients share as finished lines, the others made for each. */

import type { Email, MergeValues } from '../render/email.ts'
import { joinSegments } from '../render/join-email.ts'
import { safeLink } from '../render/safe-url.ts'
import { headerLine, mailboxTokens, phraseTokens, textTokens } from './header-line.ts'
import { messageId } from './message-id.ts'
import type { MessageRecipient } from './message-recipient.ts'
import type { MessageSettings } from './message-settings.ts'
import { domainOf, requireAddress } from './require-address.ts'

/** One recipient's headers, each line with its CRLF, and the Message-ID among them. */
export interface ComposedHeaders {
  readonly messageId: string
  readonly lines: string
}

/**
 * What composes one recipient's headers; `date` is theirs where it is not that of the settings. Throws UserError `address-invalid` at once for an address of
 * the settings and later for one of a recipient.
 */
export function compileHeaders(
  email: Email,
  settings: MessageSettings,
  boundary: string,
): (recipient: MessageRecipient, date?: Date) => ComposedHeaders {
  const from = requireAddress(settings.fromAddress, 'sender')
  const domain = domainOf(from)
  const sender = headerLine('From', mailboxTokens('From', settings.fromName, from)) + replyToLine(settings)
  const sameSubject = email.subject.every(segment => 'text' in segment) ? subjectLine(email, {}) : null
  const settingsDate = dateLine(new Date(settings.date))
  const lineFor = compileDateLine()
  const listLines = listIdLine(settings, domain)
  const unsubscribeLines = compileUnsubscribe(settings)
  const automatic =
    headerLine('Feedback-ID', [feedbackId(email.edition, settings, domain)]) +
    // Precedence keeps older autoresponders quiet, Auto-Submitted the newer ones (RFC 3834 §2, §5). One mail to one person who asked for it is not bulk.
    (settings.kind === 'confirmation' ? '' : headerLine('Precedence', ['bulk'])) +
    headerLine('Auto-Submitted', ['auto-generated'])
  const mime =
    headerLine('MIME-Version', ['1.0']) +
    headerLine('Content-Language', [email.language]) +
    headerLine('Content-Type', ['multipart/alternative;', `boundary="${boundary}"`])
  const beyondAscii = settings.smtputf8 === true

  return (recipient, date) => {
    const to = requireAddress(recipient.address, 'recipient', beyondAscii)
    const id = messageId(email.edition, to, domain)
    const lines =
      sender +
      headerLine('To', mailboxTokens('To', recipient.name, to), { beyondAscii }) +
      (sameSubject ?? subjectLine(email, recipient.values)) +
      (date === undefined ? settingsDate : lineFor(date)) +
      headerLine('Message-ID', [id]) +
      listLines +
      unsubscribeLines(recipient.values) +
      automatic +
      deliveryLine(recipient) +
      mime
    return { messageId: id, lines }
  }
}

function replyToLine({ replyTo }: MessageSettings): string {
  return replyTo === null ? '' : headerLine('Reply-To', [requireAddress(replyTo, 'reply-to')])
}

function subjectLine(email: Email, values: MergeValues): string {
  return headerLine('Subject', textTokens('Subject', joinSegments(email.subject, values)))
}

/** RFC 5322 §3.3, in UTC. Throws where the instant is none. */
function dateLine(date: Date): string {
  return headerLine('Date', [new Date(date.toISOString()).toUTCString().replace('GMT', '+0000')])
}

/** Many messages are of the same second. */
function compileDateLine(): (date: Date) => string {
  let last = { second: Number.NaN, line: '' }
  return date => {
    const second = Math.floor(date.getTime() / 1000)
    if (second !== last.second) last = { second, line: dateLine(date) }
    return last.line
  }
}

function listIdLine({ list }: MessageSettings, domain: string): string {
  if (list === null) return ''
  const id = `<${list.id}.${domain}>`
  return headerLine('List-Id', list.name.trim() === '' ? [id] : [...phraseTokens('List-Id', list.name), id])
}

/**
 * One-click unsubscribing (RFC 8058, which asks for an https URI), the mailto behind it (RFC 2369 §3.2). The subject of that message carries the token of the
 * link: who it comes from is no proof of whom it is for. The links of a test unsubscribe nobody, so it makes no promise (RFC 8058 §3.1).
 */
function compileUnsubscribe({ kind, unsubscribeEmail }: MessageSettings): (values: MergeValues) => string {
  const mailto =
    unsubscribeEmail === null ? null : encodeURI(requireAddress(unsubscribeEmail, 'unsubscribe')).replace(/[?&#]/g, encodeURIComponent)
  const promise = kind === 'test' ? '' : headerLine('List-Unsubscribe-Post', ['List-Unsubscribe=One-Click'])
  return ({ unsubscribeUrl }) => {
    const url = safeLink(unsubscribeUrl ?? '') ?? ''
    if (!url.startsWith('https:')) return ''
    const tokens = mailto === null ? [`<${url}>`] : [`<${url}>,`, `<mailto:${mailto}?subject=unsubscribe%20${tokenIn(url)}>`]
    return headerLine('List-Unsubscribe', tokens) + promise
  }
}

function tokenIn(url: string): string {
  const [path = ''] = url.split(/[?#]/, 1)
  return path.slice(path.lastIndexOf('/') + 1)
}

/**
 * Gmail's Feedback-ID (support.google.com/mail/answer/6254652): up to three names by which its reports are grouped, and last the sender's own of 5 to 15 characters,
 * the same in all of a sender's mail. Nothing in it names the recipient, nor the sign-up that a confirmation is for.
 */
function feedbackId(edition: string, { list, kind }: MessageSettings, domain: string): string {
  const sender = domain.replace(/[^a-z0-9]/g, '').slice(0, 15)
  const name = kind === 'confirmation' ? 'confirm' : edition.replace(/[^\w.-]/g, '-')
  return [name, list?.id ?? 'none', kind, sender.padEnd(5, '0')].join(':')
}

function deliveryLine({ delivery }: MessageRecipient): string {
  return delivery === undefined ? '' : headerLine('X-News-Digest-Delivery', [String(delivery)])
}
