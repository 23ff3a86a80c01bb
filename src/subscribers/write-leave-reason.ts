/** Why people leave, as far as they want to say. */

import type { Ledger } from '../ledger/ledger.ts'

/** Reasons that are offered, by the ids that the ledger keeps. */
export const leaveReasons = ['too-many', 'not-interesting', 'never-asked', 'other'] as const

/** One of the reasons. */
export type LeaveReason = (typeof leaveReasons)[number]

/** What somebody said. */
export interface LeaveAnswer {
  readonly subscriberId: number
  readonly reason: LeaveReason
  /** In their own words; null where they wrote nothing. */
  readonly note: string | null
  /** Milliseconds since 1970. */
  readonly at: number
  /** Who left before this is not asked any more. */
  readonly leftSince: number
}

/** Keeps one answer for each time that somebody leaves: a later one replaces it. Resolves to false where the person is not, or not newly, unsubscribed. */
export function writeLeaveReason(
  { write }: Pick<Ledger, 'write'>,
  { subscriberId, reason, note, at, leftSince }: LeaveAnswer,
): Promise<boolean> {
  return write(async db => {
    // Changes nothing but holds the row, so that of two answers at once one comes after the other on PostgreSQL, too.
    const { numUpdatedRows } = await db
      .updateTable('subscribers')
      .set({ state: 'unsubscribed' })
      .where('id', '=', subscriberId)
      .where('state', '=', 'unsubscribed')
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return false
    const left = await db
      .selectFrom('subscriberEvents')
      .select('at')
      .where('subscriberId', '=', subscriberId)
      .where('toState', '=', 'unsubscribed')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (left === undefined || left.at < leftSince) return false
    await db.deleteFrom('leaveReasons').where('subscriberId', '=', subscriberId).where('at', '>=', left.at).execute()
    await db.insertInto('leaveReasons').values({ subscriberId, at, reason, note }).execute()
    return true
  })
}
