/** The body of an edition, compiled: what all recipients share as finished bytes, and between them the places where values go. */

import type { Email, MergeSegment, MergeValues, Segment } from '../render/email.ts'
import { joinValue } from '../render/join-email.ts'
import { headerLine } from './header-line.ts'
import { encodeStretch, fuseStretches, plainStretch, type Stretch } from './stretch.ts'

/** A body that only lacks a recipient's values. */
export interface CompiledBody {
  /** What every message opens with, the line `--boundary` first. */
  readonly opening: Stretch
  /** All that follows for one recipient. */
  readonly rest: (values: MergeValues) => readonly (Stretch | null)[]
}

type Encoder = (values: MergeValues) => Stretch | null

/** multipart/alternative with the text part first (RFC 2046 §5.1.4), both parts UTF-8 in quoted-printable. The boundary must stand in no body. */
export function compileBody(email: Email, boundary: string): CompiledBody {
  const encoders = new Map<string, Encoder>()
  const compiled = fuseNeighbours([
    plainStretch(`--${boundary}\r\n${partHeaders('text/plain')}\r\n`),
    ...joinTexts(email.text).map(toStretch),
    plainStretch(`\r\n--${boundary}\r\n${partHeaders('text/html')}\r\n`),
    ...joinTexts(email.html).map(toStretch),
    plainStretch(`\r\n--${boundary}--\r\n`),
  ])
  const [opening, ...others] = compiled
  if (opening === undefined || typeof opening === 'function') throw new Error('a body opens with its boundary')
  return { opening, rest: values => others.map(each => (typeof each === 'function' ? each(values) : each)) }

  function toStretch(segment: Segment): Stretch | Encoder | null {
    if ('text' in segment) return encodeStretch(segment.text)
    const key = JSON.stringify(segment)
    const encoder = encoders.get(key) ?? createEncoder(segment)
    encoders.set(key, encoder)
    return encoder
  }
}

/** Neighbouring texts as one, so that a line break or a character that two of them share is not encoded in halves. */
function joinTexts(segments: readonly Segment[]): Segment[] {
  const joined: Segment[] = []
  for (const segment of segments) {
    const last = joined.at(-1)
    if (last !== undefined && 'text' in last && 'text' in segment) joined[joined.length - 1] = { text: last.text + segment.text }
    else joined.push(segment)
  }
  return joined
}

function partHeaders(type: string): string {
  return headerLine('Content-Type', [`${type};`, 'charset=utf-8']) + headerLine('Content-Transfer-Encoding', ['quoted-printable'])
}

/** Encodes the values of one merge field. A value that comes again is not encoded again: most stand in both parts, some are the same for everybody. */
function createEncoder(segment: MergeSegment): Encoder {
  let last: string | undefined
  let encoded = encodeStretch(joinValue(segment, {}))
  return values => {
    const value = values[segment.merge]
    if (value !== last) {
      encoded = encodeStretch(joinValue(segment, values))
      last = value
    }
    return encoded
  }
}

function fuseNeighbours(pieces: readonly (Stretch | Encoder | null)[]): (Stretch | Encoder)[] {
  const fused: (Stretch | Encoder)[] = []
  let run: Stretch[] = []
  const endRun = () => {
    const stretch = fuseStretches(run)
    if (stretch !== null) fused.push(stretch)
    run = []
  }
  for (const piece of pieces) {
    if (typeof piece === 'function') {
      endRun()
      fused.push(piece)
    } else if (piece !== null) run.push(piece)
  }
  endRun()
  return fused
}
