import { describe, expect, it } from 'vitest'
import { createReleases } from '../../src/delivery/releases.ts'
import { type RateLimit, writeSlot } from '../../src/delivery/write-slots.ts'
import { createLedger, send } from './engine.ts'
import { onBoth, onPostgres } from './on-both.ts'
import { accountFor, prepare, sendAndAccount, startRelay, statesOf } from './scenario.ts'

// Server and sender share one thread here, and so what was let go in time may be seen late: a second less what that takes.
const wire = 900

/** The most messages within any second. */
function mostInASecond(instants: readonly number[], span = 1000): number {
  const sorted = [...instants].sort((a, b) => a - b)
  return Math.max(0, ...sorted.map((from, index) => sorted.slice(index).filter(each => each < from + span).length))
}

/** A relay that notes when the first bytes of each message came. */
async function startTimedRelay() {
  const instants: { readonly to: string; readonly at: number }[] = []
  const relay = await startRelay({
    decide: ({ stage, to }) => {
      if (stage === 'dot') instants.push({ to, at: performance.now() })
      return undefined
    },
  })
  return { relay, at: (matches: (to: string) => boolean = () => true) => instants.filter(({ to }) => matches(to)).map(({ at }) => at) }
}

onBoth('rates', create => {
  it.each([
    ['of the sending', { limits: { rate: 20 } }],
    ['of a relay', { facts: { rate: 20, connections: 20 } }],
  ])('%s hold in every second, and are made use of', async (_, options) => {
    const prepared = await prepare(create, 60)
    const { relay, at } = await startTimedRelay()
    const sent = await sendAndAccount(prepared, [relay], { facts: { connections: 20 }, ...options })
    expect(statesOf(sent)).toEqual({ accepted: 60 })
    const took = Math.max(...at()) - Math.min(...at())
    expect(mostInASecond(at(), wire)).toBeLessThanOrEqual(20)
    expect(took).toBeGreaterThanOrEqual(2900)
    expect(took).toBeLessThan(5000)
  })

  it('of a domain hold in every second, and keep no connection from the others', async () => {
    const people = Array.from({ length: 230 }, (_, index) => `reader${index}@${index < 30 ? 'gmail.example' : `d${index % 40}.example`}`)
    const prepared = await prepare(create, people)
    const { relay, at } = await startTimedRelay()
    const sent = await sendAndAccount(prepared, [relay], {
      facts: { connections: 4 },
      limits: { perDomain: new Map([['gmail.example', { connections: null, rate: 10 }]]) },
    })
    expect(statesOf(sent)).toEqual({ accepted: 230 })
    const isGmail = (to: string) => to.endsWith('@gmail.example')
    expect(mostInASecond(at(isGmail), wire)).toBeLessThanOrEqual(10)
    const others = at(to => !isGmail(to))
    expect(Math.max(...others) - Math.min(...at())).toBeLessThan(0.7 * (Math.max(...at(isGmail)) - Math.min(...at())))
  })
})

onPostgres('rates of several workers', create => {
  it('hold in every second', async () => {
    const prepared = await prepare(create, 60)
    const { relay, at } = await startTimedRelay()
    const worker = () => send({ ...prepared, ports: [relay.port], facts: { connections: 10 }, limits: { rate: 20 } })
    const ends = await Promise.all([worker(), worker()])
    expect(ends.map(({ end }) => end.kind)).toEqual(['finished', 'finished'])
    await accountFor(prepared, [relay])
    expect(at()).toHaveLength(60)
    expect(mostInASecond(at(), wire)).toBeLessThanOrEqual(20)
  })
})

onBoth('writeSlot()', create => {
  it('gives slots that are evenly apart, and the latest of several limits', async () => {
    const { ledger } = await create()
    const limits: readonly RateLimit[] = [
      { name: 'relay one', rate: 10 },
      { name: 'sending 1', rate: 50 },
    ]
    const [start, instants] = [performance.now(), [] as number[]]
    for (let index = 0; index < 5; index++) {
      const now = performance.now() - start
      instants.push(now + (await writeSlot(ledger, limits, 1_770_000_000_000 + now)))
    }
    for (const [index, each] of instants.slice(1).entries()) expect(Math.abs(each - (instants[index] ?? 0) - 100)).toBeLessThan(25)
  })

  it('gives another limit its own slots', async () => {
    const { ledger } = await create()
    for (let index = 0; index < 5; index++) await writeSlot(ledger, [{ name: 'a', rate: 1 }], 1_770_000_000_000)
    expect(await writeSlot(ledger, [{ name: 'b', rate: 1 }], 1_770_000_000_000)).toBe(0)
  })
})

describe('writeSlot() when the clock is set back', () => {
  it.each([-3_600_000, -3_590_000, -300_000, 3_600_000])('by %i ms it gives the next slot at once', async jump => {
    const { ledger } = await createLedger()
    const now = 1_770_000_000_000
    for (let index = 0; index < 20; index++) await writeSlot(ledger, [{ name: 'a', rate: 10 }], now)
    expect(await writeSlot(ledger, [{ name: 'a', rate: 10 }], now + jump)).toBe(0)
    expect(await writeSlot(ledger, [{ name: 'a', rate: 10 }], now + jump)).toBe(100)
  })
})

describe('createReleases()', () => {
  it('lets no more than the rate through in any second, however late timers are', () => {
    const releases = createReleases(14)
    const instants: number[] = []
    let now = 0
    // Slots are evenly apart; every third timer is up to 90 ms late.
    for (let index = 0; index < 500; index++) {
      now = Math.max(now, index * (1000 / 14) + (index % 3 === 0 ? (index * 37) % 90 : 0))
      now += releases.waitFor(now)
      releases.take(now)
      instants.push(now)
    }
    expect(mostInASecond(instants)).toBe(14)
    expect(now).toBeLessThan(1.06 * 500 * (1000 / 14))
  })

  it('keeps a rate of less than one a second', () => {
    const releases = createReleases(0.5)
    releases.take(0)
    expect([releases.waitFor(0), releases.waitFor(1500), releases.waitFor(2100)]).toEqual([2060, 560, 0])
  })
})
