/** How many messages may be under way at once to a recipient domain, or over a relay, and from when on; fewer once it has asked for less. */

/** One gate. Instants are milliseconds of a clock that only goes forward. */
export interface Gate {
  /** How long until it may open: 0 where it is open; infinite where it waits for a message under way to end. */
  readonly waitFor: (now: number) => number
  readonly begin: () => void
  readonly end: () => void
  /** It asked for less: half of what is under way, at least one. What asks together is heard once. */
  readonly slow: (now: number) => void
  /** Keeps it shut until then: the next slot of a rate is no earlier. */
  readonly hold: (until: number) => void
  readonly underWay: () => number
}

/** Each time that so long has passed in quiet, one message more may be under way. */
const recovery = 30_000
// A relay that closes closes all its connections: that is one wish for less, not twenty.
const together = 1000

/** A gate that lets `most` through at once; null: any number. */
export function createGate(most: number | null): Gate {
  let underWay = 0
  let slowed: { readonly to: number; readonly at: number } | null = null
  let heldUntil = Number.NEGATIVE_INFINITY
  const allowed = (now: number): number => {
    const usual = most ?? Number.POSITIVE_INFINITY
    if (slowed === null) return usual
    const recovered = slowed.to + Math.floor((now - slowed.at) / recovery)
    return Math.min(usual, recovered)
  }
  return {
    waitFor: now => (underWay < allowed(now) ? Math.max(0, heldUntil - now) : Number.POSITIVE_INFINITY),
    begin: () => {
      underWay += 1
    },
    end: () => {
      underWay -= 1
    },
    slow: now => {
      if (slowed !== null && now - slowed.at < together) return
      slowed = { to: Math.max(1, Math.floor(Math.min(underWay, allowed(now)) / 2)), at: now }
    },
    hold: until => {
      heldUntil = Math.max(heldUntil, until)
    },
    underWay: () => underWay,
  }
}
