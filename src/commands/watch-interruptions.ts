/** Ctrl-C, twice: the first asks, the second insists. */

import { onInterruption } from './interruption.ts'

/** Signals of one command. */
export interface Interruptions {
  readonly first: AbortSignal
  readonly second: AbortSignal
  readonly stop: () => void
}

/** Listens until it is stopped. `onFirst` tells whoever pressed it what happens now. */
export function watchInterruptions(onFirst: () => void): Interruptions {
  const [first, second] = [new AbortController(), new AbortController()]
  const stop = onInterruption(() => {
    if (first.signal.aborted) {
      // A third one finds nobody listening, and ends the process whatever it does.
      stop()
      second.abort()
      return
    }
    onFirst()
    first.abort()
  })
  return { first: first.signal, second: second.signal, stop }
}
