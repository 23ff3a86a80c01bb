/** How many messages may be under way at once to a recipient domain, or over a relay; fewer once it has asked for less. */

/** One gate. Instants are milliseconds of a clock that only goes forward. */
export interface Gate {
  readonly isOpen: (now: number) => boolean
  readonly begin: () => void
  readonly end: () => void
  /** It asked for less: half of what is under way, at least one. */
  readonly slow: (now: number) => void
  readonly underWay: () => number
}

/** Each time that so long has passed in quiet, one message more may be under way. */
const recovery = 30_000

/** A gate that lets `most` through at once; null: any number. */
export function createGate(most: number | null): Gate {
  let underWay = 0
  let slowed: { readonly to: number; readonly at: number } | null = null
  const allowed = (now: number): number => {
    const usual = most ?? Number.POSITIVE_INFINITY
    if (slowed === null) return usual
    const recovered = slowed.to + Math.floor((now - slowed.at) / recovery)
    return Math.min(usual, recovered)
  }
  return {
    isOpen: now => underWay < allowed(now),
    begin: () => {
      underWay += 1
    },
    end: () => {
      underWay -= 1
    },
    slow: now => {
      slowed = { to: Math.max(1, Math.floor(Math.min(underWay, allowed(now)) / 2)), at: now }
    },
    underWay: () => underWay,
  }
}
