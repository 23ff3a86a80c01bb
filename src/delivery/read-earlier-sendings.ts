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

/** So much of a sending went at its usual rate: those that a relay put off come hours later, and say nothing of it. */
const usualShare = 0.9

/** Deliveries a second that this ledger's last large sending reached; null where there was none. */
export async function readUsualRate({ db }: Ledger): Promise<number | null> {
  const last = await db
    .selectFrom('sendings')
    .select(['id', 'startedAt', 'recipients'])
    .where('state', '=', 'finished')
    .where('split', 'is', null)
    .where('recipients', '>=', 200)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (last?.startedAt == null || last.recipients === null) return null
  const count = Math.floor(last.recipients * usualShare)
  const then = await db
    .selectFrom('deliveries')
    .select('changedAt')
    .where('sendingId', '=', last.id)
    .orderBy('changedAt')
    .offset(count - 1)
    .limit(1)
    .executeTakeFirst()
  const seconds = then === undefined ? 0 : (then.changedAt - last.startedAt) / 1000
  return seconds > 0 ? count / seconds : null
}
