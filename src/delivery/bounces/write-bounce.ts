/** Bounces and complaints, into the ledger: each once, each with what was decided of it. */

import type { Transaction } from 'kysely'
import type { SubscriberState, Tables } from '../../ledger/tables.ts'
import { changeState } from '../../subscribers/change-state.ts'
import { type BounceDecision, type SoftLimits, turnsHard } from './decide-bounce.ts'

/** What leads from a report to a delivery: a signed return path, our header, the relay's own name for the message, the Message-ID, or only the address. */
export type MatchedBy = 'verp' | 'header' | 'queue-id' | 'message-id' | 'address'

/** One bounce or complaint about one recipient. */
export interface Bounce {
  /** The same for the same message and recipient, however often it is read. */
  readonly digest: string
  /** Milliseconds since 1970. */
  readonly at: number
  readonly address: string | null
  readonly subscriber: number | null
  readonly delivery: number | null
  /** What led to the subscriber. */
  readonly matchedBy: MatchedBy | null
  readonly enhanced: string | null
  /** What the server said. */
  readonly detail: string | null
  /** By what it came, for the subscriber's history. */
  readonly source: string
  /** Given when the subscriber's earlier soft bounces were, milliseconds since 1970. */
  readonly decide: (softAt: readonly number[]) => BounceDecision
}

/** `known`: written before, and nothing was done. */
export interface WrittenBounce {
  readonly kind: 'known' | 'recorded'
  readonly decision: BounceDecision
  /** The subscriber's new state; null where it is as it was. */
  readonly changedTo: SubscriberState | null
}

const stateAfter: Readonly<Partial<Record<BounceDecision['kind'], SubscriberState>>> = {
  hard: 'bounced',
  complaint: 'complained',
  unsubscribe: 'unsubscribed',
}

/** Records a bounce and changes the subscriber's state where that follows. Call it inside of `ledger.write`. */
export async function writeBounce(db: Transaction<Tables>, bounce: Bounce): Promise<WrittenBounce> {
  const { digest, at, address, subscriber, delivery, matchedBy, enhanced, detail, source } = bounce
  const decision = bounce.decide(subscriber === null ? [] : await readSoftBounces(db, subscriber, delivery))
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('bounces')
    .values({
      digest,
      at,
      // Nothing came back: it is the person's own word.
      kind: decision.kind === 'unsubscribe' ? 'nothing' : decision.kind,
      address,
      subscriberId: subscriber,
      deliveryId: delivery,
      matchedBy,
      enhanced,
      decision: decision.why,
      detail,
    })
    .onConflict(conflict => conflict.column('digest').doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows === 0n) return { kind: 'known', decision, changedTo: null }
  const to = stateAfter[decision.kind]
  if (to === undefined || subscriber === null) return { kind: 'recorded', decision, changedTo: null }
  const { kind } = await changeState(db, { subscriberId: subscriber, to, why: decision.why, source, at })
  return { kind: 'recorded', decision, changedTo: kind === 'changed' ? to : null }
}

/** One for each delivery, and none for the one in question: a server that reports a message twice has not tried two. */
async function readSoftBounces(db: Transaction<Tables>, subscriber: number, delivery: number | null): Promise<readonly number[]> {
  const rows = await db
    .selectFrom('bounces')
    .select(['id', 'at', 'deliveryId'])
    .where('subscriberId', '=', subscriber)
    .where('kind', '=', 'soft')
    .execute()
  const others = rows.filter(({ deliveryId }) => delivery === null || deliveryId !== delivery)
  return [...new Map(others.map(({ id, at, deliveryId }) => [deliveryId ?? `bounce ${id}`, at])).values()]
}

/** A recipient whom a relay refused while we spoke to it. */
export interface Rejection {
  readonly delivery: number
  readonly subscriber: number
  readonly address: string
  readonly relay: string
  readonly code: number | null
  readonly enhanced: string | null
  readonly text: string | null
  /** Whether the address takes no mail at all; otherwise it counts as a soft bounce. */
  readonly hard: boolean
  readonly at: number
}

/** Records a refusal as the bounce that it is. Call it inside of `ledger.write`. */
export function writeRejection(db: Transaction<Tables>, rejection: Rejection, limits: SoftLimits): Promise<WrittenBounce> {
  const { delivery, subscriber, address, relay, code, enhanced, text, hard, at } = rejection
  const said = [code, enhanced, text].filter(each => each !== null && each !== '').join(' ')
  const decide = (softAt: readonly number[]): BounceDecision => {
    if (hard) return { kind: 'hard', why: `refused by ${relay}: ${said}` }
    return turnsHard(softAt, at, limits)
      ? { kind: 'hard', why: `soft bounce number ${limits.softLimit}, refused by ${relay}: ${said}` }
      : { kind: 'soft', why: `refused by ${relay} for now: ${said}` }
  }
  return writeBounce(db, {
    digest: `rejection ${delivery}`,
    at,
    address,
    subscriber,
    delivery,
    matchedBy: null,
    enhanced,
    detail: text,
    source: 'sending',
    decide,
  })
}
