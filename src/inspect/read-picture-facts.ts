import { open } from 'node:fs/promises'
import { enoughBytes, parsePicture } from './parse-picture.ts'
import type { PictureFacts } from './picture-facts.ts'

/** Looks at a picture on the disk. `file` is absolute. Null where it cannot be read. */
export async function readPictureFacts(file: string): Promise<PictureFacts | null> {
  try {
    await using handle = await open(file)
    const { size } = await handle.stat()
    const head = Buffer.alloc(Math.min(size, enoughBytes))
    await handle.read(head, 0, head.length, 0)
    return parsePicture(head, size)
  } catch {
    // A picture that is gone is told by whoever copies it.
    return null
  }
}
