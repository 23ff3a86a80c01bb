/**
 * A group of steps in one transaction: outcomes that connections have heard, and claims of what they send next. What is claimed is committed as `sending`
 * before any byte of it is sent.
 */

import { sql, type Transaction } from 'kysely'
import type { Ledger } from '../ledger/ledger.ts'
import { rowsAsTable } from '../ledger/rows.ts'
import { createStatement } from '../ledger/statement.ts'
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

/** What a claim needs of a candidate. */
export type Claimed = Pick<Candidate, 'id' | 'subscriber'>

/** One connection's step. */
export interface Step {
  readonly settle: Settlement | null
  readonly claim: Claimed | null
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
  return ledger.write(db => writeGroup(db, { kind: ledger.kind, ...group }))
}

/** The outcomes among steps. */
export function settlementsOf(steps: readonly Step[]): readonly Settlement[] {
  return steps.flatMap(({ settle }) => (settle === null ? [] : [settle]))
}

type StepContext = StepGroup & { readonly kind: Ledger['kind'] }

async function writeGroup(db: Transaction<Tables>, context: StepContext): Promise<Claims> {
  const { steps, now, kind, owner } = context
  const claims = steps.flatMap(({ claim }) => (claim === null ? [] : [claim]))
  const given = settlementsOf(steps)
  if (given.length > 0) {
    const changed = new Set((await settle(kind)(db, { settlements: given, owner, now })).map(({ id }) => id))
    const settlements = given.filter(({ delivery }) => changed.has(delivery))
    if (settlements.length > 0) await addAttempts(kind)(db, { settlements, now })
    for (const each of settlements) {
      if (each.after !== 'stays') await writeRejection(db, { ...each, hard: each.after === 'bounced-hard', at: now }, context.softLimits)
    }
  }
  return claims.length === 0 ? new Map() : writeClaims(db, context, claims)
}

/**
 * Returns which deliveries were ours to settle. An `uncertain` one is, too: where another process took us for dead and wrote that, we still know better.
 * What was settled already is not settled again: a commit whose answer was lost may have been one.
 */
const settle = createStatement<
  { readonly settlements: readonly Settlement[]; readonly owner: number; readonly now: number },
  { readonly id: number }
>((kind, parameter) => {
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
  const given = rowsAsTable<{ readonly settlements: readonly Settlement[] }>(kind, columns, ({ settlements }) =>
    settlements.map(each => [
      each.delivery,
      each.state,
      each.attempts,
      each.nextAttemptAt,
      each.relay,
      each.queueId,
      each.code,
      each.enhanced,
      each.text,
    ]),
  )
  return sql`
    update deliveries set state = given.state, attempts = given.attempts, next_attempt_at = given.next_attempt_at, relay = given.relay,
      queue_id = given.queue_id, code = given.code, enhanced = given.enhanced, reply = given.reply, changed_at = ${parameter(({ now }) => now)},
      owner = case when given.state = 'pending' and ${sql.lit(kind)} = 'postgres' then deliveries.owner else null end
    from ${given} as given
    where deliveries.id = given.id and deliveries.owner = ${parameter(({ owner }) => owner)} and deliveries.state in ('sending', 'uncertain')
    returning deliveries.id`
})

const addAttempts = createStatement<{ readonly settlements: readonly Settlement[]; readonly now: number }, never>((kind, parameter) => {
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
  const given = rowsAsTable<{ readonly settlements: readonly Settlement[] }>(kind, columns, ({ settlements }) =>
    settlements.map(each => [
      each.delivery,
      each.relay,
      each.outcome,
      each.stage,
      each.code,
      each.enhanced,
      each.text,
      Math.round(each.milliseconds),
    ]),
  )
  return sql`
    insert into attempts (delivery_id, at, relay, outcome, stage, code, enhanced, text, milliseconds)
    select delivery_id, cast(${parameter(({ now }) => now)} as bigint), relay, outcome, stage, code, enhanced, text, milliseconds
    from ${given} as given`
})

/**
 * Nobody gets a message who had left before this is committed. On SQLite transactions follow one another. On PostgreSQL the subscribers' rows are locked
 * against change until the commit (FOR SHARE), and a change that is under way is waited for.
 */
const lockSubscribed = createStatement<readonly Claimed[], { readonly id: number }>(kind => {
  const given = rowsAsTable<readonly Claimed[]>(kind, { subscriber_id: 'integer' }, candidates =>
    candidates.map(({ subscriber }) => [subscriber]),
  )
  return sql`
    select subscribers.id from subscribers
    where subscribers.id in (select subscriber_id from ${given} as given) and subscribers.state = 'subscribed'
    ${kind === 'postgres' ? sql`order by subscribers.id for share` : sql``}`
})

interface Taking {
  readonly candidates: readonly Claimed[]
  readonly state: 'sending' | 'suppressed'
  readonly owner: number
  readonly now: number
}

/** Returns which of them were there to be taken. */
const take = createStatement<Taking, { readonly id: number }>((kind, parameter) => {
  const given = rowsAsTable<Taking>(kind, { id: 'integer' }, ({ candidates }) => candidates.map(({ id }) => [id]))
  return sql`
    update deliveries set state = ${parameter(({ state }) => state)}, changed_at = ${parameter(({ now }) => now)},
      owner = cast(${parameter(({ state, owner }) => (state === 'sending' ? owner : null))} as bigint)
    where id in (select id from ${given} as given) and state = 'pending' and (owner is null or owner = ${parameter(({ owner }) => owner)})
    returning id`
})

async function writeClaims(
  db: Transaction<Tables>,
  { kind, owner, now }: StepContext,
  candidates: readonly Claimed[],
): Promise<ReadonlyMap<number, Claim>> {
  const subscribed = new Set((await lockSubscribed(kind)(db, candidates)).map(({ id }) => id))
  const change = async (state: Taking['state'], chosen: readonly Claimed[]) =>
    chosen.length === 0 ? [] : take(kind)(db, { candidates: chosen, state, owner, now })
  const claimed = await change(
    'sending',
    candidates.filter(({ subscriber }) => subscribed.has(subscriber)),
  )
  const suppressed = await change(
    'suppressed',
    candidates.filter(({ subscriber }) => !subscribed.has(subscriber)),
  )
  return new Map<number, Claim>([
    ...claimed.map(({ id }) => [id, 'claimed'] as const),
    ...suppressed.map(({ id }) => [id, 'suppressed'] as const),
  ])
}
