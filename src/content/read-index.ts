/** The index of earlier readings: what each file said, and the state it was in then. */

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { columnMark } from './post-row.ts'

/** Counts up whenever reading the same file would give another record: an index of another version is rebuilt. */
const formatVersion = 1

/** Rows by file: its key, the digest that settles an ambiguous key ('' where the key is enough), and the columns of its outcome. */
export type PostIndex = ReadonlyMap<string, string>

/** The index file of a cache folder. */
export function indexPath(cacheDir: string): string {
  return join(cacheDir, 'posts.index')
}

/** First line of an index: what it was made with, and a checksum of the rest. */
export function indexHeader(fingerprint: string, rows: Uint8Array): string {
  return `news-digest posts ${fingerprint} ${crc32(rows).toString(16)}\n`
}

/** A short name for everything besides the files themselves that records depend on. */
export function indexFingerprint(dependencies: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([formatVersion, process.versions.tz, dependencies]))
    .digest('hex')
    .slice(0, 32)
}

/** Rows of the index, if it was made with the same fingerprint and is whole; null otherwise, and then everything is read anew. */
export function readIndex(cacheDir: string, fingerprint: string): PostIndex | null {
  const bytes = readBytes(indexPath(cacheDir))
  if (bytes === null) return null
  const end = bytes.indexOf(10) + 1
  const rows = bytes.subarray(end)
  if (end === 0 || bytes.toString('latin1', 0, end) !== indexHeader(fingerprint, rows)) return null
  const index = new Map<string, string>()
  for (const row of rows.toString('utf8').split('\n')) index.set(row.slice(0, row.indexOf(columnMark)), row)
  return index
}

function readBytes(path: string): Buffer | null {
  try {
    return readFileSync(path)
  } catch {
    return null
  }
}
