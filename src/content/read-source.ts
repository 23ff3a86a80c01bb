/** The bytes of a post: of a slim record only the beginning, up to where its front matter ends. */

import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import type { Finding } from './content-problem.ts'
import { tooLong } from './parse-front-matter.ts'
import { type FrontMatterSplit, longestFrontMatter, splitFrontMatter } from './split-front-matter.ts'

/** Largest post that is read, in bytes. A digest needs a few kilobytes of one; what is larger is not a post. */
export const largestPost = 5 * 1024 * 1024

/** What tells one state of a file from another: size, modification and change time in nanoseconds, inode. */
export type FileKey = string

/** The beginning of a file, decoded and split. */
export interface Source {
  readonly key: FileKey
  /** The newer of modification and change, milliseconds since 1970. */
  readonly changed: number
  /** What was read: all that the record depends on. The bytes live in a shared buffer and are overwritten by the next reading. */
  readonly bytes: Uint8Array
  readonly text: string
  readonly complete: boolean
  readonly split: FrontMatterSplit
}

/** A file's beginning; why it cannot be read; or null when it is gone. */
export type SourceReading =
  | { readonly kind: 'source'; readonly source: Source }
  | { readonly kind: 'refused'; readonly finding: Finding }
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
    const size = Number(stat.size)
    if (size > largestPost) return { kind: 'refused', finding: tooLarge(size) }
    const changed = Number((stat.mtimeNs > stat.ctimeNs ? stat.mtimeNs : stat.ctimeNs) / 1_000_000n)
    return readUntilSplit(descriptor, whole ? Math.max(size, 1) : firstRead, { key: keyOf(stat), changed, size })
  } catch (error) {
    return failure(error)
  } finally {
    closeSync(descriptor)
  }
}

/** The key of a file's state, from its `stat`. */
export function keyOf(stat: { readonly size: bigint; readonly mtimeNs: bigint; readonly ctimeNs: bigint; readonly ino: bigint }): FileKey {
  return `${stat.size}.${stat.mtimeNs}.${stat.ctimeNs}.${stat.ino}`
}

function readUntilSplit(
  descriptor: number,
  first: number,
  file: { readonly key: FileKey; readonly changed: number; readonly size: number },
): SourceReading {
  let wanted = first
  let length = 0
  for (;;) {
    if (buffer.length < wanted) buffer = Buffer.concat([buffer.subarray(0, length)], wanted)
    length = fill(descriptor, length, wanted)
    const complete = length < wanted || length >= file.size
    const bytes = buffer.subarray(0, length)
    const utf16 = utf16Finding(bytes)
    if (utf16 !== null) return { kind: 'refused', finding: utf16 }
    const text = buffer.toString('utf8', 0, length)
    const split = splitFrontMatter(text, complete)
    if (split.kind !== 'unfinished') {
      const end = split.kind === 'found' ? split.body : 0
      const fault = text.includes('\ufffd')
        ? utf8Finding(bytes, text, first > firstRead || (complete && end === 0) ? text.length : end)
        : null
      return fault === null ? { kind: 'source', source: { ...file, bytes, text, complete, split } } : { kind: 'refused', finding: fault }
    }
    if (wanted >= longestRead) return { kind: 'refused', finding: tooLong(1) }
    wanted *= 4
  }
}

/** Fills the shared buffer up to `wanted` bytes; less where the file ends. */
function fill(descriptor: number, from: number, wanted: number): number {
  let length = from
  while (length < wanted) {
    const read = readSync(descriptor, buffer, length, wanted - length, length)
    if (read === 0) break
    length += read
  }
  return length
}

function utf16Finding(bytes: Uint8Array): Finding | null {
  const [a, b] = bytes
  if (!((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff))) return null
  return {
    code: 'file-not-utf8',
    message: 'the file is UTF-16, not UTF-8',
    line: 1,
    column: 1,
    expected: 'UTF-8',
    got: `the byte 0x${a.toString(16)} at offset 0`,
    hint: 'Save the file as UTF-8.',
  }
}

/** The first byte, before the character at `end`, that is not UTF-8. A character cut off at the end of what was read is none of it. */
function utf8Finding(bytes: Uint8Array, text: string, end: number): Finding | null {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  let line = 1
  let lineStart = 0
  let offset = 0
  for (let at = 0; at < end; at++) {
    const code = text.codePointAt(at) ?? 0
    if (code === 0xfffd && !(bytes[offset] === 0xef && bytes[offset + 1] === 0xbf && bytes[offset + 2] === 0xbd)) {
      const byte = (bytes[offset] ?? 0).toString(16).padStart(2, '0')
      return {
        code: 'file-not-utf8',
        message: `the file is not UTF-8: byte 0x${byte} at offset ${offset}`,
        line,
        column: at - lineStart + 1,
        expected: 'UTF-8',
        got: `0x${byte}${Number.parseInt(byte, 16) >= 0xa0 ? ` (${decoder.decode(new TextEncoder().encode(String.fromCharCode(Number.parseInt(byte, 16))))} in Latin-1)` : ''}`,
        hint: 'Save the file as UTF-8.',
      }
    }
    offset += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
    if (code > 0xffff) at++
    if (code === 0x0a) {
      line++
      lineStart = at + 1
    }
  }
  return null
}

function tooLarge(size: number): Finding {
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
  return {
    kind: 'refused',
    finding: {
      code: 'file-unreadable',
      message: `the file cannot be read${code === '' ? '' : ` (${code})`}`,
      hint: 'Check its permissions, or list it under content.ignore.',
    },
  }
}
