/**
 * Stretches of a body that are encoded one by one and joined later. In quoted-printable a soft line break (`=` CRLF) vanishes on decoding (RFC 2045 §6.7), so
 * joined at such breaks, stretches read as if the whole had been encoded at once. Every stretch is encoded as what begins a line, and no line opens with a dot:
 * whatever is joined to what, SMTP has nothing to double.
 */

import type { StuffedBytes } from './dot-stuff.ts'
import { breakPlainLine, encodeQuotedPrintable } from './quoted-printable.ts'

/** A finished stretch. The two views share their bytes. */
export interface Stretch {
  /** Where the line before has ended. */
  readonly atLineStart: StuffedBytes
  /** Where a line is open: with what ends it. */
  readonly afterOpenLine: StuffedBytes
  readonly endsOpen: boolean
}

const softBreak = Uint8Array.of(0x3d, 0x0d, 0x0a)
const lf = 0x0a

/** A stretch of text in quoted-printable; null where there is nothing to say. */
export function encodeStretch(text: string): Stretch | null {
  if (text === '') return null
  const plain = breakPlainLine(text)
  if (plain === null) return behindSoftBreak(encodeQuotedPrintable(text), true)
  const afterOpenLine = stuffed(Buffer.from(`=\r\n${plain}`, 'latin1'))
  return { atLineStart: stuffed(afterOpenLine.subarray(softBreak.length)), afterOpenLine, endsOpen: true }
}

/** The lines between the parts of a message, `\r\n--boundary…\r\n`, as they stand: they end an open line themselves. Must open with no dot. */
export function plainStretch(lines: string): Stretch {
  const bytes = stuffed(Buffer.from(lines, 'latin1'))
  return { atLineStart: bytes, afterOpenLine: bytes, endsOpen: false }
}

/** Stretches that always stand together as one; null for none. */
export function fuseStretches(stretches: readonly Stretch[]): Stretch | null {
  const [first] = stretches
  if (first === undefined || stretches.length === 1) return first ?? null
  const bytes = Buffer.concat(joinStretches(stretches))
  const fused = behindSoftBreak(bytes, first.atLineStart !== first.afterOpenLine)
  return { ...fused, endsOpen: stretches.at(-1)?.endsOpen ?? false }
}

/** Stretches in order, with soft breaks where a line is open. Where one is null, its neighbours meet. */
export function joinStretches(stretches: Iterable<Stretch | null>): StuffedBytes[] {
  const joined: StuffedBytes[] = []
  let isOpen = false
  for (const stretch of stretches) {
    if (stretch === null) continue
    joined.push(isOpen ? stretch.afterOpenLine : stretch.atLineStart)
    isOpen = stretch.endsOpen
  }
  return joined
}

function behindSoftBreak(bytes: Uint8Array, needsBreak: boolean): Stretch {
  const whole = new Uint8Array(softBreak.length + bytes.length)
  whole.set(softBreak)
  whole.set(bytes, softBreak.length)
  const atLineStart = stuffed(whole.subarray(softBreak.length))
  return { atLineStart, afterOpenLine: needsBreak ? stuffed(whole) : atLineStart, endsOpen: bytes.at(-1) !== lf }
}

function stuffed(bytes: Uint8Array): StuffedBytes {
  return bytes as StuffedBytes
}
