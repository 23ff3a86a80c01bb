/** Postfix's mail log: which message got which queue id, and what became of it. */

import { addressOf, messageIdOf, shortLine } from '../bounces/report-fields.ts'
import { type LogClock, type LogTime, logTimeReader } from './log-time.ts'
import type { RelayEvent, RelayEventStatus } from './relay-event.ts'

/** What the log has told of a message that is under way. */
interface Queued {
  readonly messageId: string | null
  readonly deliveryHeader: string | null
}

/** A line of one of Postfix's daemons, taken apart. */
interface PostfixLine {
  readonly at: number | null
  readonly daemon: string
  /** Null for NOQUEUE: refused before there was a queue file. */
  readonly queueId: string | null
  readonly rest: string
}

const mostQueued = 200_000
const longestLine = 8000

/**
 * Reads a log line by line: the function that it gives takes each line in the log's order, and gives what the line tells, or null. It remembers the messages
 * that are under way, at most 200,000 of them; the oldest are forgotten first. Where the log begins in the middle of a message, the event has only the
 * queue id.
 */
export function postfixLogParser(clock: LogClock): (line: string) => RelayEvent | null {
  const queued = new Map<string, Queued>()
  const readTime = logTimeReader(clock)
  return text => {
    const line = takeApart(text.slice(0, longestLine), readTime)
    if (line === null) return null
    const { queueId, rest } = line
    if (queueId === null) return readRefusal(line, undefined)
    // Where a message begins and where it ends: a short queue id comes again as soon as its file's inode does.
    if (/^(?:client|uid)=/.test(rest) || rest === 'removed') {
      queued.delete(queueId)
      return null
    }
    const known = queued.get(queueId)
    const mark = readMark(line)
    if (mark !== null) {
      remember(queued, queueId, { messageId: null, deliveryHeader: null, ...known, ...mark })
      return null
    }
    return readRefusal(line, known) ?? readQueued(line, known) ?? readStatus(line, known)
  }
}

// postconf(5), enable_long_queue_ids: hexadecimal digits, or digits and consonants around a `z`.
const queueId = /^(?:[0-9A-F]{5,20}|[0-9B-DF-HJ-NP-TV-Zb-df-hj-np-tv-y]{6,20}z[0-9B-DF-HJ-NP-TV-Zb-df-hj-np-tv-y]{1,20})$/

/** `TIME HOST postfix/DAEMON[PID]: QUEUEID: rest`; null for lines of other programs, and for those that concern no message. */
function takeApart(text: string, readTime: (line: string) => LogTime | null): PostfixLine | null {
  const time = readTime(text)
  if (time === null) return null
  // syslog_name is free, and each instance and service adds to it: `postfix-out/submission/smtpd`.
  const found =
    /^\s+\S{1,255}\s+[\w.-]{1,60}(?:\/[\w.-]{1,60}){0,4}\/([\w-]{1,40})\[\d{1,10}\]: (?:\[ID \d+ [\w.]+\] )?([0-9A-Za-z]{5,41}): (.*)$/.exec(
      text.slice(time.length),
    )
  if (found === null) return null
  const [, daemon = '', id = '', rest = ''] = found
  if (id !== 'NOQUEUE' && !queueId.test(id)) return null
  return { at: time.at, daemon, queueId: id === 'NOQUEUE' ? null : id, rest: rest.trimEnd() }
}

/** What names the message: cleanup's `message-id=<…>`, or a header that header_checks(5) logs with INFO or WARN. */
function readMark({ daemon, rest }: PostfixLine): Partial<Queued> | null {
  const messageId = /^(?:resent-)?message-id=(.*)$/.exec(rest)?.[1]
  if (messageId !== undefined) return daemon === 'cleanup' && !rest.startsWith('resent') ? { messageId: messageIdOf(messageId) } : {}
  const deliveryHeader = /^(?:info|warning): header X-News-Digest-Delivery:\s{0,8}([!-~]{1,200})(?=[\s;]|$)/i.exec(rest)?.[1]
  return deliveryHeader === undefined ? null : { deliveryHeader: deliveryHeader.replace(/;$/, '') }
}

/** smtpd's `reject: RCPT from …: 550 5.1.1 …`, cleanup's `reject: header …: 5.7.1 …`, a filter's `milter-reject: END-OF-MESSAGE from …: 5.7.1 …`. */
function readRefusal({ at, queueId: id, rest }: PostfixLine, known: Queued | undefined): RelayEvent | null {
  const text = /^(?:milter-)?reject: (.*)$/.exec(rest)?.[1]
  if (text === undefined) return null
  const dsn = /: (?:[45]\d\d )?([45]\.\d{1,3}\.\d{1,3}) /.exec(text)?.[1] ?? null
  return { ...eventOf(id, known, at), to: toOf(text), status: 'refused', dsn, relay: null, text: shortLine(text) }
}

/** qmgr's `from=<…>, size=…, nrcpt=1 (queue active)`: only now has the relay taken the message over. `message-id=` stands there before the last dot. */
function readQueued({ at, daemon, queueId: id, rest }: PostfixLine, known: Queued | undefined): RelayEvent | null {
  if (!/^n?qmgr$/.test(daemon)) return null
  const isExpired = /, status=(?:force-)?expired, returned to sender$/.test(rest)
  if (!isExpired && !/^from=<.*>, size=\d+, nrcpt=\d+ \(queue \w+\)$/.test(rest)) return null
  return { ...eventOf(id, known, at), to: null, status: isExpired ? 'expired' : 'queued', dsn: null, relay: null, text: shortLine(rest) }
}

/** `to=<…>, orig_to=<…>, relay=…, delay=…, dsn=2.0.0, status=sent (250 2.0.0 Ok …)`, from smtp, lmtp, local, virtual, pipe, error and others. */
function readStatus({ at, queueId: id, rest }: PostfixLine, known: Queued | undefined): RelayEvent | null {
  const [, fields = '', word = '', text = ''] =
    /^(to=<.*?), status=(sent|deferred|bounced|expired|undeliverable|deliverable)(?: \((.*)\))?$/.exec(rest) ?? []
  const status = statuses[word]
  if (status === undefined) return null
  const relay = /, relay=([^,]{1,300})/.exec(fields)?.[1] ?? 'none'
  const dsn = /, dsn=([245]\.\d{1,3}\.\d{1,3})/.exec(fields)?.[1] ?? null
  return { ...eventOf(id, known, at), to: toOf(fields), status, dsn, relay: relay === 'none' ? null : relay, text: shortLine(text) }
}

// `deliverable` and `undeliverable` are answers to a probe (sendmail -bv), not to a message.
const statuses: Readonly<Partial<Record<string, RelayEventStatus>>> = {
  sent: 'sent',
  deferred: 'deferred',
  bounced: 'bounced',
  expired: 'expired',
}

/** The address as it was sent to: `orig_to` where an alias was followed. */
function toOf(fields: string): string | null {
  const to = /\borig_to=<([^>]{1,320})>/.exec(fields)?.[1] ?? /(?:^|[\s,;])to=<([^>]{1,320})>/.exec(fields)?.[1]
  return addressOf(to ?? null)
}

function eventOf(
  id: string | null,
  known: Queued | undefined,
  at: number | null,
): Pick<RelayEvent, 'queueId' | 'messageId' | 'deliveryHeader' | 'at'> {
  return { queueId: id, messageId: known?.messageId ?? null, deliveryHeader: known?.deliveryHeader ?? null, at }
}

function remember(queued: Map<string, Queued>, id: string, message: Queued): void {
  queued.delete(id)
  queued.set(id, message)
  if (queued.size <= mostQueued) return
  const oldest = queued.keys().next().value
  if (oldest !== undefined) queued.delete(oldest)
}
