/** The snapshot: from one moment on it is settled who the recipients of a sending are. */

import { hash } from 'node:crypto'
import { type Expression, type SqlBool, sql, type Transaction } from 'kysely'
import type { Ledger } from '../ledger/ledger.ts'
import type { SendingKind, SendingRow, Tables } from '../ledger/tables.ts'
import { recipientsOf } from './recipients-of.ts'

/** What a sending begins with. */
export interface SnapshotRequest {
  readonly list: string
  readonly edition: string
  readonly kind: SendingKind
  /** 0, or the number of a later sending of the same kind. */
  readonly round: number
  readonly hashesJson: string
  /** The segment's expression, for the record. */
  readonly segment: string | null
  /** Who of those subscribed gets it; null: all. */
  readonly condition: Expression<SqlBool> | null
  readonly forcedBecause: string | null
  /** Milliseconds since 1970. */
  readonly now: number
  readonly notAfter: number
  /** The share that tries subjects A and B, half of it each; null without. */
  readonly split: number | null
}

/**
 * Writes the sending and a delivery for every recipient, in one transaction: those subscribed, not paused, in the segment, and without a delivery of this
 * edition already. They are in an order that mixes domains. Returns the sending. Where another process has begun the same one meanwhile, that is it, as it
 * stands.
 */
export function writeSnapshot(ledger: Ledger, request: SnapshotRequest): Promise<SendingRow> {
  return ledger.write(async db => {
    // Two at once would not see each other's deliveries, and somebody could be in both.
    if (ledger.kind === 'postgres') await sql`lock table sendings in share row exclusive mode`.execute(db)
    const sending = await writeSending(db, request)
    if (sending === undefined) return readSending(db, request)
    const recipients = await writeDeliveries(db, sending, request)
    return db.updateTable('sendings').set({ recipients }).where('id', '=', sending.id).returningAll().executeTakeFirstOrThrow()
  })
}

function readSending(db: Transaction<Tables>, { list, edition, kind, round }: SnapshotRequest): Promise<SendingRow> {
  return db
    .selectFrom('sendings')
    .selectAll()
    .where('list', '=', list)
    .where('edition', '=', edition)
    .where('kind', '=', kind)
    .where('round', '=', round)
    .executeTakeFirstOrThrow()
}

/** A scheduled one becomes the one that runs; undefined where it has begun already. */
function writeSending(db: Transaction<Tables>, request: SnapshotRequest): Promise<{ readonly id: number } | undefined> {
  const { list, edition, kind, round, hashesJson, segment, forcedBecause, now, notAfter, split } = request
  const begun = { state: 'running' as const, hashesJson, segment, forcedBecause, startedAt: now, notAfter, split, pauseReason: null }
  return db
    .insertInto('sendings')
    .values({ list, edition, kind, round, ...begun })
    .onConflict(conflict =>
      conflict.columns(['list', 'edition', 'kind', 'round']).doUpdateSet(begun).where('sendings.state', '=', 'scheduled'),
    )
    .returning('id')
    .executeTakeFirst()
}

async function writeDeliveries(db: Transaction<Tables>, sending: { readonly id: number }, request: SnapshotRequest): Promise<number> {
  const { edition, now, split } = request
  const chosen = recipientsOf(db, request)
    .select(eb => [
      sql<number>`${sending.id}`.as('sendingId'),
      'subscribers.id as subscriberId',
      'subscribers.address',
      'subscribers.domain',
      variantOf(edition, split).as('variant'),
      sql<'pending'>`'pending'`.as('state'),
      eb.val(now).as('changedAt'),
    ])
    .orderBy(mixed)
    .orderBy('subscribers.id')
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('deliveries')
    .columns(['sendingId', 'subscriberId', 'address', 'domain', 'variant', 'state', 'changedAt'])
    .expression(chosen)
    .executeTakeFirstOrThrow()
  return Number(numInsertedOrUpdatedRows ?? 0)
}

/** Subscribers of one company stand together in most imports; in this order they do not, and a domain's limit holds up nobody else. */
const mixed = sql`((subscribers.id % 1000003) * 7919) % 1000003`

const prime = 1_000_003

/**
 * `A`, `B` or null as a function of edition and subscriber: the same however often it is worked out, and other people each time. Factor and summand out of a hash of the
 * edition make the groups of two editions independent of each other (Carter and Wegman, Universal classes of hash functions, 1979).
 */
function variantOf(edition: string, split: number | null) {
  if (split === null) return sql<string | null>`cast(null as text)`
  const bytes = hash('sha256', edition, 'buffer')
  const [factor, summand] = [1 + (bytes.readUInt32BE(0) % (prime - 1)), bytes.readUInt32BE(4) % prime]
  const share = sql`(((subscribers.id % ${sql.lit(prime)}) * ${sql.lit(factor)} + ${sql.lit(summand)}) % ${sql.lit(prime)})`
  const half = Math.round((split / 2) * prime)
  return sql<string | null>`case when ${share} < ${sql.lit(half)} then 'A' when ${share} < ${sql.lit(2 * half)} then 'B' else null end`
}
