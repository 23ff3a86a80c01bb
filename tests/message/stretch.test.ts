import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dotStuff } from '../../src/message/dot-stuff.ts'
import { encodeStretch, fuseStretches, joinStretches, plainStretch, type Stretch } from '../../src/message/stretch.ts'

const join = (...stretches: (Stretch | null)[]) => Buffer.concat(joinStretches(stretches)).toString('latin1')
const joinTexts = (...texts: string[]) => join(...texts.map(encodeStretch))

describe('joinStretches()', () => {
  it('joins at soft line breaks, and at none where a line has ended', () => {
    expect(joinTexts('Hello ', 'Ada', '!\n', 'Bye')).toBe('Hello=20=\r\nAda=\r\n!\r\nBye')
  })

  it('lets the neighbours of an empty one meet', () => {
    expect(joinTexts('', 'a', '', 'b', '')).toBe('a=\r\nb')
    expect(joinTexts('', '')).toBe('')
  })

  it('puts no soft break before the lines between two parts', () => {
    expect(join(encodeStretch('a'), plainStretch('\r\n--b\r\n'), encodeStretch('c'))).toBe('a\r\n--b\r\nc')
  })

  it('hands the bytes on and copies none', () => {
    const [a, b] = [encodeStretch('a'), encodeStretch('b')]
    expect(joinStretches([a, b])).toEqual([a?.atLineStart, b?.afterOpenLine])
    expect(joinStretches([a, b])[1]).toBe(b?.afterOpenLine)
  })

  const hostile = fc
    .array(fc.constantFrom('.', '..', '\n', '\r\n', '\r', '=', 'From ', ' ', 'ü', '😀', 'x'.repeat(80), '--b', ''), { maxLength: 12 })
    .map(parts => parts.join(''))
  const any = fc.oneof(hostile.map(encodeStretch), fc.constantFrom('\r\n--b\r\n\r\n', '\r\n--b--\r\n').map(plainStretch))

  it('gives what SMTP has nothing to double in, whatever is joined to what', () => {
    fc.assert(
      fc.property(fc.array(any), stretches => {
        const message = Buffer.from(`${join(...stretches)}\r\n`, 'latin1')
        expect(dotStuff(message)).toBe(message)
        for (const stretch of stretches) expect(stretch?.atLineStart.at(0)).not.toBe(0x2e)
      }),
    )
  })

  it('joins the same however many of the stretches were fused before', () => {
    fc.assert(
      fc.property(fc.array(any), fc.array(any), fc.array(any), (before, fused, after) => {
        const one = fuseStretches(fused.filter(each => each !== null))
        expect(join(...before, one, ...after)).toBe(join(...before, ...fused, ...after))
      }),
    )
  })
})
