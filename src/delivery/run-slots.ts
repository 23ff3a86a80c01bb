/** Waiting for the moment at which a message may go. */

import type { RelayState } from './relay-state.ts'
import { createReleases, type Releases } from './releases.ts'
import type { LaneContext } from './run-lane.ts'
import type { SendingJob, SendingRun } from './sending-run.ts'
import { type RateLimit, writeSlot } from './write-slots.ts'

// So long before its slot a message may be under way. Longer for a relay: its connections may do nothing else, and the message has to get there. A domain
// that waits holds connections which others could have.
const aheadForRelay = 1000
const aheadForDomain = 100

/** A limit that holds for a message, and what is kept shut until its next slot is near. */
interface Limit extends RateLimit {
  readonly hold: (nextSlot: number) => void
}

/** Waits for a slot of every rate that holds for a message; null where none is configured. `ending` ends the wait. */
export function slotsOf(job: SendingJob, run: SendingRun, ending: AbortSignal): LaneContext['slotFor'] {
  const { ledger, sending, relays, limits, clock } = job
  const hasRates =
    limits.rate !== null ||
    relays.some(({ facts }) => facts.rate !== null) ||
    [...limits.perDomain.values()].some(each => each.rate !== null)
  if (!hasRates) return null
  const releases = new Map<string, Releases>()
  const releasesOf = ({ name, rate }: RateLimit): Releases => {
    const known = releases.get(name) ?? createReleases(rate)
    releases.set(name, known)
    return known
  }
  // A clock that is set back while we send must not put slots an hour away.
  const setOut = clock.now() - clock.elapsed()

  const limitsOf = (relay: RelayState, domain: string): readonly Limit[] => {
    const holdRelays = (states: readonly RelayState[]) => (nextSlot: number) => {
      for (const { gate } of states) gate.hold(nextSlot - aheadForRelay)
    }
    const domainRate = limits.perDomain.get(domain)?.rate ?? null
    const all = run.relays.map(({ state }) => state)
    return [
      ...(limits.rate === null ? [] : [{ name: `sending ${sending.id}`, rate: limits.rate, hold: holdRelays(all) }]),
      ...(relay.rate === null ? [] : [{ name: `relay ${relay.name}`, rate: relay.rate, hold: holdRelays([relay]) }]),
      ...(domainRate === null
        ? []
        : [{ name: `domain ${domain}`, rate: domainRate, hold: (at: number) => run.queue.hold(domain, at - aheadForDomain) }]),
    ]
  }

  return async (relay, { domain }) => {
    const holding = limitsOf(relay, domain)
    if (holding.length === 0) return !ending.aborted
    const slot = clock.elapsed() + (await writeSlot(ledger, holding, setOut + clock.elapsed()))
    for (const { rate, hold } of holding) hold(slot + 1000 / rate)
    const windows = holding.map(releasesOf)
    while (!ending.aborted) {
      const now = clock.elapsed()
      const wait = Math.max(slot - now, ...windows.map(each => each.waitFor(now)))
      if (wait <= 0) {
        for (const each of windows) each.take(now)
        return true
      }
      await clock.sleep(wait, ending)
    }
    return false
  }
}
