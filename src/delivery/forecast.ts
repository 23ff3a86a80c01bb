/** How long a sending will take, from what limits it and from what was seen before. */

/** What the forecast is made from. Rates are messages a second; null: no limit, or not known. */
export interface ForecastRequest {
  readonly recipients: number
  readonly relays: readonly { readonly name: string; readonly weight: number; readonly rate: number | null }[]
  /** Of the sending as a whole. */
  readonly rate: number | null
  /** Domains with a rate of their own, and how many of the recipients they have. */
  readonly domains: readonly { readonly domain: string; readonly recipients: number; readonly rate: number }[]
  /** What the last large sending reached. */
  readonly usualRate: number | null
  /** Milliseconds since 1970. */
  readonly now: number
  /** How long a sending may take until the rest of it expires, in milliseconds. */
  readonly notAfter: number
}

/** A forecast. Spans in seconds; null where nothing is known. */
export interface Forecast {
  /** What the rates allow at best, and which of them it is that counts. */
  readonly byLimits: number | null
  readonly limitedBy: string | null
  /** As long as it would take at the pace of the last large sending. */
  readonly byEarlier: number | null
  /** The longer one of the two: the forecast. */
  readonly seconds: number | null
  /** When it would end if it began now, milliseconds since 1970. */
  readonly endsAt: number | null
  /** It would not be over before the rest of it expires. */
  readonly wouldExpire: boolean
}

/** Forecasts a sending. Limits of connections are not in it: what a connection does in a second is the relay's own. */
export function forecastSending(request: ForecastRequest): Forecast {
  const { recipients, relays, rate, domains, usualRate, now, notAfter } = request
  const limits = [
    ...ratesOf({ relays, rate }).map(each => ({ seconds: recipients / each.rate, by: each.by })),
    ...domains.map(each => ({ seconds: each.recipients / each.rate, by: `send.perDomain of ${each.domain}` })),
  ].toSorted((one, other) => other.seconds - one.seconds)
  const [slowest] = limits
  const byLimits = slowest?.seconds ?? null
  const byEarlier = usualRate === null ? null : recipients / usualRate
  const seconds = byLimits === null && byEarlier === null ? null : Math.max(byLimits ?? 0, byEarlier ?? 0)
  return {
    byLimits,
    limitedBy: slowest?.by ?? null,
    byEarlier,
    seconds,
    endsAt: seconds === null ? null : Math.round(now + seconds * 1000),
    wouldExpire: seconds !== null && seconds * 1000 > notAfter,
  }
}

/** How many messages a second the limits allow in all; null where there is none. */
export function rateWithin(limits: Pick<ForecastRequest, 'relays' | 'rate'>): number | null {
  const rates = ratesOf(limits).map(({ rate }) => rate)
  return rates.length === 0 ? null : Math.min(...rates)
}

/** Relays keep to their shares, so the one that is slowest for its weight sets the pace of all. */
function ratesOf({ relays, rate }: Pick<ForecastRequest, 'relays' | 'rate'>): readonly { readonly rate: number; readonly by: string }[] {
  const weights = relays.reduce((sum, { weight }) => sum + weight, 0)
  return [
    ...(rate === null ? [] : [{ rate, by: 'send.rate' }]),
    ...relays.flatMap(each => (each.rate === null ? [] : [{ rate: (each.rate * weights) / each.weight, by: `the rate of ${each.name}` }])),
  ]
}

/**
 * How many times as fast the time of a dry run may go: as fast as the machine can follow, which is reckoned at so many milliseconds a message, and at most so
 * fast that a tick of its clock is short against the time between two messages, or a limit would no longer be seen to hold.
 */
export function accelerationFor({ byLimits }: Pick<Forecast, 'byLimits'>, recipients: number): number {
  if (byLimits === null || recipients === 0) return 1
  const machineSeconds = Math.max(1, (recipients * millisecondsEach) / 1000)
  const secondsBetween = byLimits / recipients
  return Math.max(1, Math.min(byLimits / machineSeconds, mostPerSecondBetween * Math.max(1, secondsBetween)))
}

const millisecondsEach = 1.5
const mostPerSecondBetween = 100
