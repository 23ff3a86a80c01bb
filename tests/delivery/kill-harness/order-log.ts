/**
 * The order in which people left and deliveries were claimed, written by triggers in the transactions themselves: nobody is claimed for whose leaving was
 * committed before the claim was. On SQLite transactions follow one another, so rows of one table tell the order; on PostgreSQL the times of the commits do
 * (`track_commit_timestamp`).
 */

import { sql } from 'kysely'
import type { Ledger } from '../../../src/ledger/ledger.ts'

/** Begins to write down the order. */
export async function startOrderLog({ db, kind }: Ledger): Promise<void> {
  if (kind === 'sqlite') {
    await sql`create table order_log (id integer primary key autoincrement, what text not null, subscriber_id integer not null)`.execute(db)
    await sql`create trigger log_claim after update of state on deliveries when new.state = 'sending'
      begin insert into order_log (what, subscriber_id) values ('claim', new.subscriber_id); end`.execute(db)
    await sql`create trigger log_leave after insert on subscriber_events when new.to_state <> 'subscribed'
      begin insert into order_log (what, subscriber_id) values ('leave', new.subscriber_id); end`.execute(db)
    return
  }
  await sql`create table order_log (id bigint generated always as identity primary key, what text not null, subscriber_id bigint not null)`.execute(
    db,
  )
  await sql`create function log_order() returns trigger language plpgsql as
    $$ begin insert into order_log (what, subscriber_id) values (tg_argv[0], new.subscriber_id); return new; end $$`.execute(db)
  await sql`create trigger log_claim after update of state on deliveries for each row when (new.state = 'sending')
    execute function log_order('claim')`.execute(db)
  await sql`create trigger log_leave after insert on subscriber_events for each row when (new.to_state <> 'subscribed')
    execute function log_order('leave')`.execute(db)
}

/** Who was claimed, and who left. */
export interface OrderAccount {
  /** Subscribers who were claimed for although they had left. */
  readonly claimedAfterLeaving: readonly number[]
  /** Left before they were claimed for, and after. Both have to be many, or the test says little. */
  readonly leftBefore: number
  readonly leftAfter: number
}

/** Reads what was written down. */
export async function readOrder({ db, kind }: Ledger): Promise<OrderAccount> {
  const at = kind === 'sqlite' ? sql`id` : sql`pg_xact_commit_timestamp(xmin)`
  const { rows } = await sql<{ subscriber: number; wrong: number; claimed: number }>`
    select leaves.subscriber_id as subscriber,
      sum(case when claims.at > leaves.at then 1 else 0 end) as wrong, count(claims.at) as claimed
    from (select subscriber_id, ${at} as at from order_log where what = 'leave') as leaves
    left join (select subscriber_id, ${at} as at from order_log where what = 'claim') as claims on claims.subscriber_id = leaves.subscriber_id
    group by leaves.subscriber_id order by leaves.subscriber_id`.execute(db)
  return {
    claimedAfterLeaving: rows.filter(({ wrong }) => Number(wrong) > 0).map(({ subscriber }) => subscriber),
    leftBefore: rows.filter(({ claimed }) => Number(claimed) === 0).length,
    leftAfter: rows.filter(({ wrong, claimed }) => Number(claimed) > 0 && Number(wrong) === 0).length,
  }
}
