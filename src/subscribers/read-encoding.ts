/** How the characters of a file are written. */

import { open } from 'node:fs/promises'

/** An encoding by the name that TextDecoder knows. `assumed`: nothing in the file says so. */
export interface Encoding {
  readonly label: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'
  readonly assumed: boolean
}

const chunkSize = 1 << 20

/**
 * Finds out the encoding: by its mark (BOM), else UTF-8 where every byte of the file is that, else Windows-1252, which has all of Latin-1. Reads the file once.
 * Throws what Node throws where it cannot be read.
 */
export async function readEncoding(file: string): Promise<Encoding> {
  const handle = await open(file)
  try {
    const buffer = Buffer.alloc(chunkSize)
    const { bytesRead: first } = await handle.read(buffer, 0, chunkSize, 0)
    const marked = byMark(buffer.subarray(0, first))
    if (marked !== null) return marked
    const decoder = new TextDecoder('utf-8', { fatal: true })
    for (let position = 0, read = first; read > 0; ) {
      if (!decodes(decoder, buffer.subarray(0, read))) return { label: 'windows-1252', assumed: true }
      position += read
      ;({ bytesRead: read } = await handle.read(buffer, 0, chunkSize, position))
    }
    return decodes(decoder) ? { label: 'utf-8', assumed: false } : { label: 'windows-1252', assumed: true }
  } finally {
    await handle.close()
  }
}

function byMark(bytes: Buffer): Encoding | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { label: 'utf-16le', assumed: false }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { label: 'utf-16be', assumed: false }
  // Without a mark: what Excel writes as "Unicode text" has a zero beside every Latin letter.
  if (bytes.length > 3 && bytes[1] === 0 && bytes[3] === 0 && bytes[0] !== 0) return { label: 'utf-16le', assumed: true }
  return bytes.length > 3 && bytes[0] === 0 && bytes[2] === 0 && bytes[1] !== 0 ? { label: 'utf-16be', assumed: true } : null
}

function decodes(decoder: InstanceType<typeof TextDecoder>, bytes?: Buffer): boolean {
  try {
    if (bytes === undefined) decoder.decode()
    else decoder.decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}
