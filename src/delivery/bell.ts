/** Waiting for something to happen: work that came in, a message that ended, a stop. */

/** A bell that many wait for. */
export interface Bell {
  /** All who wait now go on. */
  readonly ring: () => void
  /** How often it has rung. To be asked before one looks, or a ring between looking and waiting is missed. */
  readonly rings: () => number
  /** Aborted with the next ring after so many; at once where that has been. */
  readonly after: (rings: number) => AbortSignal
}

/** A bell. */
export function createBell(): Bell {
  let rings = 0
  // It rings for every message, and mostly nobody waits: nothing is made until somebody does.
  let controller: AbortController | null = null
  return {
    ring: () => {
      rings += 1
      // Without a reason an exception would be made for it.
      controller?.abort(null)
      controller = null
    },
    rings: () => rings,
    after: heard => {
      if (heard !== rings) return AbortSignal.abort(null)
      controller ??= new AbortController()
      return controller.signal
    },
  }
}
