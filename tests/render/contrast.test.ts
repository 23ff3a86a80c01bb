import { describe, expect, it } from 'vitest'
import { contrast, readableOn } from '../../src/render/contrast.ts'

describe('contrast()', () => {
  it('is 21 for black on white and 1 for a colour on itself', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
    expect(contrast('#ffffff', '#000000')).toBeCloseTo(21)
    expect(contrast('#0b57d0', '#0b57d0')).toBe(1)
  })
})

describe('readableOn()', () => {
  it('writes white on dark colours and black on light ones', () => {
    expect(['#0b57d0', '#8ab4f8', '#ffe100', '#222222'].map(readableOn)).toEqual(['#ffffff', '#000000', '#000000', '#ffffff'])
  })
})
