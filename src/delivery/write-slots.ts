/**
 * Slots of a rate: evenly 1/rate apart, so that a limit holds in every window of a second and not on average only (a bucket that fills up lets twice as many
 * through in a bad second). They stand in the ledger and so hold across all workers and all sendings.
 */

import { sql } from 'kysely'
import type { Ledger } from '../ledger/ledger.ts'
import { rowsAsTable } from '../ledger/rows.ts'

/** A limit: a name that all who share it use, and messages a second. */
export interface RateLimit {
  readonly name: string
  readonly rate: number
}

// Every connection that waits for a slot has reserved one. A slot farther ahead than a minute, or than so many messages take, was not reserved by living
// workers: the clock has jumped back since.
const farthestAhead = 60_000_000
const mostWaiting = 100
const microseconds = 1000

/**
 * Reserves one moment that all the limits allow, and returns how many milliseconds away it is. `now`: milliseconds since 1970; on PostgreSQL its own clock
 * counts, since clocks of several machines differ.
 */
export async function writeSlot(ledger: Ledger, limits: readonly RateLimit[], now: number): Promise<number> {
  if (limits.length === 0) return 0
  const { kind } = ledger
  const steps = rowsAsTable(
    kind,
    { name: 'text', step: 'integer' },
    limits.map(({ name, rate }) => [name, Math.ceil(1_000_000 / rate)]),
  )
  const clock =
    kind === 'postgres' ? sql`(extract(epoch from clock_timestamp()) * 1000000)::bigint` : sql`${Math.round(now * microseconds)}`
  return ledger.write(async db => {
    await sql`insert into rate_slots (name, next_at) select name, 0 from ${steps} as given where true order by name on conflict do nothing`.execute(
      db,
    )
    if (kind === 'postgres')
      await sql`select name from rate_slots where name in (select name from ${steps} as given) order by name for update`.execute(db)
    const { rows } = await sql<{ now: number; at: number }>`
      with clock as (select ${clock} as now)
      select clock.now as now, max(
        case when next_at between clock.now and clock.now + ${sql.lit(farthestAhead)} + ${sql.lit(mostWaiting)} * given.step then next_at else clock.now end
      ) as at
      from clock, rate_slots join ${steps} as given on rate_slots.name = given.name group by clock.now`.execute(db)
    const [slot] = rows
    if (slot === undefined) throw new Error('a slot was reserved, and is not there')
    await sql`
      update rate_slots set next_at = ${slot.at} + given.step from ${steps} as given where rate_slots.name = given.name`.execute(db)
    return (slot.at - slot.now) / microseconds
  })
}
