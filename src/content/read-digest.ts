/** Digests of what was read, for files whose key does not tell whether they changed. */

import { closeSync, openSync, readSync } from 'node:fs'

/** Length and hash of bytes that a record depends on. */
export function digestOf(bytes: Uint8Array): string {
  // Not imported: it takes 7 ms to load, and most readings find no file so young.
  const { hash } = process.getBuiltinModule('node:crypto')
  return `${bytes.length}:${hash('sha256', bytes, 'base64url')}`
}

/** Whether a file still begins with the bytes of a digest. False when it cannot be read. */
export function hasDigest(path: string, digest: string): boolean {
  const length = Number(digest.slice(0, digest.indexOf(':')))
  try {
    const descriptor = openSync(path, 'r')
    try {
      const bytes = Buffer.allocUnsafe(length)
      return readSync(descriptor, bytes, 0, length, 0) === length && digestOf(bytes) === digest
    } finally {
      closeSync(descriptor)
    }
  } catch {
    return false
  }
}
