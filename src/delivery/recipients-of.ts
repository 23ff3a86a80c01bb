/** Who would get an edition now. */

import { type Expression, type Kysely, type SqlBool, sql } from 'kysely'
import type { Tables } from '../ledger/tables.ts'

/** Whom an edition is for. */
export interface RecipientsRequest {
  readonly list: string
  readonly edition: string
  /** Who of those subscribed gets it; null: all. */
  readonly condition: Expression<SqlBool> | null
  /** Milliseconds since 1970. */
  readonly now: number
}

/** A query of those subscribed, not paused, in the segment, and without a delivery of this edition already. */
export function recipientsOf(db: Kysely<Tables>, { list, edition, condition, now }: RecipientsRequest) {
  return db
    .selectFrom('subscribers')
    .where('subscribers.list', '=', list)
    .where('subscribers.state', '=', 'subscribed')
    .where(eb => eb.or([eb('subscribers.pausedUntil', 'is', null), eb('subscribers.pausedUntil', '<=', now)]))
    .where(eb =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('deliveries')
            .innerJoin('sendings', 'sendings.id', 'deliveries.sendingId')
            .select('deliveries.id')
            .whereRef('deliveries.subscriberId', '=', 'subscribers.id')
            .where('sendings.list', '=', list)
            .where('sendings.edition', '=', edition),
        ),
      ),
    )
    .$if(condition !== null, query => query.where(condition ?? sql<SqlBool>`true`))
}
