/** When so much fails that the edition had better wait for its editor. */

import type { DeliveryAction } from './delivery-action.ts'

const longestRow = 10
const firstOutcomes = 1000
// 5 % of the first 1,000. Counted and not divided: of a list of 40, two bad addresses are 5 % too.
const mostRejectedEarly = 50
const mostPolicyDomains = 3

/** What is counted since the sending began, or since the editor let it go on: another decision to send begins with `emptyTally`. */
export interface FailureTally {
  /** Permanent failures that each relay gave since it last accepted a message. */
  readonly inARow: Readonly<Record<string, number>>
  /** Deliveries accepted or rejected, counted up to 1,000. */
  readonly settled: number
  /** How many of those were rejected. */
  readonly rejectedEarly: number
  /** Domains of recipients that were rejected for policy, the first three. */
  readonly policyDomains: readonly string[]
}

/** Nothing counted yet. */
export const emptyTally: FailureTally = { inARow: {}, settled: 0, rejectedEarly: 0, policyDomains: [] }

/**
 * Counts what a relay said. Only acceptances and rejections count: a deferral says nothing yet, and does not end a row of failures. `relay` is the
 * relay's name; null for what never reached one (an address that the relay lacks the means for), which is no failure of a relay.
 */
export function countAction(
  tally: FailureTally,
  { action, relay, domain }: { readonly action: DeliveryAction; readonly relay: string | null; readonly domain: string },
): FailureTally {
  if (relay === null || (action.kind !== 'accepted' && action.kind !== 'reject')) return tally
  const rejected = action.kind === 'reject'
  const isEarly = tally.settled < firstOutcomes
  const row = rowOf(tally, relay)
  // Most actions of a long sending change nothing here.
  if (!rejected && !isEarly && row === 0) return tally
  return {
    inARow: rejected || row > 0 ? { ...tally.inARow, [relay]: rejected ? row + 1 : 0 } : tally.inARow,
    settled: isEarly ? tally.settled + 1 : tally.settled,
    rejectedEarly: tally.rejectedEarly + (rejected && isEarly ? 1 : 0),
    policyDomains: rejected && action.policy ? withDomain(tally.policyDomains, domain) : tally.policyDomains,
  }
}

/** Why the edition is to pause: one clause; null where it need not. */
export function reasonToPause({ inARow, settled, rejectedEarly, policyDomains }: FailureTally): string | null {
  const [relay, count] = Object.entries(inARow).find(([, each]) => each >= longestRow) ?? []
  if (relay !== undefined) return `${relay} rejected ${count} recipients in a row`
  if (policyDomains.length >= mostPolicyDomains) return `${policyDomains.join(', ')} reject the edition for policy, not for the addresses`
  return rejectedEarly >= mostRejectedEarly
    ? `${rejectedEarly} of the first ${settled} recipients were rejected; 5 % of the first 1,000 is too many`
    : null
}

function rowOf({ inARow }: FailureTally, relay: string): number {
  return Object.hasOwn(inARow, relay) ? (inARow[relay] ?? 0) : 0
}

function withDomain(domains: readonly string[], domain: string): readonly string[] {
  return domains.includes(domain) || domains.length >= mostPolicyDomains ? domains : [...domains, domain]
}
