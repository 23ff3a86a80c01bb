import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsePicture } from '../../src/inspect/parse-picture.ts'
import { readPictureFacts } from '../../src/inspect/read-picture-facts.ts'
import { createTempFolder } from '../temp-folder.ts'

const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex')
const webp = (kind: string, rest: string) => Buffer.concat([Buffer.from('RIFF\0\0\0\0WEBP'), Buffer.from(kind), bytes(rest)])

/** The first bytes of pictures of 640 × 360 pixels. */
const pictures: readonly (readonly [string, Buffer, number | null])[] = [
  ['png', bytes('89504e470d0a1a0a 0000000d 49484452 00000280 00000168 0806000000'), 640],
  ['gif', bytes('474946383961 8002 6801 f70000'), 640],
  ['jpeg', bytes('ffd8 ffe0 0004 0000 ff ffc4 0004 0000 ffc2 0011 08 0168 0280 03012200 0211'), 640],
  ['webp', webp('VP8 ', '00000000 000000 9d012a 8002 6801'), 640],
  ['webp', webp('VP8L', '00000000 2f 7fc25900 000000000000'), 640],
  ['webp', webp('VP8X', '0a000000 00000000 7f0200 670100'), 640],
  ['avif', bytes('00000020 66747970 61766966 00000000'), null],
  ['svg', Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="640">'), null],
]

describe('parsePicture()', () => {
  it.each(pictures)('reads the size of %s', (format, head, width) => {
    expect(parsePicture(head, 90_000)).toEqual({ bytes: 90_000, format, width, height: width === null ? null : 360 })
  })

  it.each(pictures.map(([format, head]) => [format, head] as const))('makes no fault of %s that is cut off anywhere', (_format, head) => {
    for (let length = 0; length < head.length; length++) expect(() => parsePicture(head.subarray(0, length), length)).not.toThrow()
  })

  it('takes any bytes', () => {
    fc.assert(
      fc.property(fc.constantFrom(...pictures.map(([, head]) => head)), fc.uint8Array({ maxLength: 60 }), (head, rest) => {
        expect(parsePicture(Buffer.concat([head.subarray(0, 16), rest]), 1).bytes).toBe(1)
      }),
    )
  })
})

describe('readPictureFacts()', () => {
  it('looks at a file, and says nothing of one that is not there', async () => {
    const folder = await createTempFolder({ 'a.gif': bytes('474946383961 8002 6801 f70000') })
    expect(await readPictureFacts(`${folder}/a.gif`)).toEqual({ bytes: 13, format: 'gif', width: 640, height: 360 })
    expect(await readPictureFacts(`${folder}/b.gif`)).toBe(null)
    expect(await readPictureFacts(folder)).toBe(null)
  })
})
