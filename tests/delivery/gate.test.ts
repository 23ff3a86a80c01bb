import { describe, expect, it } from 'vitest'
import { createGate } from '../../src/delivery/gate.ts'

describe('createGate()', () => {
  it('lets so many through at once', () => {
    const gate = createGate(2)
    gate.begin()
    expect(gate.waitFor(0)).toBe(0)
    gate.begin()
    expect(gate.waitFor(0)).toBe(Number.POSITIVE_INFINITY)
    gate.end()
    expect(gate.waitFor(0)).toBe(0)
  })

  it('halves what is under way when asked for less, never below one, and lets one more through each 30 seconds', () => {
    const gate = createGate(null)
    for (let index = 0; index < 9; index++) gate.begin()
    gate.slow(0)
    const allowedAt = (now: number) => {
      while (gate.underWay() > 0) gate.end()
      while (gate.waitFor(now) === 0) gate.begin()
      return gate.underWay()
    }
    expect([allowedAt(0), allowedAt(29_999), allowedAt(30_000), allowedAt(90_000)]).toEqual([4, 4, 5, 7])
    while (gate.underWay() > 0) gate.end()
    gate.slow(90_001)
    expect(allowedAt(90_001)).toBe(1)
  })

  it('hears once what is asked for together', () => {
    const gate = createGate(null)
    for (let index = 0; index < 16; index++) gate.begin()
    for (let index = 0; index < 16; index++) gate.slow(index)
    while (gate.underWay() > 7) gate.end()
    expect(gate.waitFor(20)).toBe(0)
    gate.slow(2000)
    expect(gate.waitFor(2000)).toBe(Number.POSITIVE_INFINITY)
  })

  it('never lets more through than usual, however long ago it was asked for less', () => {
    const gate = createGate(3)
    gate.slow(0)
    for (let index = 0; index < 3; index++) gate.begin()
    expect(gate.waitFor(10_000_000)).toBe(Number.POSITIVE_INFINITY)
  })

  it('stays shut until the next slot', () => {
    const gate = createGate(null)
    gate.hold(500)
    gate.hold(300)
    expect([gate.waitFor(0), gate.waitFor(499), gate.waitFor(500)]).toEqual([500, 1, 0])
  })
})
