/** Quoted-printable (RFC 2045 §6.7) for pieces of a text body that are encoded one by one and joined later. */

const lf = 0x0a
const cr = 0x0d
const equals = 0x3d
const dot = 0x2e
const hexDigits = Buffer.from('0123456789ABCDEF', 'latin1')

/** Longest line without its soft break: 75 characters and `=` are the 76 that RFC 2045 allows. */
const longestLine = 75

/**
 * The text as quoted-printable bytes: UTF-8, line breaks (LF or CRLF) as CRLF, a lone CR as data, a lone surrogate as U+FFFD. No line is
 * longer than 75, so that `=` still fits behind the last one: stretches are joined at soft breaks. A character is never split over
 * two lines, and no line opens with `.` (which SMTP doubles) or `From ` (which mailboxes change).
 */
export function encodeQuotedPrintable(text: string): Uint8Array {
  const input = Buffer.from(text, 'utf8')
  const output = Buffer.allocUnsafe(Math.ceil(input.length * 3.2) + 8)
  let length = 0
  let column = 0
  let at = 0
  while (at < input.length) {
    const breakLength = lineBreakLength(input, at)
    if (breakLength > 0) {
      output[length++] = cr
      output[length++] = lf
      column = 0
      at += breakLength
      continue
    }
    const bytes = characterLength(input[at] ?? 0)
    const plainHere = bytes === 1 && standsAsIs(input, at)
    const width = plainHere ? 1 : bytes * 3
    if (column + width > longestLine) {
      output[length++] = equals
      output[length++] = cr
      output[length++] = lf
      column = 0
    }
    if (plainHere && !(column === 0 && opensBadly(input, at))) {
      output[length++] = input[at] ?? 0
      column += 1
    } else {
      for (const byte of input.subarray(at, at + bytes)) {
        output[length++] = equals
        output[length++] = hexDigits[byte >> 4] ?? 0
        output[length++] = hexDigits[byte & 15] ?? 0
        column += 3
      }
    }
    at += bytes
  }
  // A copy: a slice would keep three times its size alive for as long as the edition is sent.
  return Uint8Array.prototype.slice.call(output, 0, length)
}

/**
 * What {@link encodeQuotedPrintable} writes for one line of plain characters, such as a link or a name: the quick way for the values of every recipient. Null where
 * it would have to encode anything.
 */
export function breakPlainLine(text: string): string | null {
  if (!/^[\x20-\x3c\x3e-\x7e]*[\x21-\x3c\x3e-\x7e]$/.test(text)) return null
  let broken = ''
  for (let at = 0; at < text.length; at += longestLine) {
    if (text.startsWith('.', at) || text.startsWith('From ', at)) return null
    broken += at === 0 ? text.slice(0, longestLine) : `=\r\n${text.slice(at, at + longestLine)}`
  }
  return broken
}

function lineBreakLength(input: Uint8Array, at: number): 0 | 1 | 2 {
  if (input[at] === lf) return 1
  return input[at] === cr && input[at + 1] === lf ? 2 : 0
}

function characterLength(first: number): number {
  if (first < 0x80) return 1
  if (first < 0xe0) return 2
  return first < 0xf0 ? 3 : 4
}

function standsAsIs(input: Uint8Array, at: number): boolean {
  const byte = input[at] ?? 0
  if (byte === 0x20 || byte === 0x09) return at + 1 < input.length && lineBreakLength(input, at + 1) === 0
  return byte > 0x20 && byte < 0x7f && byte !== equals
}

function opensBadly(input: Buffer, at: number): boolean {
  return input[at] === dot || (input[at] === 0x46 && input.toString('latin1', at, at + 5) === 'From ')
}
