/** The receiving end of DATA (RFC 5321 §4.5.2), for our own server. */

const crlf = Buffer.from('\r\n', 'latin1')
const finalDot = Buffer.from('\r\n.\r\n', 'latin1')
const doubledDot = Buffer.from('\r\n..', 'latin1')
const dot = 0x2e

/** A message that is coming in. */
export interface MessageTaker {
  /** Takes what arrived; once the final dot has, gives the message, as it stood on the wire, and what came behind it. */
  readonly take: (chunk: Buffer) => { readonly message: Buffer; readonly rest: Buffer } | null
  /** Octets taken so far. */
  readonly size: () => number
}

/** Begins a message: the next byte is the first one after the reply to DATA. */
export function takeMessage(): MessageTaker {
  // The CRLF of the DATA line may be the one before the dot.
  const parts: Buffer[] = [crlf]
  let length = crlf.length
  let tail = crlf
  const take: MessageTaker['take'] = chunk => {
    const joint = Buffer.concat([tail, chunk])
    const found = joint.indexOf(finalDot)
    const end = length - tail.length + found
    parts.push(chunk)
    length += chunk.length
    tail = joint.subarray(-(finalDot.length - 1))
    if (found === -1) return null
    const all = Buffer.concat(parts)
    return { message: all.subarray(crlf.length, end + crlf.length), rest: all.subarray(end + finalDot.length) }
  }
  return { take, size: () => length - crlf.length }
}

/** The message as it was before its leading dots were doubled; the same bytes where none was. */
export function dotUnstuff(message: Buffer): Buffer {
  const parts: Buffer[] = []
  let from = message[0] === dot ? 1 : 0
  for (let at = message.indexOf(doubledDot); at !== -1; at = message.indexOf(doubledDot, at + doubledDot.length)) {
    parts.push(message.subarray(from, at + 3))
    from = at + 4
  }
  if (parts.length === 0) return message.subarray(from)
  return Buffer.concat([...parts, message.subarray(from)])
}
