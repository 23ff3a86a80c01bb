/** Keeps a rate in every window of its span where timers are late: two messages whose slots are apart may wake together. */

/** What was let go lately. Instants are milliseconds of a clock that only goes forward. */
export interface Releases {
  /** How long until one more may go; 0: now. */
  readonly waitFor: (now: number) => number
  readonly take: (now: number) => void
}

// What is let go a second apart arrives a little less than a second apart, when the first was held up on its way.
const margin = 1.03

/** For a rate of `rate` a second: of fourteen a second, no more than fourteen within any second; of one in two seconds, no more than one in two. */
export function createReleases(rate: number): Releases {
  const most = Math.max(1, Math.floor(rate))
  const span = (most / rate) * 1000 * margin
  let lately: readonly number[] = []
  return {
    waitFor: now => {
      const first = lately.length < most ? undefined : lately[lately.length - most]
      return first === undefined ? 0 : Math.max(0, first + span - now)
    },
    take: now => {
      lately = [...lately.slice(lately.length < most ? 0 : 1), now]
    },
  }
}
