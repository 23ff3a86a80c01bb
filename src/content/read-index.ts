/** The index of earlier readings: a row for what each file said, and the state it was in then. */

import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { columnMark } from './post-row.ts'
import { hasDigest } from './read-digest.ts'
import { changedAt, isAmbiguous, keyOf } from './read-key.ts'

/** Counts up whenever reading the same file would give another record: an index of another version is rebuilt. */
const formatVersion = 1

/** What the index still knows of a file. */
export interface KnownRow {
  readonly columns: readonly string[]
  /** The row for the next index, and whether it differs from this one's. */
  readonly row: string
  readonly changed: boolean
}

/** An index that was read. `find` must be asked for files in their order; it looks at the file and answers null when the row is no longer true. */
export interface PostIndex {
  readonly size: number
  readonly find: (file: string) => KnownRow | null
}

/** The index file of a cache folder. */
export function indexPath(cacheDir: string): string {
  return join(cacheDir, 'posts.index')
}

/** First line of an index: what it was made with, and a checksum of the rest. */
export function indexHeader(fingerprint: string, rows: Uint8Array): string {
  return `news-digest posts ${crc32(rows).toString(16)} ${fingerprint}\n`
}

/** Everything besides the files themselves that records depend on, in one line. */
export function indexFingerprint(dependencies: unknown): string {
  return JSON.stringify([formatVersion, process.versions.tz, dependencies])
}

/** The index of a cache folder, if it was made with the same fingerprint and is whole; null otherwise, and then everything is read anew. */
export function readIndex(cacheDir: string, fingerprint: string, dir: string, startedAt: number): PostIndex | null {
  const bytes = readBytes(indexPath(cacheDir))
  if (bytes === null) return null
  const end = bytes.indexOf(10) + 1
  const body = bytes.subarray(end)
  if (end === 0 || bytes.toString('utf8', 0, end) !== indexHeader(fingerprint, body)) return null
  const rows = body.length === 0 ? [] : body.toString('utf8').split('\n')
  const rowOf = rowFinder(rows)
  return {
    size: rows.length,
    find: file => {
      const row = rowOf(file)
      return row === null ? null : checkRow(row, `${dir}/${file}`, startedAt)
    },
  }
}

/** Rows and files are both in order, so that each is found beside the last: no table of 20,000 names. */
function rowFinder(rows: readonly string[]): (file: string) => string | null {
  let at = 0
  return file => {
    for (; at < rows.length; at++) {
      const row = rows[at] ?? ''
      if (row.startsWith(file) && row[file.length] === columnMark) return row
      if (row.slice(0, row.indexOf(columnMark)) > file) return null
    }
    return null
  }
}

/** A row whose file is as it was: by its key, and by the bytes where it was too young for the key to say so. */
function checkRow(row: string, path: string, startedAt: number): KnownRow | null {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false })
  if (stat === undefined) return null
  const columns = row.split(columnMark)
  if (columns[1] !== keyOf(stat)) return null
  const digest = columns[2] ?? ''
  if (digest === '') return { columns, row, changed: false }
  if (!hasDigest(path, digest)) return null
  if (isAmbiguous(changedAt(stat), startedAt)) return { columns, row, changed: false }
  columns[2] = ''
  return { columns, row: columns.join(columnMark), changed: true }
}

function readBytes(path: string): Buffer | null {
  try {
    return readFileSync(path)
  } catch {
    return null
  }
}
