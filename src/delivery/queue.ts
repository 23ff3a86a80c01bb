/** The deliveries that this process has in hand: waiting by domain, so that a domain at its limit holds up nobody else. */

import type { DomainLimit } from '../config/rate-limit.ts'
import { createGate, type Gate } from './gate.ts'
import type { Candidate } from './sending.ts'

/** A queue. Instants are milliseconds of a clock that only goes forward. */
export interface Queue {
  readonly add: (candidates: readonly Candidate[]) => void
  /** How many wait; those under way are not counted. */
  readonly waiting: () => number
  readonly underWay: () => number
  /** How long until one may be taken; 0: now. Infinite where none waits, or all wait for others that are under way. */
  readonly waitFor: (now: number) => number
  /** The next one whose domain may have another message under way; it is under way then. Domains take turns. Null where there is none now. */
  readonly take: (now: number) => Candidate | null
  /** It is no longer under way, and no longer in hand. */
  readonly drop: (candidate: Candidate) => void
  /** Its connection broke: it is no longer under way and waits again, each time twice as long. */
  readonly putBack: (candidate: Candidate, now: number) => void
  /** The domain has asked for less. Called while the message that it answered is under way. */
  readonly slow: (domain: string, now: number) => void
  /** No message to the domain until then: its rate has no slot before. */
  readonly hold: (domain: string, until: number) => void
}

/** Fewer waiting than this, and more are to be read. */
export const lowWater = 1000

// A message that breaks every connection must not keep the others from theirs.
const shortestAgain = 250
const longestAgain = 60_000

interface PutBack {
  readonly candidate: Candidate
  readonly notBefore: number
}

/** An empty queue. `limits` by domain. */
export function createQueue(limits: ReadonlyMap<string, DomainLimit>): Queue {
  const domains = new Map<string, Candidate[]>()
  const gates = new Map<string, Gate>()
  /** Domains whose gate remembers more than what is under way. */
  const remembered = new Set<string>()
  const inHand = new Set<number>()
  /** How often the connection broke under a delivery. */
  const breaks = new Map<number, number>()
  let later: readonly PutBack[] = []
  let underWay = 0

  const gateOf = (domain: string): Gate => {
    const known = gates.get(domain)
    if (known !== undefined) return known
    const gate = createGate(mostUnderWay(limits.get(domain)))
    gates.set(domain, gate)
    return gate
  }
  const wait = (candidate: Candidate) => {
    const waiting = domains.get(candidate.domain)
    if (waiting === undefined) domains.set(candidate.domain, [candidate])
    else waiting.push(candidate)
  }
  const bringBack = (now: number) => {
    if (!later.some(({ notBefore }) => notBefore <= now)) return
    for (const { candidate, notBefore } of later) if (notBefore <= now) wait(candidate)
    later = later.filter(({ notBefore }) => notBefore > now)
  }
  const isOpen = (domain: string, now: number) => (gates.get(domain)?.waitFor(now) ?? 0) === 0
  const findOpen = (now: number): string | null => {
    bringBack(now)
    for (const domain of domains.keys()) if (isOpen(domain, now)) return domain
    return null
  }
  const release = ({ domain }: Candidate) => {
    const gate = gateOf(domain)
    gate.end()
    underWay -= 1
    // Most lists have more domains than anybody wants to remember.
    if (gate.underWay() === 0 && !remembered.has(domain)) gates.delete(domain)
  }

  return {
    add: candidates => {
      for (const candidate of candidates) {
        if (inHand.has(candidate.id)) continue
        inHand.add(candidate.id)
        wait(candidate)
      }
    },
    waiting: () => inHand.size - underWay,
    underWay: () => underWay,
    waitFor: now => {
      if (findOpen(now) !== null) return 0
      let shortest = Number.POSITIVE_INFINITY
      for (const domain of domains.keys()) shortest = Math.min(shortest, gates.get(domain)?.waitFor(now) ?? 0)
      for (const { notBefore } of later) shortest = Math.min(shortest, notBefore - now)
      return shortest
    },
    take: now => {
      const domain = findOpen(now)
      const waiting = domain === null ? undefined : domains.get(domain)
      const candidate = waiting?.shift()
      if (domain === null || waiting === undefined || candidate === undefined) return null
      domains.delete(domain)
      if (waiting.length > 0) domains.set(domain, waiting)
      gateOf(domain).begin()
      underWay += 1
      return candidate
    },
    drop: candidate => {
      release(candidate)
      inHand.delete(candidate.id)
      breaks.delete(candidate.id)
    },
    putBack: (candidate, now) => {
      release(candidate)
      const before = breaks.get(candidate.id) ?? 0
      breaks.set(candidate.id, before + 1)
      later = [...later, { candidate, notBefore: now + Math.min(longestAgain, shortestAgain * 2 ** before) }]
    },
    slow: (domain, now) => {
      remembered.add(domain)
      gateOf(domain).slow(now)
    },
    hold: (domain, until) => {
      remembered.add(domain)
      gateOf(domain).hold(until)
    },
  }
}

/** With a rate, no more than may go within a second: they wait for their slots with the relay waiting for their bytes. */
function mostUnderWay(limit: DomainLimit | undefined): number | null {
  if (limit === undefined) return null
  const byRate = limit.rate === null ? null : Math.max(1, Math.ceil(limit.rate))
  if (limit.connections === null || byRate === null) return limit.connections ?? byRate
  return Math.min(limit.connections, byRate)
}
