import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { waitAfter, waitAfterClosing } from '../../../src/delivery/replies/back-off.ts'

const minute = 60_000
const waits = [5, 15, 30, 60, 120, 240].map(each => each * minute)

describe('waitAfter()', () => {
  it('takes the configured waits in order and repeats the last', () => {
    const ratios = [1, 2, 3, 4, 5, 6, 7, 50].map(attempt => waitAfter(attempt, waits, 'd1') / (waits[Math.min(attempt, 6) - 1] ?? 0))
    for (const ratio of ratios) {
      expect(ratio).toBeGreaterThanOrEqual(1)
      expect(ratio).toBeLessThanOrEqual(1.1)
    }
  })

  it('is the same in every process, and differs between deliveries', () => {
    const first = Array.from({ length: 1000 }, (_, index) => waitAfter(1, waits, `d${index}`))
    expect(first).toEqual(Array.from({ length: 1000 }, (_, index) => waitAfter(1, waits, `d${index}`)))
    expect(new Set(first).size).toBeGreaterThan(900)
    const mean = first.reduce((sum, each) => sum + each, 0) / first.length
    expect(mean / (5 * minute)).toBeCloseTo(1.05, 2)
  })

  it('never throws, whatever the attempt', () => {
    fc.assert(fc.property(fc.integer(), fc.array(fc.nat()), fc.string(), (attempt, list, seed) => waitAfter(attempt, list, seed) >= 0))
  })
})

describe('waitAfterClosing()', () => {
  it('spreads over 5 to 30 minutes', () => {
    const all = Array.from({ length: 1000 }, (_, index) => waitAfterClosing(1, waits, `d${index}`) / minute)
    expect(Math.min(...all)).toBeGreaterThanOrEqual(5)
    expect(Math.min(...all)).toBeLessThan(5.5)
    expect(Math.max(...all)).toBeLessThanOrEqual(30)
    expect(Math.max(...all)).toBeGreaterThan(29.5)
  })
})
