import { describe, expect, it } from 'vitest'
import { createRelayState, createShares, type RelayState } from '../../src/delivery/relay-state.ts'

const relay = (name: string, weight = 1, connections = 5) =>
  createRelayState({ name, weight, connections, rate: null, preset: null }, [1000, 5000])

describe('createRelayState()', () => {
  it('waits longer after each failure, counts what fails together once, and forgets when it works', () => {
    const one = relay('one')
    one.fail(0, 'nothing answers')
    one.fail(10, 'nothing answers')
    expect(one.waitFor(0)).toBeGreaterThanOrEqual(1000)
    expect(one.waitFor(0)).toBeLessThanOrEqual(1100)
    one.fail(2000, 'nothing answers')
    expect(one.waitFor(2000)).toBeGreaterThanOrEqual(5000)
    expect([one.downSince(), one.why()]).toEqual([0, 'nothing answers'])
    one.recover(9000)
    expect([one.downSince(), one.waitFor(9000)]).toEqual([null, 0])
    one.fail(9500, 'again')
    expect(one.waitFor(9500)).toBeLessThanOrEqual(1100)
  })

  it('takes one broken connection for bad luck, and three in a row for a failure', () => {
    const one = relay('one')
    one.lose(0, 'broke')
    one.lose(1, 'broke')
    expect(one.waitFor(1)).toBe(0)
    one.recover(2)
    one.lose(3, 'broke')
    one.lose(4, 'broke')
    expect(one.waitFor(4)).toBe(0)
    one.lose(5, 'broke')
    expect(one.waitFor(5)).toBeGreaterThan(0)
  })

  it('is tried by one message after a failure, until it works', () => {
    const one = relay('one')
    one.prove()
    one.gate.begin()
    expect(one.isTriedAlready()).toBe(false)
    one.fail(0, 'broke')
    expect(one.isTriedAlready()).toBe(true)
    one.gate.end()
    expect(one.isTriedAlready()).toBe(false)
    one.opening.count += 1
    expect(one.isTriedAlready()).toBe(true)
    one.recover(2000)
    expect(one.isTriedAlready()).toBe(false)
  })

  it('is tried by one message until it has taken one, or wants one later', () => {
    const one = relay('one')
    expect(one.isTriedAlready()).toBe(false)
    one.gate.begin()
    expect(one.isTriedAlready()).toBe(true)
    one.recover(10)
    expect(one.isTriedAlready()).toBe(true)
    one.prove()
    expect(one.isTriedAlready()).toBe(false)
  })

  it('is never used again once it was given up', () => {
    const one = relay('one')
    one.giveUp('the password is wrong')
    one.recover(10)
    one.fail(20, 'nothing answers')
    expect([one.waitFor(1e12), one.why()]).toEqual([Number.POSITIVE_INFINITY, 'the password is wrong'])
  })
})

/** Who gets how many of so many turns, asking in the given order again and again. */
function share(relays: readonly RelayState[], turns: number, now = 1) {
  const shares = createShares(relays)
  const counts = new Map(relays.map(({ name }) => [name, 0]))
  return { shares, counts, run: () => takeTurns(shares, relays, counts, turns, now) }
}

function takeTurns(
  shares: ReturnType<typeof createShares>,
  relays: readonly RelayState[],
  counts: Map<string, number>,
  turns: number,
  now: number,
) {
  for (let turn = 0; turn < turns; turn++) {
    const next = relays[turn % relays.length]
    if (next === undefined || !shares.isTurnOf(next, now)) continue
    shares.take(next)
    counts.set(next.name, (counts.get(next.name) ?? 0) + 1)
  }
  return [...counts.values()]
}

describe('createShares()', () => {
  it('shares by weight, whoever asks more often', () => {
    const [a, b] = [relay('a', 3), relay('b', 1)]
    for (const each of [a, b]) each.open(0)
    const { run } = share([a, b], 4000)
    const [ofA = 0, ofB = 0] = run()
    expect(ofA / ofB).toBeGreaterThan(2.8)
    expect(ofA / ofB).toBeLessThan(3.2)
  })

  it('waits for nobody who is not connected, is away, or has not answered for ten seconds', () => {
    const [a, b] = [relay('a'), relay('b')]
    a.open(0)
    const { shares, run } = share([a, b], 100)
    expect(run()[0]).toBe(50)
    b.open(1)
    b.fail(2, 'away')
    for (let turn = 0; turn < 100; turn++) shares.take(a)
    expect([shares.isTurnOf(a, 3), shares.isTurnOf(a, 5000)]).toEqual([true, true])
    b.open(6000)
    for (let turn = 0; turn < 100; turn++) shares.take(a)
    expect(shares.isTurnOf(a, 6001)).toBe(true)
    for (let turn = 0; turn < 11; turn++) shares.take(a)
    expect([shares.isTurnOf(a, 6002), shares.isTurnOf(a, 16_001)]).toEqual([false, true])
  })

  it('gives one that comes back no more than its share from then on', () => {
    const [a, b] = [relay('a'), relay('b')]
    a.open(0)
    const shares = createShares([a, b])
    for (let turn = 0; turn < 500; turn++) if (shares.isTurnOf(a, 1)) shares.take(a)
    b.open(2)
    const counts = new Map([
      ['a', 0],
      ['b', 0],
    ])
    const [ofA = 0, ofB = 0] = takeTurns(shares, [a, b], counts, 400, 3)
    expect(Math.abs(ofA - ofB)).toBeLessThanOrEqual(20)
  })
})
