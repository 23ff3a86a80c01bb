/** Replies of a relay (RFC 5321 §4.2), taken apart. */

import { cleanLine } from '../content/clean-text.ts'
import type { Reply } from './outcome.ts'

const longestText = 500

/** A reply whose lines are joined by LF, as they came in; null where it is none. */
export function parseReply(raw: string): Reply | null {
  const lines = raw.split(/\r?\n/).filter(line => line !== '')
  const code = /^([2-5]\d\d)(?:[ -]|$)/.exec(lines[0] ?? '')?.[1]
  if (code === undefined) return null
  const texts = lines.map(line => line.replace(/^\d{3}[ -]?/, ''))
  const enhanced = texts.map(text => /^([245]\.\d{1,3}\.\d{1,3})(?=\s|$)/.exec(text)?.[1]).find(each => each !== undefined) ?? null
  const text = texts.map(each => each.replace(/^[245]\.\d{1,3}\.\d{1,3}(?:\s+|$)/, '')).join(' ')
  return { code: Number(code), enhanced, text: shorten(text) }
}

/** A text of the relay, or of the network, on one line, without control characters, cut to 500 characters. */
export function shorten(text: string): string {
  const clean = cleanLine(text)
  return clean.length > longestText ? `${cleanLine(clean.slice(0, longestText - 1))}…` : clean
}

// Each as its server words it: Postfix and smtp-server's kin; Exim; sendmail; Amazon SES; Gmail.
const queueIds = [
  /\bqueued as <?([\w.+=-]{3,100})>?/i,
  /\bid=([\w.+=-]{3,100})/,
  /^(\w{8,40}) Message accepted for delivery/i,
  /^Ok ([0-9a-f]{16}-[0-9a-f-]{20,60})$/i,
  /^OK\s+\d+ ([\w.-]{8,100}) - gsmtp$/,
]

/** The relay's own name for a message that it accepted, to find it in the relay's log; null where its text tells none. */
export function queueIdOf({ text }: Reply): string | null {
  for (const pattern of queueIds) {
    const id = pattern.exec(text)?.[1]
    if (id !== undefined) return id
  }
  return null
}
