import { excerpt } from '../excerpt.ts'
import type { Complaint, MessageRule } from '../finding.ts'

/** Message rule 3: CRLF only, no NUL, no line over 998 octets; header lines folded at 78 where they can be (RFC 5322 §2.1.1, §2.3). */
export const messageLines: MessageRule = {
  name: 'message-lines',
  inspect({ message }) {
    if (message === null) return []
    const complaints: Complaint[] = []
    const say = (severity: Complaint['severity'], text: string, piece: string) =>
      complaints.push({
        severity,
        message: text,
        place: { part: 'message', excerpt: excerpt(piece) },
        help: 'this is a bug in news-digest, or email.eml was changed: build again, and report it',
      })
    const bare = message.raw.search(/\r(?!\n)|(?<!\r)\n/)
    if (bare >= 0) {
      const before = /[^\r\n]*$/.exec(message.raw.slice(Math.max(0, bare - 1000), bare))?.[0] ?? ''
      say('error', 'a line of the message does not end in CRLF: relays refuse it, or split it into two messages', before)
    }
    if (message.raw.includes('\0')) say('error', 'the message holds a NUL: relays refuse it', '')
    for (const line of message.raw.split(/\r?\n/))
      if (line.length > 998) say('error', `a line of the message has ${line.length} octets: relays cut it after 998`, line)
    for (const { raw } of message.headers) {
      const long = raw
        .split('\r\n')
        .find(line => line.length > 78 && line.length <= 998 && /\S\s+\S/.test(line.trim().replace(/^[\w-]+:\s*/, '')))
      if (long !== undefined) say('warning', `a header line has ${long.length} characters and is not folded at 78`, long)
    }
    return complaints
  },
}
