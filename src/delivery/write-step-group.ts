/**
 * A group of steps in one transaction: outcomes that connections have heard, and claims of what they send next. What is claimed is committed as `sending`
 * before any byte of it is sent.
 */

import { sql, type Transaction } from 'kysely'
import type { Ledger } from '../ledger/ledger.ts'
import { rowsAsTable } from '../ledger/rows.ts'
import type { DeliveryState, Tables } from '../ledger/tables.ts'
import type { SoftLimits } from './bounces/decide-bounce.ts'
import { writeRejection } from './bounces/write-bounce.ts'
import type { SubscriberAfter } from './replies/delivery-action.ts'
import type { Candidate } from './sending.ts'

/** What became of a try, as the ledger keeps it. */
export interface Settlement {
  readonly delivery: number
  readonly subscriber: number
  readonly address: string
  readonly state: Extract<DeliveryState, 'pending' | 'accepted' | 'deferred' | 'rejected' | 'uncertain'>
  /** Tries that the relay answered, this one included. */
  readonly attempts: number
  readonly nextAttemptAt: number | null
  readonly relay: string
  readonly queueId: string | null
  /** The kind of the outcome (src/transport/outcome.ts). */
  readonly outcome: string
  readonly stage: string | null
  readonly code: number | null
  readonly enhanced: string | null
  readonly text: string | null
  /** How long the try took. */
  readonly milliseconds: number
  readonly after: SubscriberAfter
}

/** `claimed`: `sending` is committed, and the message may go. `suppressed`: the person has left since. `gone`: another worker has it, or it is settled. */
export type Claim = 'claimed' | 'suppressed' | 'gone'

/** One connection's step. */
export interface Step {
  readonly settle: Settlement | null
  readonly claim: Candidate | null
}

/** Steps, whose they are, and by whose rules. Plain data: it may be written by another thread. */
export interface StepGroup {
  readonly steps: readonly Step[]
  readonly owner: number
  /** Milliseconds since 1970. */
  readonly now: number
  readonly softLimits: SoftLimits
}

/** What became of each claim, by delivery; one that is not in it is `gone`. */
export type Claims = ReadonlyMap<number, Claim>

/** Writes a group in one transaction. */
export function writeStepGroup(ledger: Ledger, group: StepGroup): Promise<Claims> {
  return ledger.write(db => writeGroup(db, { ledger, ...group }))
}

/** The outcomes among steps. */
export function settlementsOf(steps: readonly Step[]): readonly Settlement[] {
  return steps.flatMap(({ settle }) => (settle === null ? [] : [settle]))
}

type StepContext = StepGroup & { readonly ledger: Ledger }

async function writeGroup(db: Transaction<Tables>, context: StepContext): Promise<Claims> {
  const { steps, now } = context
  const claims = steps.flatMap(({ claim }) => (claim === null ? [] : [claim]))
  const given = settlementsOf(steps)
  if (given.length > 0) {
    const changed = await settle(db, context, given, now)
    const settlements = given.filter(({ delivery }) => changed.has(delivery))
    if (settlements.length > 0) await writeAttempts(db, context, settlements, now)
    for (const each of settlements) {
      if (each.after !== 'stays') await writeRejection(db, { ...each, hard: each.after === 'bounced-hard', at: now }, context.softLimits)
    }
  }
  return claims.length === 0 ? new Map() : claim(db, context, claims, now)
}

/**
 * Returns which deliveries were ours to settle. An `uncertain` one is, too: where another process took us for dead and wrote that, we still know better.
 * What was settled already is not settled again: a commit whose answer was lost may have been one.
 */
async function settle(
  db: Transaction<Tables>,
  { ledger, owner }: StepContext,
  settlements: readonly Settlement[],
  now: number,
): Promise<ReadonlySet<number>> {
  const columns = {
    id: 'integer',
    state: 'text',
    attempts: 'integer',
    next_attempt_at: 'integer',
    relay: 'text',
    queue_id: 'text',
    code: 'integer',
    enhanced: 'text',
    reply: 'text',
  } as const
  const rows = settlements.map(each => [
    each.delivery,
    each.state,
    each.attempts,
    each.nextAttemptAt,
    each.relay,
    each.queueId,
    each.code,
    each.enhanced,
    each.text,
  ])
  const { rows: changed } = await sql<{ id: number }>`
    update deliveries set state = given.state, attempts = given.attempts, next_attempt_at = given.next_attempt_at, relay = given.relay,
      queue_id = given.queue_id, code = given.code, enhanced = given.enhanced, reply = given.reply, changed_at = ${now},
      owner = case when given.state = 'pending' and ${sql.lit(ledger.kind)} = 'postgres' then deliveries.owner else null end
    from ${rowsAsTable(ledger.kind, columns, rows)} as given
    where deliveries.id = given.id and deliveries.owner = ${owner} and deliveries.state in ('sending', 'uncertain')
    returning deliveries.id`.execute(db)
  return new Set(changed.map(({ id }) => id))
}

async function writeAttempts(
  db: Transaction<Tables>,
  { ledger }: StepContext,
  settlements: readonly Settlement[],
  now: number,
): Promise<void> {
  const columns = {
    delivery_id: 'integer',
    relay: 'text',
    outcome: 'text',
    stage: 'text',
    code: 'integer',
    enhanced: 'text',
    text: 'text',
    milliseconds: 'integer',
  } as const
  const rows = settlements.map(each => [
    each.delivery,
    each.relay,
    each.outcome,
    each.stage,
    each.code,
    each.enhanced,
    each.text,
    Math.round(each.milliseconds),
  ])
  await sql`
    insert into attempts (delivery_id, at, relay, outcome, stage, code, enhanced, text, milliseconds)
    select delivery_id, cast(${now} as bigint), relay, outcome, stage, code, enhanced, text, milliseconds
    from ${rowsAsTable(ledger.kind, columns, rows)} as given`.execute(db)
}

/**
 * Nobody gets a message who had left before this is committed. On SQLite transactions follow one another. On PostgreSQL the subscribers' rows are locked
 * against change until the commit (FOR SHARE), and a change that is under way is waited for.
 */
async function claim(
  db: Transaction<Tables>,
  { ledger, owner }: StepContext,
  candidates: readonly Candidate[],
  now: number,
): Promise<ReadonlyMap<number, Claim>> {
  const given = rowsAsTable(
    ledger.kind,
    { id: 'integer', subscriber_id: 'integer' },
    candidates.map(({ id, subscriber }) => [id, subscriber]),
  )
  const { rows: staying } = await sql<{ id: number }>`
    select subscribers.id from subscribers
    where subscribers.id in (select subscriber_id from ${given} as given) and subscribers.state = 'subscribed'
    ${ledger.kind === 'postgres' ? sql`order by subscribers.id for share` : sql``}`.execute(db)
  const subscribed = new Set(staying.map(({ id }) => id))
  const change = async (state: 'sending' | 'suppressed', chosen: readonly Candidate[]): Promise<readonly number[]> => {
    if (chosen.length === 0) return []
    const ids = rowsAsTable(
      ledger.kind,
      { id: 'integer' },
      chosen.map(({ id }) => [id]),
    )
    const { rows } = await sql<{ id: number }>`
      update deliveries set state = ${sql.lit(state)}, owner = ${state === 'sending' ? owner : null}, changed_at = ${now}
      where id in (select id from ${ids} as given) and state = 'pending' and (owner is null or owner = ${owner})
      returning id`.execute(db)
    return rows.map(({ id }) => id)
  }
  const claimed = await change(
    'sending',
    candidates.filter(({ subscriber }) => subscribed.has(subscriber)),
  )
  const suppressed = await change(
    'suppressed',
    candidates.filter(({ subscriber }) => !subscribed.has(subscriber)),
  )
  return new Map<number, Claim>([...claimed.map(id => [id, 'claimed'] as const), ...suppressed.map(id => [id, 'suppressed'] as const)])
}
