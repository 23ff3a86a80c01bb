import type { Clock } from './sending.ts'

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  sleep: (milliseconds, signal) => sleep(milliseconds, signal),
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
