/** Ctrl-C, twice: the first asks, the second insists. */

/** Signals of one command. */
export interface Interruptions {
  readonly first: AbortSignal
  readonly second: AbortSignal
  readonly stop: () => void
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Listens until it is stopped. `onFirst` tells whoever pressed it what happens now. */
export function watchInterruptions(onFirst: () => void): Interruptions {
  const [first, second] = [new AbortController(), new AbortController()]
  const onSignal = () => {
    if (first.signal.aborted) {
      // A third one finds nobody listening, and ends the process whatever it does.
      stop()
      second.abort()
      return
    }
    onFirst()
    first.abort()
  }
  const stop = () => {
    for (const signal of signals) process.off(signal, onSignal)
  }
  for (const signal of signals) process.on(signal, onSignal)
  return { first: first.signal, second: second.signal, stop }
}
