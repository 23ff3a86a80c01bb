/** Files that are not UTF-8, named by the byte that gives them away. */

import type { Fault } from './content-problem.ts'

/** The mark of a UTF-16 file; null without it. */
export function utf16Fault(bytes: Uint8Array): Fault | null {
  const [a, b] = bytes
  if (!((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff))) return null
  return {
    code: 'file-not-utf8',
    message: 'the file is UTF-16, not UTF-8',
    line: 1,
    column: 1,
    expected: 'UTF-8',
    got: `the byte ${hex(a)} at offset 0`,
    hint: 'Save the file as UTF-8.',
  }
}

/**
 * The first byte that is not UTF-8 before the UTF-16 unit `end` of `text`, which is what `bytes` decode to; null without any. A replacement
 * character that the author wrote is fine, and so is a character cut off at the end of what was read.
 */
export function utf8Fault(bytes: Uint8Array, text: string, end: number): Fault | null {
  if (!text.includes('\ufffd')) return null
  let offset = 0
  for (let at = text.indexOf('\ufffd'), from = 0; at !== -1 && at < end; at = text.indexOf('\ufffd', at + 1)) {
    // Everything before was valid, so it has as many bytes as it would be encoded in.
    offset += Buffer.byteLength(text.slice(from, at))
    if (!(bytes[offset] === 0xef && bytes[offset + 1] === 0xbf && bytes[offset + 2] === 0xbd))
      return fault(bytes[offset] ?? 0, offset, text, at)
    from = at
  }
  return null
}

function fault(byte: number, offset: number, text: string, at: number): Fault {
  const before = text.slice(0, at).split(/\r\n?|\n/)
  return {
    code: 'file-not-utf8',
    message: `the file is not UTF-8: byte ${hex(byte)} at offset ${offset}`,
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
    expected: 'UTF-8',
    got: byte >= 0xa0 ? `${hex(byte)}, which is ${String.fromCharCode(byte)} in Latin-1` : hex(byte),
    hint: 'Save the file as UTF-8.',
  }
}

function hex(byte: number): string {
  return `0x${byte.toString(16).padStart(2, '0')}`
}
