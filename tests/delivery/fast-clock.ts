import { systemClock } from '../../src/delivery/run-clock.ts'
import type { Clock } from '../../src/delivery/sending.ts'

/** Time that goes `factor` times as fast, from `startAt` on (milliseconds since 1970): what takes two hours is seen in two minutes. */
export function createFastClock(factor: number, startAt: number): Clock {
  const begun = performance.now()
  const elapsed = () => (performance.now() - begun) * factor
  return {
    now: () => Math.round(startAt + elapsed()),
    elapsed,
    sleep: (milliseconds, signal) => systemClock.sleep(milliseconds / factor, signal),
  }
}
