/** Uncertain deliveries that were settled, into the ledger. */

import type { Transaction } from 'kysely'
import type { Ledger } from '../../ledger/ledger.ts'
import type { Tables } from '../../ledger/tables.ts'
import type { SoftLimits } from '../bounces/decide-bounce.ts'
import { writeRejection } from '../bounces/write-bounce.ts'
import type { UncertainRow } from '../read-uncertain.ts'
import { decideRefusal } from './decide-refusal.ts'
import type { UncertainMatch } from './match-uncertain.ts'
import { writeAccepted, writeReconciled } from './write-accepted.ts'

/** What became of an uncertain delivery. `again`: it is to be sent again; `expired`: it would be, and its time is over; `changed`: somebody else has settled it. */
export type Settled = 'accepted' | 'rejected' | 'again' | 'expired' | 'uncertain' | 'changed'

/** A delivery, and what was found out about it. */
export interface FoundOut {
  readonly delivery: UncertainRow
  readonly match: UncertainMatch
}

/** By what is settled. */
export interface SettleContext {
  /** Milliseconds since 1970. */
  readonly now: number
  readonly softLimits: SoftLimits
}

/**
 * Writes all settlements in one transaction, and gives what became of each in their order. A sending that gets something to send again is `running` again:
 * the same command goes on with it.
 */
export function writeSettlements(ledger: Ledger, found: readonly FoundOut[], context: SettleContext): Promise<readonly Settled[]> {
  return ledger.write(async db => {
    const settled: Settled[] = []
    for (const each of found) settled.push(await settle(db, each, context))
    return settled
  })
}

/** What `writeSettlements` would do, where nobody else settles anything meanwhile. */
export async function foresee(ledger: Ledger, found: readonly FoundOut[], { now }: SettleContext): Promise<readonly Settled[]> {
  const settled: Settled[] = []
  for (const { delivery, match } of found) {
    if (match.kind === 'accepted') settled.push('accepted')
    else if (match.kind === 'unknown') settled.push('uncertain')
    else if (decideRefusal(match.event).kind === 'rejected') settled.push('rejected')
    else settled.push((await isOver(ledger.db, delivery.sendingId, now)) ? 'expired' : 'again')
  }
  return settled
}

async function settle(db: Transaction<Tables>, { delivery, match }: FoundOut, context: SettleContext): Promise<Settled> {
  if (match.kind === 'unknown') return 'uncertain'
  const { event } = match
  const text = describeProof(match)
  const { now } = context
  if (match.kind === 'accepted') {
    const proof = { delivery: delivery.id, queueId: event.queueId, enhanced: event.dsn, text, now }
    return (await writeAccepted(db, proof)) ? 'accepted' : 'changed'
  }
  const { kind, subscriber, code, enhanced } = decideRefusal(event)
  const isOverNow = kind === 'again' && (await isOver(db, delivery.sendingId, now))
  const state = kind === 'rejected' ? 'rejected' : isOverNow ? 'expired' : 'pending'
  const changed = await db
    .updateTable('deliveries')
    .set({ state, owner: null, nextAttemptAt: null, changedAt: now, code, enhanced, reply: event.text })
    .where('id', '=', delivery.id)
    .where('state', '=', 'uncertain')
    .returning('relay')
    .executeTakeFirst()
  if (changed === undefined) return 'changed'
  await writeReconciled(db, { delivery: delivery.id, relay: changed.relay, enhanced, text, now })
  if (subscriber !== 'stays') {
    const { id, subscriber: who, address } = delivery
    const hard = subscriber === 'bounced-hard'
    await writeRejection(
      db,
      { delivery: id, subscriber: who, address, relay: changed.relay ?? 'the relay', code, enhanced, text: event.text, hard, at: now },
      context.softLimits,
    )
  }
  if (state === 'pending') await reopen(db, delivery.sendingId)
  return state === 'pending' ? 'again' : state
}

/** Whether the time of a sending is over: then nothing of it is sent any more. */
async function isOver(db: Ledger['db'], sendingId: number, now: number): Promise<boolean> {
  const row = await db.selectFrom('sendings').select('notAfter').where('id', '=', sendingId).executeTakeFirstOrThrow()
  return row.notAfter !== null && now > row.notAfter
}

async function reopen(db: Transaction<Tables>, sendingId: number): Promise<void> {
  await db
    .updateTable('sendings')
    .set({ state: 'running', finishedAt: null })
    .where('id', '=', sendingId)
    .where('state', '=', 'finished')
    .execute()
}

/** What proves it, in words: `known by its Message-ID: sent, 250 2.0.0 Ok`. */
export function describeProof({ by, event }: Exclude<UncertainMatch, { kind: 'unknown' }>): string {
  const mark = { header: 'our header', 'message-id': 'its Message-ID', 'queue-id': "the relay's name for it" }[by]
  const said = [event.status, event.text].filter(each => each !== '').join(', ')
  return `known by ${mark}: ${said}`.slice(0, 500)
}
