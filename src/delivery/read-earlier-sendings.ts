import { sql } from 'kysely'
import type { Ledger } from '../ledger/ledger.ts'
import type { SendingRow } from '../ledger/tables.ts'

/** All sendings of an edition to a list, the oldest first. */
export function readEarlierSendings({ db }: Ledger, list: string, edition: string): Promise<readonly SendingRow[]> {
  return db.selectFrom('sendings').selectAll().where('list', '=', list).where('edition', '=', edition).orderBy('id').execute()
}

/** The edition that was sent to the list last, or that waits for its time; null where there is none. */
export async function readLatestEdition({ db }: Ledger, list: string, which: 'sent' | 'scheduled'): Promise<string | null> {
  const latest = await db
    .selectFrom('sendings')
    .select('edition')
    .where('list', '=', list)
    .where('kind', '=', 'edition')
    .where('state', which === 'scheduled' ? '=' : '!=', 'scheduled')
    .orderBy(which === 'scheduled' ? 'scheduledFor' : 'startedAt', which === 'scheduled' ? 'asc' : 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return latest?.edition ?? null
}

/** Seconds without any message that still belong to a rate: a sending that stood still for longer was interrupted, or waited for a relay. */
const longestGap = 30

/** Deliveries a second that this ledger's last large sending reached while it sent; null where there was none. */
export async function readUsualRate({ db }: Ledger): Promise<number | null> {
  const last = await db
    .selectFrom('sendings')
    .select('id')
    .where('state', '=', 'finished')
    .where('split', 'is', null)
    .where('recipients', '>=', 200)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (last === undefined) return null
  const { rows } = await sql<{ accepted: number; seconds: number | null }>`
    with accepted as (
      select changed_at / 1000 as second, count(*) as messages from deliveries where sending_id = ${last.id} and state = 'accepted' group by 1
    ), gaps as (select messages, second - lag(second) over (order by second) as gap from accepted)
    select sum(messages) as accepted, sum(case when gap is null then 1 when gap > ${longestGap} then 1 else gap end) as seconds from gaps
  `.execute(db)
  const { accepted, seconds } = rows[0] ?? { accepted: 0, seconds: null }
  return seconds === null ? null : Number(accepted) / Number(seconds)
}
