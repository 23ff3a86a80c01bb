import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { breakPlainLine, encodeQuotedPrintable } from '../../src/message/quoted-printable.ts'

const encode = (text: string) => Buffer.from(encodeQuotedPrintable(text)).toString('latin1')

describe('encodeQuotedPrintable()', () => {
  it.each([
    ['plain text', 'plain text'],
    ['a=b', 'a=3Db'],
    ['one\ntwo\r\nthree', 'one\r\ntwo\r\nthree'],
    ['one\rtwo', 'one=0Dtwo'],
    ['blank \ntab\t', 'blank=20\r\ntab=09'],
    ['.\n..', '=2E\r\n=2E.'],
    ['From me\nFromage', '=46rom me\r\nFromage'],
    ['ü', '=C3=BC'],
    ['\0', '=00'],
    ['\uD800', '=EF=BF=BD'],
    ['', ''],
  ])('writes %j as %j', (text, encoded) => expect(encode(text)).toBe(encoded))

  it('leaves room for a soft break behind every line and splits no character', () => {
    const lines = encode('😀ü'.repeat(200)).split('\r\n')
    for (const line of lines) {
      expect(line.length).toBeLessThanOrEqual(76)
      expect(line).toMatch(/^(=F0=9F=98=80|=C3=BC)+=?$/)
    }
    for (const line of encode('x'.repeat(1500)).split('\r\n')) expect(line.replace(/=$/, '').length).toBeLessThanOrEqual(75)
  })
})

describe('breakPlainLine()', () => {
  const piece = fc.oneof(fc.string(), fc.constantFrom('.', 'From ', ' ', '=', 'x'.repeat(75), 'y'.repeat(74), 'ü', '\n'))
  const line = fc.array(piece, { maxLength: 6 }).map(pieces => pieces.join(''))

  it('writes what encodeQuotedPrintable() writes, or leaves it to that', () => {
    fc.assert(
      fc.property(line, text => {
        expect(breakPlainLine(text) ?? encode(text)).toBe(encode(text))
      }),
      { numRuns: 2000 },
    )
  })

  it('is enough for links, names and addresses', () => {
    const link = `https://letter.harbour.example/unsubscribe/${'x'.repeat(60)}`
    for (const text of [link, 'Ada Example', 'ada@reader.example']) expect(breakPlainLine(text)).toBe(encode(text))
  })
})
