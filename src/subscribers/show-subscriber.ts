import type { Ledger } from '../ledger/ledger.ts'
import type { DeliveryState, SubscriberRow, SubscriberState } from '../ledger/tables.ts'

/** Everything that the ledger knows of a person. Instants in milliseconds. */
export interface SubscriberFile {
  readonly subscriber: SubscriberRow
  /** From the first on. */
  readonly history: readonly {
    readonly at: number
    readonly from: SubscriberState | null
    readonly to: SubscriberState
    readonly why: string
    readonly source: string
  }[]
  /** What they said of it, each time they left. */
  readonly leaveReasons: readonly { readonly at: number; readonly reason: string; readonly note: string | null }[]
  /** What came back of their messages, and what was decided of it; the newest first, at most a hundred. */
  readonly bounces: readonly { readonly at: number; readonly kind: 'hard' | 'soft' | 'complaint' | 'nothing'; readonly decision: string }[]
  /** The newest first, at most a hundred. */
  readonly deliveries: readonly {
    readonly edition: string
    readonly state: DeliveryState
    readonly changedAt: number
    readonly reply: string | null
  }[]
  /** What was asked for with their address on the sign-up page, the newest first. */
  readonly signUps: readonly {
    readonly requestedAt: number
    readonly client: string | null
    readonly name: string | null
    readonly language: string
    readonly wording: string
    readonly mailedAt: number | null
    readonly reply: string | null
    readonly confirmedAt: number | null
  }[]
}

const mostOfEach = 100

/** Reads all of a subscriber: what somebody may ask to see of themselves (GDPR, article 15). */
export async function showSubscriber({ db }: Ledger, subscriber: SubscriberRow): Promise<SubscriberFile> {
  const history = await db
    .selectFrom('subscriberEvents')
    .select(['at', 'fromState as from', 'toState as to', 'why', 'source'])
    .where('subscriberId', '=', subscriber.id)
    .orderBy('id')
    .execute()
  const leaveReasons = await db
    .selectFrom('leaveReasons')
    .select(['at', 'reason', 'note'])
    .where('subscriberId', '=', subscriber.id)
    .orderBy('id')
    .execute()
  const deliveries = await db
    .selectFrom('deliveries')
    .innerJoin('sendings', 'sendings.id', 'deliveries.sendingId')
    .select(['sendings.edition', 'deliveries.state', 'deliveries.changedAt', 'deliveries.reply'])
    .where('deliveries.subscriberId', '=', subscriber.id)
    .orderBy('deliveries.id', 'desc')
    .limit(mostOfEach)
    .execute()
  const bounces = await db
    .selectFrom('bounces')
    .select(['at', 'kind', 'decision'])
    .where('subscriberId', '=', subscriber.id)
    .orderBy('id', 'desc')
    .limit(mostOfEach)
    .execute()
  const signUps = await db
    .selectFrom('signUps')
    .select(['requestedAt', 'client', 'name', 'language', 'wording', 'mailedAt', 'mailReply as reply', 'confirmedAt'])
    .where('subscriberId', '=', subscriber.id)
    .orderBy('id', 'desc')
    .execute()
  return { subscriber, history, leaveReasons, bounces, deliveries, signUps }
}
