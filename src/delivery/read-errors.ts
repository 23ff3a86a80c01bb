/** What relays said when they did not accept, in groups. */

import { sql } from 'kysely'
import type { Ledger } from '../ledger/ledger.ts'
import { heldBackDetail } from '../transport/send-one.ts'
import { withoutParticulars } from './error-words.ts'
import { readSpan } from './read-span.ts'

/** Tries that failed alike. */
export interface ErrorGroup {
  /** The kind of the outcome (src/transport/outcome.ts). */
  readonly outcome: string
  readonly code: number | null
  readonly enhanced: string | null
  /** The reply without what differs from message to message. */
  readonly text: string
  readonly count: number
  /** Whom the last of them was for; empty where that person was forgotten. */
  readonly address: string
  /** Milliseconds since 1970. */
  readonly lastAt: number
}

const atOnce = 5000
const mostGroups = 500

/**
 * Every failed try of a sending by what was said, but for those that we held back ourselves, the latest group first. Reads page by page, and keeps at most 500 groups: what comes after is counted by
 * its codes alone.
 */
export async function readErrors(ledger: Ledger, sendingId: number): Promise<readonly ErrorGroup[]> {
  const groups = new Map<string, ErrorGroup>()
  const { first, last: lastDelivery } = await readSpan(ledger, sendingId)
  let after: Position = [first, 0]
  while (true) {
    const page = await readPage(ledger, sendingId, after, lastDelivery)
    for (const row of page) add(groups, row)
    const last = page.at(-1)
    if (last === undefined || page.length < atOnce) break
    after = [last.deliveryId, last.id]
  }
  return [...groups.values()].sort((one, other) => other.lastAt - one.lastAt || other.count - one.count)
}

/** Delivery and attempt. */
type Position = readonly [number, number]

/** Goes along the index of attempts by delivery, so that other sendings' attempts are not looked at and nothing is sorted. */
function readPage({ db }: Ledger, sendingId: number, [delivery, attempt]: Position, lastDelivery: number) {
  return db
    .selectFrom('attempts')
    .innerJoin('deliveries', 'deliveries.id', 'attempts.deliveryId')
    .select(['attempts.id', 'attempts.deliveryId', 'attempts.outcome', 'attempts.code', 'attempts.enhanced', 'attempts.text'])
    .select(['attempts.at', 'deliveries.address'])
    .where(sql<boolean>`deliveries.sending_id + 0 = ${sendingId}`)
    .where('attempts.deliveryId', '>=', delivery)
    .where('attempts.deliveryId', '<=', lastDelivery)
    .where('attempts.outcome', 'not in', ['accepted', 'reconciled'])
    .where(sql<boolean>`coalesce(attempts.text, '') <> ${heldBackDetail}`)
    .where(sql<boolean>`(attempts.delivery_id, attempts.id) > (${delivery}, ${attempt})`)
    .orderBy('attempts.deliveryId')
    .orderBy('attempts.id')
    .limit(atOnce)
    .execute()
}

interface Failure extends Pick<ErrorGroup, 'outcome' | 'code' | 'enhanced' | 'address'> {
  readonly text: string | null
  readonly at: number
}

function add(groups: Map<string, ErrorGroup>, { outcome, code, enhanced, text, at, address }: Failure): void {
  const words = withoutParticulars(text ?? '')
  const keyOf = (said: string) => [outcome, code ?? '', enhanced ?? '', said].join('\n')
  const said = groups.size < mostGroups || groups.has(keyOf(words)) ? words : ''
  const known = groups.get(keyOf(said))
  const isLater = known === undefined || at >= known.lastAt
  groups.set(keyOf(said), {
    outcome,
    code,
    enhanced,
    text: said,
    count: (known?.count ?? 0) + 1,
    address: isLater ? address : known.address,
    lastAt: isLater ? at : known.lastAt,
  })
}
