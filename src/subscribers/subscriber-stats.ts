import { sql } from 'kysely'
import type { Ledger } from '../ledger/ledger.ts'
import { type SubscriberState, subscriberStates } from '../ledger/tables.ts'
import type { Segment } from './segment.ts'
import { subscriberFilter } from './segment-condition.ts'

/** How many have a value. */
export interface ValueCount {
  readonly value: string
  readonly count: number
}

/** A list in figures. Languages, tags and domains are those of whoever is subscribed, the most frequent first. */
export interface SubscriberStats {
  readonly states: Readonly<Record<SubscriberState, number>>
  readonly languages: readonly ValueCount[]
  readonly tags: readonly ValueCount[]
  readonly domains: readonly ValueCount[]
  /** Who joined (those who have not confirmed have not) and who left in the last twelve months, by month in UTC (`2026-02`), the newest first. */
  readonly months: readonly { readonly month: string; readonly joined: number; readonly left: number }[]
  /** Reasons that people gave in these months for leaving, the most frequent first. */
  readonly reasons: readonly ValueCount[]
}

const mostValues = 10
const shownMonths = 12

/** Counts a list, or a segment of it, as of an instant in milliseconds. */
export async function subscriberStats({ db, kind }: Ledger, list: string, segment: Segment | null, now: number): Promise<SubscriberStats> {
  const filter = sql`subscribers.list = ${list} and ${subscriberFilter(segment, kind)}`
  const subscribed = sql`${filter} and subscribers.state = 'subscribed'`
  const top = async (value: ReturnType<typeof sql>, from: ReturnType<typeof sql>, limit: number) => {
    const { rows } = await sql<ValueCount>`
      select ${value} as value, count(*) as count from ${from} where ${subscribed} group by 1 order by count(*) desc, 1 limit ${limit}`.execute(
      db,
    )
    return rows.map(row => ({ value: String(row.value), count: Number(row.count) }))
  }
  const states = await sql<{ state: SubscriberState; count: number }>`
    select state, count(*) as count from subscribers where ${filter} group by state`.execute(db)
  const tags =
    kind === 'sqlite'
      ? sql`subscribers, json_each(tags_json) as tag`
      : sql`subscribers, jsonb_array_elements_text(tags_json::jsonb) as tag (value)`
  const months = monthsBefore(now)
  const since = Date.parse(`${months.at(-1)}-01T00:00:00Z`)
  const month = (column: string) =>
    kind === 'sqlite'
      ? sql`strftime('%Y-%m', ${sql.ref(column)} / 1000, 'unixepoch')`
      : sql`to_char(to_timestamp(${sql.ref(column)} / 1000.0) at time zone 'UTC', 'YYYY-MM')`
  const joined = await sql<ValueCount>`
    select ${month('subscribers.joinedAt')} as value, count(*) as count from subscribers where ${filter} and state <> 'pending' and joined_at >= ${since} group by 1`.execute(
    db,
  )
  const left = await sql<ValueCount>`
    select ${month('subscriberEvents.at')} as value, count(*) as count
    from subscriber_events inner join subscribers on subscribers.id = subscriber_events.subscriber_id
    where ${filter} and subscriber_events.at >= ${since} and from_state in ('pending', 'subscribed') and to_state not in ('pending', 'subscribed')
    group by 1`.execute(db)
  const reasons = await sql<ValueCount>`
    select leave_reasons.reason as value, count(*) as count
    from leave_reasons inner join subscribers on subscribers.id = leave_reasons.subscriber_id
    where ${filter} and leave_reasons.at >= ${since} group by 1 order by count(*) desc, 1`.execute(db)
  const countOf = (rows: readonly ValueCount[], value: string) => Number(rows.find(row => row.value === value)?.count ?? 0)
  return {
    states: Object.fromEntries(
      subscriberStates.map(state => [state, Number(states.rows.find(row => row.state === state)?.count ?? 0)]),
    ) as SubscriberStats['states'],
    languages: await top(sql`coalesce(subscribers.language, '')`, sql`subscribers`, mostValues),
    tags: await top(sql`tag.value`, tags, mostValues),
    domains: await top(sql`subscribers.domain`, sql`subscribers`, mostValues),
    months: months.map(each => ({ month: each, joined: countOf(joined.rows, each), left: countOf(left.rows, each) })),
    reasons: reasons.rows.map(({ value, count }) => ({ value, count: Number(count) })),
  }
}

function monthsBefore(now: number): readonly string[] {
  const date = new Date(now)
  return Array.from({ length: shownMonths }, (_, index) =>
    new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - index, 1)).toISOString().slice(0, 7),
  )
}
