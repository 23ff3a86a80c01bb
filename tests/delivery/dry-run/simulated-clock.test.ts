import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createSimulatedClock } from '../../../src/delivery/dry-run/run-simulated-clock.ts'

describe('createSimulatedClock()', () => {
  it('passes an hour in less than a few seconds, and wakes sleepers in their order', async () => {
    const clock = createSimulatedClock(3600, 1_770_000_000_000)
    const woken: number[] = []
    const startedAt = performance.now()
    const sleep = (minutes: number) => clock.sleep(minutes * 60_000).then(() => void woken.push(minutes))
    await Promise.all([60, 5, 30].map(sleep))
    expect(woken).toEqual([5, 30, 60])
    expect(clock.elapsed()).toBeGreaterThanOrEqual(3_600_000)
    expect(clock.now()).toBeGreaterThanOrEqual(1_770_003_600_000)
    expect(performance.now() - startedAt).toBeLessThan(10_000)
  })

  it('goes slower while the machine is busy: a stall is no more than a tick', async () => {
    const clock = createSimulatedClock(1000, 0)
    const asleep = clock.sleep(1)
    const until = performance.now() + 200
    while (performance.now() < until);
    await asleep
    expect(clock.elapsed()).toBeLessThanOrEqual(2000)
  })

  it('stands still while nobody sleeps', async () => {
    const clock = createSimulatedClock(1000, 0)
    await clock.sleep(1)
    const before = clock.elapsed()
    await wait(50)
    expect(clock.elapsed()).toBe(before)
  })

  it('ends a sleep with its signal, also one that was given before', async () => {
    const clock = createSimulatedClock(1, 0)
    const stop = new AbortController()
    const asleep = clock.sleep(Number.POSITIVE_INFINITY, stop.signal)
    stop.abort()
    await asleep
    await clock.sleep(1_000_000, stop.signal)
    expect(clock.elapsed()).toBeLessThan(1000)
  })
})
