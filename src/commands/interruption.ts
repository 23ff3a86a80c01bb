const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Calls back for every signal to end, which then does not end the process; until what is returned is called. */
export function onInterruption(listener: () => void): () => void {
  for (const signal of signals) process.on(signal, listener)
  return () => {
    for (const signal of signals) process.off(signal, listener)
  }
}

/**
 * Runs what somebody may interrupt (Ctrl-C). The signal that `work` is given is aborted then, and the process goes on: what has begun can still be told
 * of. The command ends with exit code 130, and with it whatever is left open.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const interruption = new AbortController()
  const stop = onInterruption(() => interruption.abort())
  try {
    return await work(interruption.signal)
  } finally {
    stop()
  }
}
