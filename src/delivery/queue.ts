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
  /** Whether it holds this delivery, waiting or under way. */
  readonly has: (id: number) => boolean
  /** The next one whose domain may have another message under way; it is under way then. Domains take turns. Null where there is none now. */
  readonly take: (now: number) => Candidate | null
  readonly canTake: (now: number) => boolean
  /** It is no longer under way, and no longer in hand. */
  readonly drop: (candidate: Candidate) => void
  /** It is no longer under way and waits again, from `notBefore` on. */
  readonly putBack: (candidate: Candidate, notBefore: number) => void
  /** The domain has asked for less. */
  readonly slow: (domain: string, now: number) => void
  /** Hands over all that wait, for whoever stops. */
  readonly empty: () => readonly Candidate[]
}

/** Fewer waiting than this, and more are to be read. */
export const lowWater = 1000

/** An empty queue. `limits` by domain. */
export function createQueue(limits: ReadonlyMap<string, DomainLimit>): Queue {
  const domains = new Map<string, Candidate[]>()
  const gates = new Map<string, Gate>()
  const later: { readonly candidate: Candidate; readonly notBefore: number }[] = []
  const inHand = new Set<number>()
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
    for (let index = later.length - 1; index >= 0; index--) {
      const each = later[index]
      if (each === undefined || each.notBefore > now) continue
      later.splice(index, 1)
      wait(each.candidate)
    }
  }
  const findOpen = (now: number): string | null => {
    bringBack(now)
    for (const domain of domains.keys()) if (gates.get(domain)?.isOpen(now) ?? true) return domain
    return null
  }
  const release = (candidate: Candidate) => {
    const gate = gateOf(candidate.domain)
    gate.end()
    underWay -= 1
    // Most lists have more domains than anybody wants to remember.
    if (gate.underWay() === 0 && !slowed.has(candidate.domain)) gates.delete(candidate.domain)
  }
  const slowed = new Set<string>()

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
    has: id => inHand.has(id),
    canTake: now => findOpen(now) !== null,
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
    },
    putBack: (candidate, notBefore) => {
      release(candidate)
      later.push({ candidate, notBefore })
    },
    slow: (domain, now) => {
      slowed.add(domain)
      gateOf(domain).slow(now)
    },
    empty: () => {
      const left = [...[...domains.values()].flat(), ...later.map(({ candidate }) => candidate)]
      domains.clear()
      later.length = 0
      for (const { id } of left) inHand.delete(id)
      return left
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
