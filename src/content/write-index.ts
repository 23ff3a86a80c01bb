/** Keeps the index for the next reading. */

import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { indexHeader, indexPath } from './read-index.ts'

/** Writes the index beside its place and renames it there, so that a reader never sees half of one. A folder that cannot be written is no error: the next reading is only slower. */
export function writeIndex(cacheDir: string, fingerprint: string, rows: readonly string[]): void {
  const path = indexPath(cacheDir)
  const beside = `${path}.${process.pid}.tmp`
  try {
    mkdirSync(cacheDir, { recursive: true })
    const bytes = Buffer.from(rows.join('\n'))
    writeFileSync(beside, Buffer.concat([Buffer.from(indexHeader(fingerprint, bytes)), bytes]))
    renameSync(beside, path)
  } catch {
    removeIfThere(beside)
  }
}

function removeIfThere(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    // The cache folder is a file, or on a disk that nobody may write to: there is nothing to remove.
  }
}
