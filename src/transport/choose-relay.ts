/** Which of several relays gets the next message. */

/** What choosing looks at. */
export interface WeighedRelay {
  readonly name: string
  readonly weight: number
}

/** What each relay is owed, by name. Begin with an empty one. */
export type RelayShares = ReadonlyMap<string, number>

/** The relay to use, and the shares to choose with next time. */
export interface RelayChoice<R extends WeighedRelay> {
  readonly relay: R
  readonly shares: RelayShares
}

/**
 * Chooses by weight, evenly mixed and always the same way (smooth weighted round robin: each relay is owed its weight more, the one that is owed most is
 * chosen and pays the sum). A relay that is out is passed over and owed nothing meanwhile, so that it is not flooded when it comes back. Null where all are out.
 */
export function chooseRelay<R extends WeighedRelay>(
  relays: readonly R[],
  shares: RelayShares,
  isOut: (relay: R) => boolean = () => false,
): RelayChoice<R> | null {
  const candidates = relays.filter(relay => !isOut(relay)).map(relay => ({ relay, owed: (shares.get(relay.name) ?? 0) + relay.weight }))
  const [first, ...others] = candidates
  if (first === undefined) return null
  const chosen = others.reduce((best, each) => (each.owed > best.owed ? each : best), first)
  const sum = candidates.reduce((total, { relay }) => total + relay.weight, 0)
  return {
    relay: chosen.relay,
    shares: new Map(candidates.map(each => [each.relay.name, each === chosen ? each.owed - sum : each.owed])),
  }
}
