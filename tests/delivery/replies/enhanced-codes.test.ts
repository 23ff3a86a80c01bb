import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { enhancedCodes, readEnhancedCode } from '../../../src/delivery/replies/enhanced-codes.ts'

describe('readEnhancedCode()', () => {
  it.each([
    ['5.1.1', 'hard'],
    ['5.1.10', 'hard'],
    ['4.1.1', 'soft'],
    ['5.2.2', 'soft'],
    ['5.1.8', 'sender-fault'],
    ['5.7.1', 'policy'],
    ['4.7.28', 'policy'],
    ['5.7.515', 'policy'],
    ['5.3.4', 'message-fault'],
    ['5.4.316', 'soft'],
    ['5.9.9', 'soft'],
    ['2.1.5', 'fine'],
    ['2.7.1', 'fine'],
    ['5.01.001', 'hard'],
  ])('reads %s as %s', (code, means) => {
    expect(readEnhancedCode(code)?.means).toBe(means)
  })

  it('takes exactly the codes for hard that reject and suppress at RCPT', () => {
    const hard = Object.keys(enhancedCodes).filter(each => enhancedCodes[each]?.means === 'hard')
    expect(hard).toEqual(['1.1', '1.2', '1.3', '1.6', '1.10'])
  })

  it('knows the registry without a gap', () => {
    const last: Record<string, number> = { 0: 0, 1: 10, 2: 4, 3: 6, 4: 7, 5: 6, 6: 10, 7: 30 }
    const expected = Object.entries(last).flatMap(([subject, detail]) =>
      Array.from({ length: detail + 1 }, (_, each) => `${subject}.${each}`),
    )
    expect(Object.keys(enhancedCodes).sort()).toEqual(expected.sort())
  })

  it('is null for what is no code, and never throws', () => {
    for (const text of ['', '5.1', '3.1.1', '5.1.1.1', '5.1.1 ', '5.constructor.1', '5.1.1000']) expect(readEnhancedCode(text)).toBeNull()
    fc.assert(fc.property(fc.string(), text => readEnhancedCode(text) === null || /^[245]\./.test(text)))
  })
})
