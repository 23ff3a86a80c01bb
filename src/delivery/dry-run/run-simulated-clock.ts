import type { Clock } from '../sending.ts'

/** In milliseconds of the machine: a tick that comes later counts as one of this length. */
const longestTick = 2

/**
 * Time that goes at most `factor` times as fast, from `startAt` on (milliseconds since 1970), in ticks: two hours are seen in minutes. A machine that is busy has late
 * ticks, and then the time goes slower; so what a limit allows in a second is never more than the machine can do in it. It stands still while nobody sleeps.
 */
export function createSimulatedClock(factor: number, startAt: number): Clock {
  const sleepers = new Set<{ readonly due: number; readonly wake: () => void }>()
  let elapsed = 0
  let tickedAt = performance.now()
  let isWound = false
  const tick = () => {
    isWound = false
    const now = performance.now()
    elapsed += Math.min(now - tickedAt, longestTick) * factor
    tickedAt = now
    const due = [...sleepers].filter(each => each.due <= elapsed)
    for (const { wake } of due.sort((one, other) => one.due - other.due)) wake()
    wind()
  }
  const wind = () => {
    if (sleepers.size === 0 || isWound) return
    isWound = true
    setTimeout(tick, 1)
  }
  const sleep: Clock['sleep'] = (milliseconds, signal) => {
    if (signal?.aborted === true) return Promise.resolve()
    return new Promise(resolve => {
      const wake = () => {
        sleepers.delete(sleeper)
        signal?.removeEventListener('abort', wake)
        resolve()
      }
      const sleeper = { due: elapsed + milliseconds, wake }
      sleepers.add(sleeper)
      signal?.addEventListener('abort', wake)
      wind()
    })
  }
  return { now: () => Math.round(startAt + elapsed), elapsed: () => elapsed, sleep }
}
