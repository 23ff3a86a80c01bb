/** Waiting for something to happen: work that came in, a message that ended, a stop. */

/** A bell that many wait for. */
export interface Bell {
  /** All who wait now go on. */
  readonly ring: () => void
  /** Aborted with the next ring. */
  readonly next: () => AbortSignal
}

/** A bell. */
export function createBell(): Bell {
  let controller: AbortController | null = null
  return {
    ring: () => {
      // Without a reason an exception would be made for each ring.
      controller?.abort(null)
      controller = null
    },
    next: () => {
      controller ??= new AbortController()
      return controller.signal
    },
  }
}
