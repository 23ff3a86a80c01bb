import { readFile, stat } from 'node:fs/promises'
import { fileInside } from '../../output/read-pictures.ts'
import { pictureType } from '../picture-type.ts'

/** A picture's bytes, and what tells this state of it from another. */
export interface ServedPicture {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly type: string
  readonly etag: string
}

/**
 * A picture out of the site's folder by the encoded path of its address. Null for every path that is no picture's, that leads out of the folder (also by a
 * link), or that leads nowhere.
 */
export async function readPicture(assets: string, encoded: string): Promise<ServedPicture | null> {
  const path = decodePath(encoded)
  const type = pictureType(path ?? '')
  const file = path === null || type === null ? null : await fileInside(assets, path)
  if (file === null || type === null) return null
  try {
    const [{ mtimeMs, size }, bytes] = await Promise.all([stat(file), readFile(file)])
    return { bytes: new Uint8Array(bytes), type, etag: `"${mtimeMs.toString(36)}-${size.toString(36)}"` }
  } catch {
    return null
  }
}

function decodePath(encoded: string): string | null {
  try {
    const parts = encoded.split('/').map(decodeURIComponent)
    return parts.some(part => /^\.{0,2}$/.test(part) || /[/\\\0]/.test(part)) ? null : parts.join('/')
  } catch {
    return null
  }
}
