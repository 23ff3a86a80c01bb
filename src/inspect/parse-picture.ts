/** Format and size of a picture, from its first bytes. */

import type { PictureFacts } from './picture-facts.ts'

/** How many bytes are enough: a JPEG may have its size behind 200 kB of camera data. */
export const enoughBytes = 262_144

/** What the first bytes of a picture tell. `bytes` is the size of the whole file. */
export function parsePicture(head: Uint8Array, bytes: number): PictureFacts {
  const buffer = Buffer.from(head.buffer, head.byteOffset, head.byteLength)
  const reader = readers.find(each => each.knows(buffer))
  const size = reader?.size(buffer) ?? null
  return { bytes, format: reader?.format ?? null, width: size?.width ?? null, height: size?.height ?? null }
}

interface Size {
  readonly width: number
  readonly height: number
}

interface PictureReader {
  readonly format: NonNullable<PictureFacts['format']>
  readonly knows: (buffer: Buffer) => boolean
  readonly size: (buffer: Buffer) => Size | null
}

const ascii = (buffer: Buffer, from: number, to: number) => buffer.toString('latin1', from, to)

const readers: readonly PictureReader[] = [
  {
    format: 'png',
    knows: buffer => ascii(buffer, 0, 8) === '\x89PNG\r\n\x1a\n' && buffer.length >= 24,
    size: buffer => ({ width: buffer.readUInt32BE(16), height: buffer.readUInt32BE(20) }),
  },
  { format: 'jpeg', knows: buffer => buffer.length > 3 && buffer.readUInt16BE(0) === 0xffd8, size: jpegSize },
  {
    format: 'gif',
    knows: buffer => /^GIF8[79]a$/.test(ascii(buffer, 0, 6)) && buffer.length >= 10,
    size: buffer => ({ width: buffer.readUInt16LE(6), height: buffer.readUInt16LE(8) }),
  },
  {
    format: 'webp',
    knows: buffer => ascii(buffer, 0, 4) === 'RIFF' && ascii(buffer, 8, 12) === 'WEBP' && buffer.length >= 30,
    size: webpSize,
  },
  { format: 'avif', knows: buffer => /^ftypavi[fs]$/.test(ascii(buffer, 4, 12)), size: () => null },
  { format: 'svg', knows: buffer => /<svg[\s>]/i.test(ascii(buffer, 0, 1000)), size: () => null },
]

// ITU-T T.81, annex B: the size stands in the start-of-frame segment, of which there are thirteen kinds.
function jpegSize(buffer: Buffer): Size | null {
  let offset = 2
  while (offset + 9 < buffer.length) {
    if (buffer[offset] !== 0xff) return null
    const marker = buffer[offset + 1] ?? 0
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { height: buffer.readUInt16BE(offset + 5), width: buffer.readUInt16BE(offset + 7) }
    }
    // A fill byte stands before a marker.
    offset += marker === 0xff ? 1 : 2 + buffer.readUInt16BE(offset + 2)
  }
  return null
}

// https://developers.google.com/speed/webp/docs/riff_container
function webpSize(buffer: Buffer): Size | null {
  switch (ascii(buffer, 12, 16)) {
    case 'VP8 ':
      return { width: buffer.readUInt16LE(26) & 0x3fff, height: buffer.readUInt16LE(28) & 0x3fff }
    case 'VP8L': {
      const bits = buffer.readUInt32LE(21)
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
    }
    case 'VP8X':
      return { width: buffer.readUIntLE(24, 3) + 1, height: buffer.readUIntLE(27, 3) + 1 }
    default:
      return null
  }
}
