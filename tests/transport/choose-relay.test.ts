import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseRelay, type RelayShares, type WeighedRelay } from '../../src/transport/choose-relay.ts'

function chooseMany(relays: readonly WeighedRelay[], count: number, isOut?: (relay: WeighedRelay, round: number) => boolean): string[] {
  let shares: RelayShares = new Map()
  return Array.from({ length: count }, (_, round) => {
    const choice = chooseRelay(relays, shares, relay => isOut?.(relay, round) ?? false)
    if (choice === null) return '-'
    shares = choice.shares
    return choice.relay.name
  })
}

const a = { name: 'a', weight: 3 }
const b = { name: 'b', weight: 1 }

describe('chooseRelay()', () => {
  it('mixes relays evenly by their weights, the same way every time', () => {
    expect(chooseMany([a, b], 8).join('')).toBe('aabaaaba')
    expect(chooseMany([a], 3).join('')).toBe('aaa')
  })

  it('gives every relay exactly its weight in each round of all weights', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }), weights => {
        const relays = weights.map((weight, at) => ({ name: `r${at}`, weight }))
        const round = weights.reduce((sum, weight) => sum + weight, 0)
        const names = chooseMany(relays, 3 * round)
        for (let at = 0; at < 3; at++) {
          const part = names.slice(at * round, (at + 1) * round)
          expect(relays.map(({ name }) => part.filter(each => each === name).length)).toEqual(weights)
        }
      }),
    )
  })

  it('passes over a relay that is out, and does not flood it when it comes back', () => {
    const names = chooseMany([a, b], 28, (relay, round) => relay.name === 'a' && round < 20)
    expect(names.slice(0, 20)).toEqual(Array(20).fill('b'))
    expect(names.slice(20).filter(each => each === 'b')).toHaveLength(2)
  })

  it('chooses none where all are out, and none of none', () => {
    expect(chooseRelay([a, b], new Map(), () => true)).toBeNull()
    expect(chooseRelay([], new Map())).toBeNull()
  })
})
