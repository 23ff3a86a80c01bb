import type { Kysely } from 'kysely'
import type { SubscriberState, Tables } from '../ledger/tables.ts'

/** The last change of a subscriber's state. Milliseconds since 1970. */
export interface LastChange {
  readonly fromState: SubscriberState | null
  readonly toState: SubscriberState
  readonly at: number
}

/** Null where nothing is known of the subscriber's history. */
export async function readLastChange(db: Kysely<Tables>, subscriberId: number): Promise<LastChange | null> {
  const last = await db
    .selectFrom('subscriberEvents')
    .select(['fromState', 'toState', 'at'])
    .where('subscriberId', '=', subscriberId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last ?? null
}
