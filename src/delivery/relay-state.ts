/** A relay while a sending runs: whether it may be used now, how much, and its share of the messages. */

import type { RelayPresetName } from '../config/relay-presets.ts'
import { createGate, type Gate } from './gate.ts'
import { waitAfter } from './replies/back-off.ts'

/** What is known of a relay. `connections` may be fewer than configured: with a rate, no more are needed than go out in a second. */
export interface RelayFacts {
  readonly name: string
  readonly weight: number
  readonly connections: number
  /** Messages a second; null: no limit. */
  readonly rate: number | null
  readonly preset: RelayPresetName | null
}

/** A relay's state. Instants are milliseconds of a clock that only goes forward. */
export interface RelayState extends RelayFacts {
  readonly gate: Gate
  /** Connections that are being opened now: no more of them than there are deliveries that wait. */
  readonly opening: { count: number }
  /**
   * It failed, and has not worked since, or has done nothing but refuse for good so far: one connection with one message tries, and the others wait for what comes of it.
   * A relay that refuses everybody is not asked about many before that is known.
   */
  readonly isTriedAlready: () => boolean
  /** It took a message, or wants it later: it is no relay that refuses everybody. */
  readonly prove: () => void
  /** It could not be reached, or closes its connections: nothing goes over it until later. `why` for whoever looks. */
  readonly fail: (now: number, why: string) => void
  /** A connection broke under a message. One that does is bad luck; several without a message between them that came through are a failure. */
  readonly lose: (now: number, why: string) => void
  /** It works: a message came through, or was answered. */
  readonly recover: (now: number) => void
  /** A connection to it was opened. */
  readonly open: (now: number) => void
  /** Whether it takes messages at present, as far as is known: a connection was opened or a message answered within the last seconds. */
  readonly isLively: (now: number) => boolean
  /** It is set up wrongly: nothing goes over it any more. */
  readonly giveUp: (why: string) => void
  /** How long until it may be used again; 0: now; infinite: never. */
  readonly waitFor: (now: number) => number
  /** Since when it has not worked; null while it works. Not set by `giveUp`. */
  readonly downSince: () => number | null
  readonly why: () => string
}

const lossesInARow = 3
// Longer without an answer, and the others no longer wait for its share: it may be minutes before it is known to be down.
const lively = 10_000

/** A relay that has not been used. */
export function createRelayState(facts: RelayFacts, backOff: readonly number[]): RelayState {
  let failures = 0
  let losses = 0
  let notBefore = 0
  let downSince: number | null = null
  let isProved = false
  let why = ''
  let livelyAt = Number.NEGATIVE_INFINITY
  const fail = (now: number, reason: string) => {
    // All connections of a relay fail together: that is one failure, not twenty.
    if (now < notBefore) return
    failures += 1
    losses = 0
    downSince ??= now
    livelyAt = Number.NEGATIVE_INFINITY
    why = reason
    notBefore = now + waitAfter(failures, backOff, facts.name)
  }
  const gate = createGate(null)
  const opening = { count: 0 }
  return {
    ...facts,
    gate,
    opening,
    isTriedAlready: () => (downSince !== null || !isProved) && opening.count + gate.underWay() > 0,
    prove: () => {
      isProved = true
    },
    fail,
    lose: (now, reason) => {
      losses += 1
      if (losses >= lossesInARow) fail(now, reason)
    },
    recover: now => {
      livelyAt = now
      if (notBefore === Number.POSITIVE_INFINITY) return
      failures = 0
      losses = 0
      downSince = null
    },
    open: now => {
      livelyAt = now
    },
    isLively: now => now >= notBefore && now - livelyAt < lively,
    giveUp: reason => {
      why = reason
      notBefore = Number.POSITIVE_INFINITY
    },
    waitFor: now => Math.max(0, notBefore - now),
    downSince: () => downSince,
    why: () => why,
  }
}

/** Who takes the next message, by weight. */
export interface Shares {
  /** Whether it is the relay's turn, among those that take messages at present. A relay may run ahead of the others by what its connections hold. */
  readonly isTurnOf: (relay: RelayState, now: number) => boolean
  readonly take: (relay: RelayState) => void
}

/** Shares of several relays. One that comes back has no claim to what it missed. */
export function createShares(relays: readonly RelayState[]): Shares {
  const taken = new Map(relays.map(({ name }) => [name, 0]))
  const present = new Set<RelayState>()
  const shareOf = ({ name, weight }: RelayState) => (taken.get(name) ?? 0) / weight
  const least = (others: readonly RelayState[]) => Math.min(...others.map(shareOf))
  const lookWhoIsThere = (now: number) => {
    for (const relay of relays) {
      if (!relay.isLively(now)) present.delete(relay)
      else if (!present.has(relay)) {
        if (present.size > 0) taken.set(relay.name, Math.max(taken.get(relay.name) ?? 0, least([...present]) * relay.weight))
        present.add(relay)
      }
    }
  }
  return {
    isTurnOf: (relay, now) => {
      if (relays.length === 1) return true
      lookWhoIsThere(now)
      const others = [...present].filter(each => each !== relay)
      return others.length === 0 || shareOf(relay) - least(others) <= (2 * relay.connections) / relay.weight
    },
    take: ({ name }) => void taken.set(name, (taken.get(name) ?? 0) + 1),
  }
}
