/** Dot-stuffing (RFC 5321 §4.5.2), the last thing that happens to a message before the wire. */

const cr = 0x0d
const lf = 0x0a
const dot = 0x2e

declare const stuffed: unique symbol

/**
 * A message whose lines end in CRLF, the last one too, and whose leading dots are doubled: what may stand between DATA and the final dot. Also a stretch
 * of such a message; none that we make opens with a dot, so one after another they are stuffed wherever the line broke.
 */
export type StuffedBytes = Uint8Array & { readonly [stuffed]: true }

/**
 * The message with every leading dot doubled; the same array where there is none. Throws for a bare CR or LF, which some servers take for the end of
 * a line and so for a place where a second message can begin (SMTP smuggling, CVE-2023-51764), and for a last line without CRLF.
 */
export function dotStuff(message: Uint8Array): StuffedBytes {
  const bytes = Buffer.from(message.buffer, message.byteOffset, message.byteLength)
  requireLines(bytes)
  const dots = leadingDots(bytes)
  if (dots.length === 0) return message as StuffedBytes
  const output = Buffer.allocUnsafe(bytes.length + dots.length)
  let length = 0
  let from = 0
  for (const at of dots) {
    length += bytes.copy(output, length, from, at)
    output[length++] = dot
    from = at
  }
  bytes.copy(output, length, from)
  return output as Uint8Array as StuffedBytes
}

function requireLines(bytes: Buffer): void {
  let breaks = 0
  for (let at = bytes.indexOf(lf); at !== -1; at = bytes.indexOf(lf, at + 1)) {
    if (bytes[at - 1] !== cr) throw new Error(`a message must not hold a bare LF, and this one does at byte ${at}`)
    breaks += 1
  }
  for (let at = bytes.indexOf(cr); at !== -1; at = bytes.indexOf(cr, at + 1)) {
    if (bytes[at + 1] !== lf) throw new Error(`a message must not hold a bare CR, and this one does at byte ${at}`)
  }
  if (breaks === 0 || bytes.at(-1) !== lf) throw new Error('a message must end in CRLF')
}

function leadingDots(bytes: Buffer): number[] {
  const dots = bytes[0] === dot ? [0] : []
  for (let at = bytes.indexOf('\n.', 0, 'latin1'); at !== -1; at = bytes.indexOf('\n.', at + 1, 'latin1')) dots.push(at + 1)
  return dots
}
