/** Deliveries that may go out, some at a time. */

import { sql } from 'kysely'
import type { Ledger } from '../ledger/ledger.ts'
import type { Candidate } from './sending.ts'

/** Which deliveries, and for whom. */
export interface CandidateRequest {
  readonly sendingId: number
  readonly owner: number
  /** Only deliveries with a greater id. */
  readonly after: number
  readonly limit: number
  /** True while a sending waits for its winner: only those that try a subject. */
  readonly onlyVariants: boolean
}

/**
 * Pending deliveries in the order of the snapshot. On SQLite there is one sender, who reads on from where the last ones ended. On PostgreSQL workers share
 * the work: they are reserved for this worker in the same statement, and those that another holds are passed over.
 */
export function readCandidates(ledger: Ledger, request: CandidateRequest): Promise<readonly Candidate[]> {
  return ledger.kind === 'sqlite' ? select(ledger, request) : reserve(ledger, request)
}

const columns = [
  'deliveries.id',
  'deliveries.subscriberId as subscriber',
  'deliveries.address',
  'deliveries.domain',
  'deliveries.attempts',
  'deliveries.variant',
  'subscribers.name',
  'subscribers.state as subscriberState',
  sql<number>`coalesce(subscribers.epoch, 0)`.as('epoch'),
] as const

function select({ db }: Ledger, { sendingId, after, limit, onlyVariants }: CandidateRequest): Promise<readonly Candidate[]> {
  return db
    .selectFrom('deliveries')
    .leftJoin('subscribers', 'subscribers.id', 'deliveries.subscriberId')
    .select(columns)
    .where('deliveries.sendingId', '=', sendingId)
    .where('deliveries.state', '=', 'pending')
    .where('deliveries.id', '>', after)
    .$if(onlyVariants, query => query.where('deliveries.variant', 'is not', null))
    .orderBy('deliveries.id')
    .limit(limit)
    .execute()
}

function reserve(ledger: Ledger, { sendingId, owner, limit, onlyVariants }: CandidateRequest): Promise<readonly Candidate[]> {
  return ledger.write(async db => {
    const free = await db
      .selectFrom('deliveries')
      .select('id')
      .where('sendingId', '=', sendingId)
      .where('state', '=', 'pending')
      .where('owner', 'is', null)
      .$if(onlyVariants, query => query.where('variant', 'is not', null))
      .orderBy('id')
      .limit(limit)
      .forUpdate()
      .skipLocked()
      .execute()
    if (free.length === 0) return []
    const ids = free.map(({ id }) => id)
    await db.updateTable('deliveries').set({ owner }).where('id', 'in', ids).execute()
    return db
      .selectFrom('deliveries')
      .leftJoin('subscribers', 'subscribers.id', 'deliveries.subscriberId')
      .select(columns)
      .where('deliveries.id', 'in', ids)
      .orderBy('deliveries.id')
      .execute()
  })
}
