/** The messages of an mbox file (RFC 4155), one after another. */

import { type LinePiece, readLinePieces } from './read-stream.ts'

/** What is read of one message, in bytes. A report stands at its beginning; of a message that came back whole, the rest is passed over. */
const mostOfMessage = 1024 * 1024

// A line of text may begin with "From " as well, where a program wrote the file that does not quote it; hardly one that ends in a time and a year.
const separator = /^From \S.{0,300}\d{1,2}:\d{2}(:\d{2})?\b.{0,40}\d{4}/

/**
 * Messages of a stream that may be an mbox or one message: what begins with `From ` is an mbox. Of an mbox, `>From ` is read as `From ` (mboxo and mboxrd: one
 * `>` is taken off). Keeps one message in memory, and of that the first megabyte.
 */
export async function* readMessages(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let isMbox: boolean | null = null
  let afterBlank = true
  let message = emptyMessage()
  for await (const pieces of readLinePieces(chunks)) {
    for (const piece of pieces) {
      const beginning = beginningOf(piece)
      isMbox ??= beginning.startsWith('From ')
      if (isMbox && afterBlank && separates(beginning, message)) {
        if (message.size > 0) yield Buffer.concat(message.parts)
        message = emptyMessage()
      } else {
        append(message, isMbox && /^>+From /.test(beginning) ? piece.bytes.subarray(1) : piece.bytes)
      }
      afterBlank = /^\r?\n$/.test(beginning)
    }
  }
  if (message.size > 0) yield Buffer.concat(message.parts)
}

/** Enough of a line to know it by; empty for what goes on in the middle of one. */
function beginningOf({ bytes, startsLine }: LinePiece): string {
  return startsLine ? Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 400)).toString('latin1') : ''
}

function separates(line: string, { size }: Message): boolean {
  return size === 0 ? line.startsWith('From ') : separator.test(line)
}

interface Message {
  readonly parts: Uint8Array[]
  size: number
}

function emptyMessage(): Message {
  return { parts: [], size: 0 }
}

function append(message: Message, bytes: Uint8Array): void {
  // An empty line before the first header is none of the message: some writers leave one after the separator.
  if (message.size >= mostOfMessage || (message.size === 0 && bytes.length <= 2 && Buffer.from(bytes).toString('latin1').trim() === ''))
    return
  const kept = Uint8Array.from(bytes.subarray(0, mostOfMessage - message.size))
  message.parts.push(kept)
  message.size += kept.length
}
