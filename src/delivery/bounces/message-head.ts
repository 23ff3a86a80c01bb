/** What tells one message that came in from another, and what its subject says. */

import { hash } from 'node:crypto'
import { decodeWords } from 'postal-mime'
import { fieldOf, parseFieldGroups } from './report-fields.ts'

/** A message's head. */
export interface MessageHead {
  /** The same for the same message wherever it lies, in a maildir or an mbox: in hexadecimal. */
  readonly identity: string
  /** Decoded, on one line. */
  readonly subject: string
}

const longestHead = 64 * 1024

/**
 * Reads the head of a message. Identity is Message-ID and Date; without a Message-ID, the sender, the subject, the Date and the body. What mail servers add
 * on the way into a mailbox does not count.
 */
export function headOf(message: Uint8Array): MessageHead {
  const bytes = Buffer.from(message.buffer, message.byteOffset, message.length)
  const begun = bytes.subarray(0, longestHead).toString('utf8')
  const end = /\r?\n\r?\n/.exec(begun)
  const group = parseFieldGroups(end === null ? begun : begun.slice(0, end.index))[0]
  const field = (name: string) => fieldOf(group, name) ?? ''
  const messageId = field('message-id')
  const own =
    messageId === ''
      ? [
          field('from'),
          field('subject'),
          end === null ? '' : bodyOf(bytes.subarray(Buffer.byteLength(begun.slice(0, end.index + end[0].length)))),
        ]
      : [messageId]
  return {
    identity: hash('sha256', [field('date'), ...own].join('\n'), 'hex'),
    subject: decodeWords(field('subject').slice(0, 2000)).trim(),
  }
}

/** An mbox has line breaks of its own, and one more at the end. */
function bodyOf(bytes: Buffer): string {
  return bytes.toString('latin1').replaceAll('\r\n', '\n').trimEnd()
}
