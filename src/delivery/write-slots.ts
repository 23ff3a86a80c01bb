/**
 * Slots of a rate: evenly 1/rate apart, so that a limit holds in every window of a second and not on average only (a bucket that fills up lets twice as many
 * through in a bad second). They stand in the ledger and so hold across all workers and all sendings.
 */

import { sql } from 'kysely'
import type { Ledger } from '../ledger/ledger.ts'
import { rowsAsTable } from '../ledger/rows.ts'
import { createStatement } from '../ledger/statement.ts'

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
export async function writeSlot({ kind, write }: Ledger, limits: readonly RateLimit[], now: number): Promise<number> {
  if (limits.length === 0) return 0
  return write(async db => {
    await addLimits(kind)(db, { limits })
    if (kind === 'postgres') await lockLimits(kind)(db, { limits })
    const [slot] = await readSlot(kind)(db, { limits, now: Math.round(now * microseconds) })
    if (slot === undefined) throw new Error('a slot was reserved, and is not there')
    await writeNext(kind)(db, { limits, at: slot.at })
    return (slot.at - slot.now) / microseconds
  })
}

interface Given {
  readonly limits: readonly RateLimit[]
}

/** The limits with what is between two slots of theirs, in microseconds. */
function stepsOf(kind: Ledger['kind']) {
  return rowsAsTable<Given>(kind, { name: 'text', step: 'integer' }, ({ limits }) =>
    limits.map(({ name, rate }) => [name, Math.ceil(1_000_000 / rate)]),
  )
}

const addLimits = createStatement<Given, never>(
  kind =>
    sql`insert into rate_slots (name, next_at) select name, 0 from ${stepsOf(kind)} as given where true order by name on conflict do nothing`,
)

const lockLimits = createStatement<Given, { readonly name: string }>(
  kind => sql`select name from rate_slots where name in (select name from ${stepsOf(kind)} as given) order by name for update`,
)

const readSlot = createStatement<Given & { readonly now: number }, { readonly now: number; readonly at: number }>((kind, parameter) => {
  const clock = kind === 'postgres' ? sql`(extract(epoch from clock_timestamp()) * 1000000)::bigint` : parameter(({ now }) => now)
  return sql`
    with clock as (select ${clock} as now)
    select clock.now as now, max(
      case when next_at between clock.now and clock.now + ${sql.lit(farthestAhead)} + ${sql.lit(mostWaiting)} * given.step then next_at else clock.now end
    ) as at
    from clock, rate_slots join ${stepsOf(kind)} as given on rate_slots.name = given.name group by clock.now`
})

const writeNext = createStatement<Given & { readonly at: number }, never>(
  (kind, parameter) => sql`
    update rate_slots set next_at = ${parameter(({ at }) => at)} + given.step from ${stepsOf(kind)} as given where rate_slots.name = given.name`,
)
