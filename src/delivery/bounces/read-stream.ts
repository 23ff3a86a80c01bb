/** Files of mail and of logs, read in pieces: none of them is ever held whole. */

import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { UserError } from '../../errors.ts'

/** Lines longer than this come in several pieces, in bytes. */
const longestPiece = 64 * 1024

/** A line, or a piece of a long one. */
export interface LinePiece {
  /** With its line break, where it has one. A view: copy what is to be kept. */
  readonly bytes: Uint8Array
  readonly startsLine: boolean
}

/**
 * A file's bytes; of a name that ends in `.gz`, what was compressed.
 *
 * @throws UserError `file-unreadable` where it cannot be opened, read or uncompressed
 */
export async function* readStream(path: string): AsyncGenerator<Uint8Array> {
  const file = createReadStream(path)
  try {
    if (!path.endsWith('.gz')) {
      yield* file
      return
    }
    const gunzip = createGunzip()
    // pipe() hands no error on; without this one the reader would wait for ever.
    file.on('error', error => gunzip.destroy(error))
    yield* file.pipe(gunzip)
  } catch (error) {
    throw unreadable(path, error)
  } finally {
    file.destroy()
  }
}

/** The lines of a stream of bytes, in batches: one for each chunk that completes any. */
export async function* readLinePieces(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<readonly LinePiece[]> {
  let rest: Uint8Array = new Uint8Array()
  let startsLine = true
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([rest, chunk])
    const pieces: LinePiece[] = []
    let from = 0
    while (from < bytes.length) {
      const end = bytes.indexOf(0x0a, from)
      if (end < 0 && bytes.length - from < longestPiece) break
      const to = Math.min(end < 0 ? bytes.length : end + 1, from + longestPiece)
      pieces.push({ bytes: bytes.subarray(from, to), startsLine })
      startsLine = to === end + 1
      from = to
    }
    rest = bytes.subarray(from)
    if (pieces.length > 0) yield pieces
  }
  if (rest.length > 0) yield [{ bytes: rest, startsLine }]
}

/** What to tell about a file that cannot be read. */
export function unreadable(path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : null
  if (code === null || error instanceof UserError) return error
  const missing = code === 'ENOENT' || code === 'ENOTDIR'
  return new UserError({
    code: 'file-unreadable',
    message: missing ? `there is no ${path}` : `${path} cannot be read (${code})`,
    place: { file: path },
    hint: missing ? 'Give the path of a file or a folder that exists.' : 'Check that it is what its name says, and that you may read it.',
  })
}
