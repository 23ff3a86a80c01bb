const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Runs what somebody may interrupt (Ctrl-C). The signal that `work` is given is aborted then, and the process goes on: what has begun can still be told
 * of. The command ends with exit code 130, and with it whatever is left open.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const interruption = new AbortController()
  const stop = () => interruption.abort()
  for (const signal of signals) process.on(signal, stop)
  try {
    return await work(interruption.signal)
  } finally {
    for (const signal of signals) process.off(signal, stop)
  }
}
