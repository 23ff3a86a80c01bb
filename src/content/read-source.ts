/** The bytes of a post: of a slim record only the beginning, up to where its front matter ends. */

import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import type { Fault } from './content-problem.ts'
import { tooLong } from './parse-front-matter.ts'
import { changedAt, keyOf } from './read-key.ts'
import { type FrontMatterSplit, longestFrontMatter, splitFrontMatter } from './split-front-matter.ts'
import { utf8Fault, utf16Fault } from './utf8-fault.ts'

/** Largest post that is read, in bytes. A digest needs a few kilobytes of one; what is larger is not a post. */
const largestPost = 5 * 1024 * 1024

/** The beginning of a file, decoded and split. */
export interface Source {
  /** See `keyOf`. */
  readonly key: string
  /** The newer of modification and change, milliseconds since 1970. */
  readonly changed: number
  /** What was read: all that the record depends on. The bytes live in a shared buffer and are overwritten by the next reading. */
  readonly bytes: Uint8Array
  readonly text: string
  readonly complete: boolean
  readonly split: FrontMatterSplit
}

/** A file's beginning; why it cannot be read, with what could be read of it for salvaging a date; or null when it is gone. */
export type SourceReading =
  | { readonly kind: 'source'; readonly source: Source }
  | { readonly kind: 'refused'; readonly fault: Fault; readonly head: string }
  | null

const firstRead = 8 * 1024
const longestRead = 4 * longestFrontMatter
let buffer = Buffer.allocUnsafe(64 * 1024)

/** Reads a file up to the end of its front matter; `whole` reads all of it. */
export function readSource(path: string, whole = false): SourceReading {
  let descriptor: number
  try {
    descriptor = openSync(path, 'r')
  } catch (error) {
    return failure(error)
  }
  try {
    const stat = fstatSync(descriptor, { bigint: true })
    if (!stat.isFile()) return null
    const file = { descriptor, key: keyOf(stat), changed: changedAt(stat), size: Number(stat.size), whole }
    if (file.size > largestPost) return refused(tooLarge(file.size), fill(file, firstRead))
    return readUntilSplit(file, whole ? Math.max(file.size, firstRead + 1) : firstRead)
  } catch (error) {
    return failure(error)
  } finally {
    closeSync(descriptor)
  }
}

interface OpenFile {
  readonly descriptor: number
  readonly key: string
  readonly changed: number
  readonly size: number
  readonly whole: boolean
}

/** Reads the first `wanted` bytes, and four times as many for as long as the front matter goes on. */
function readUntilSplit(file: OpenFile, wanted: number): SourceReading {
  const length = fill(file, wanted)
  const bytes = buffer.subarray(0, length)
  const utf16 = utf16Fault(bytes)
  if (utf16 !== null) return refused(utf16, 0)
  const reachesEnd = length >= file.size
  const head = wanted > firstRead ? length : headLength(bytes)
  for (const end of head < length ? [head, length] : [length]) {
    const text = buffer.toString('utf8', 0, end)
    const complete = reachesEnd && end === length
    const split = splitFrontMatter(text, complete)
    if (split.kind !== 'unfinished') return checked({ key: file.key, changed: file.changed, bytes, text, complete, split }, file.whole)
  }
  return wanted >= longestRead ? refused(tooLong(1), length) : readUntilSplit(file, wanted * 4)
}

/** Refuses what is not UTF-8, as far as it is needed: the front matter, or all of a file that is wanted whole or has none. */
function checked(source: Source, whole: boolean): SourceReading {
  const { split, text, complete } = source
  // A character may be cut off at the end of what was read.
  const end = split.kind === 'found' && !whole ? split.body : complete ? text.length : text.length - 3
  const fault = utf8Fault(source.bytes, text, end)
  return fault === null ? { kind: 'source', source } : refused(fault, source.bytes.length)
}

/** A refusal with the beginning of the shared buffer, of which `length` bytes are the file's. */
function refused(fault: Fault, length: number): SourceReading {
  return { kind: 'refused', fault, head: buffer.toString('latin1', 0, Math.min(length, firstRead)) }
}

/** Bytes up to what looks like a closing fence, and some more: bodies need no decoding. */
function headLength(bytes: Buffer): number {
  const fence = bytes[0] === 0x2d ? '\n---' : bytes[0] === 0x2b ? '\n+++' : null
  const close = fence === null ? -1 : bytes.indexOf(fence, 3, 'latin1')
  return close === -1 ? bytes.length : Math.min(bytes.length, close + 16)
}

/** Fills the shared buffer with the first bytes of a file, at most `wanted`, and returns how many there are. */
function fill({ descriptor, size }: OpenFile, wanted: number): number {
  const needed = Math.min(wanted, size)
  if (buffer.length < needed) buffer = Buffer.allocUnsafe(needed)
  let length = 0
  while (length < needed) {
    const read = readSync(descriptor, buffer, length, needed - length, length)
    if (read === 0) break
    length += read
  }
  return length
}

function tooLarge(size: number): Fault {
  return {
    code: 'file-too-large',
    message: 'the file is too large for a post',
    expected: `at most ${largestPost / 1024 / 1024} MB`,
    got: `${Math.round(size / 1024 / 1024)} MB`,
    hint: 'Keep pictures and data in files of their own, or list the file under content.ignore.',
  }
}

function failure(error: unknown): SourceReading {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return null
  return refused(
    {
      code: 'file-unreadable',
      message: `the file cannot be read${code === '' ? '' : ` (${code})`}`,
      hint: 'Check its permissions, or list it under content.ignore.',
    },
    0,
  )
}
