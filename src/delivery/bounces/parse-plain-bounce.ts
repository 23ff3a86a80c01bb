/** Reports in words, of servers that do not write RFC 3464: qmail, Exim, older sendmail and Exchange, and what stands in front of many mailboxes. */

import type { BounceReport, ReportedRecipient } from './bounce-report.ts'
import { addressesIn, addressOf, enhancedCodeIn, shortLine, unique } from './report-fields.ts'

/** What of a message is needed to read it as a report. */
export interface PlainMessage {
  readonly header: (name: string) => string
  readonly from: string
  readonly subject: string
  /** The text that people read. */
  readonly text: string
  /** Addresses that are ours, or the reporting server's own: never the ones that failed. */
  readonly notFailed: readonly string[]
}

const mostLines = 2000
const mostRecipients = 100
const longestReason = 2000

/** The report in a message's words; null where it is none. Only what a mail server's own address sends is believed. */
export function parsePlainBounce(message: PlainMessage): Pick<BounceReport, 'format' | 'recipients'> | null {
  const format = formatOf(message)
  if (format === null) return null
  const text = beforeReturned(message.text)
  const reasons = reasonsByAddress(text)
  const named = unique(addressesIn(message.header('x-failed-recipients')).slice(0, mostRecipients))
  const addresses = (named.length > 0 ? named : [...reasons.keys()]).filter(each => !message.notFailed.includes(each))
  const found = addresses.length > 0 ? addresses : addressesInSentence(text).filter(each => !message.notFailed.includes(each))
  const isDelayed = delayWords.test(message.subject) || delayWords.test(text.slice(0, 3000))
  const [first, ...more] = found.map(address => toRecipient(address, reasons.get(address) ?? text, isDelayed))
  return first === undefined ? null : { format, recipients: [first, ...more] }
}

const failureSubjects =
  /(undeliver|not (be )?deliver|unable to deliver|delivery (status|fail|has failed|problem|incomplete|notification)|mail delivery|deliver.{0,20}(fail|delay)|returned (mail|to sender)|failure notice|non remis|non recapitabile|unzustellbar|no se (puede|pudo) entregar|onbestelbaar|falha|недоставл)/i
const failureWords =
  /(could ?n[o']t be (delivered|reached)|was ?n[o']t delivered|unable to deliver|delivery .{0,40}failed|fatal errors|did not reach|undeliverable|has not (yet )?been delivered)/i
const delayWords =
  /(\bdelayed\b|delivery (delay|incomplete)|not yet been delivered|will (be retried|continue to try|keep trying|be attempted)|still being (retried|tried)|could not be delivered for [\d.]+ hours)/i

function formatOf({ header, from, subject, text }: PlainMessage): BounceReport['format'] | null {
  if (!isDaemon(from)) return null
  // http://cr.yp.to/proto/qsbmf.txt: the first line of every such report begins so.
  if (/^\s{0,100}Hi\. This is the/.test(text)) return 'qmail'
  if (header('x-failed-recipients') !== '') return 'exim'
  return failureSubjects.test(subject) || failureWords.test(text.slice(0, 3000)) ? 'plain' : null
}

/** RFC 3464 §2: reports come from the system. A vacation reply has an empty return path too, but a person's address. */
function isDaemon(from: string): boolean {
  return /\b(mailer[-_.]?daemon|post ?master|mail[-_.]?daemon|mdaemon|microsoftexchange\w{0,40}|mail delivery (sub)?system|mail administrator)\b/i.test(
    from,
  )
}

const addressAtStart =
  /^[\s"'(*>•-]{0,16}(?:(?:to|recipient|address|e-?mail|rcpt to)\s?:\s?)?<?(?:mailto:)?([^\s<>()[\]",:;]{1,64}@[\w.-]{3,255})/i

/** Addresses at the beginning of lines, each with the lines up to the next one. */
function reasonsByAddress(text: string): ReadonlyMap<string, string> {
  const reasons = new Map<string, string>()
  let current: string | null = null
  for (const line of text.split('\n', mostLines)) {
    const start = addressAtStart.exec(line)
    const address = start === null ? null : addressOf((start[1] ?? '').replace(/[.-]+$/, ''))
    const rest = address === null ? line : line.slice(start?.[0].length).replace(/^[>:\s]+/, '')
    if (address !== null && (reasons.has(address) || reasons.size < mostRecipients)) current = address
    if (current !== null) reasons.set(current, `${reasons.get(current) ?? ''} ${rest.trim()}`.slice(0, longestReason))
  }
  return reasons
}

/** `Your message wasn't delivered to a@b.example because …`: the first address of such a sentence. */
function addressesInSentence(text: string): string[] {
  const sentence = /\b(?:delivered|deliver|delivery|sent|message|reach)\b[^.!?@]{0,120}?<?([^\s<>()[\]",:;@]{1,64}@[\w.-]{3,255})/i.exec(
    text.slice(0, 3000),
  )
  return unique([addressOf((sentence?.[1] ?? '').replace(/[.-]+$/, ''))])
}

function toRecipient(address: string, reason: string, isDelayed: boolean): ReportedRecipient {
  const diagnostic = shortLine(reason)
  return { addresses: [address], action: isDelayed ? 'delayed' : 'failed', status: enhancedCodeIn(diagnostic), diagnostic }
}

const returnedBegins =
  /(copy of (the|your) message|original message|below this line|header of the original|text of your message|message headers follow|^return-path:|^received: from)/i

/** What stands before the returned message: its own words are not the server's. */
function beforeReturned(text: string): string {
  const lines = text.replaceAll('\r', '').split('\n', mostLines)
  const end = lines.findIndex((line, index) => index > 1 && returnedBegins.test(line.slice(0, 200)))
  return (end < 0 ? lines : lines.slice(0, end)).join('\n')
}
