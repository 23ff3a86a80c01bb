import type { Clock } from './sending.ts'

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  sleep: (milliseconds, signal) => sleep(milliseconds, signal),
}

/** Time that goes `factor` times as fast, from `startAt` on (milliseconds since 1970): what takes two hours is seen in two minutes. */
export function createFastClock(factor: number, startAt: number): Clock {
  const begun = performance.now()
  const elapsed = () => (performance.now() - begun) * factor
  return { now: () => Math.round(startAt + elapsed()), elapsed, sleep: (milliseconds, signal) => sleep(milliseconds / factor, signal) }
}

// A longer time than a timer can hold (2^31 - 1 ms) would be none.
const longestTimer = 2 ** 31 - 1

function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted === true) return Promise.resolve()
  return new Promise(resolve => {
    const end = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, Math.min(Math.max(0, milliseconds), longestTimer))
    signal?.addEventListener('abort', end)
  })
}
