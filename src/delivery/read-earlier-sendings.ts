import type { Ledger } from '../ledger/ledger.ts'
import type { SendingRow } from '../ledger/tables.ts'

/** All sendings of an edition to a list, the oldest first. */
export function readEarlierSendings({ db }: Ledger, list: string, edition: string): Promise<readonly SendingRow[]> {
  return db.selectFrom('sendings').selectAll().where('list', '=', list).where('edition', '=', edition).orderBy('id').execute()
}

/** Deliveries a second that this ledger's last large sending reached; null where there was none. */
export async function readUsualRate({ db }: Ledger): Promise<number | null> {
  const last = await db
    .selectFrom('sendings')
    .select(['startedAt', 'finishedAt', 'recipients'])
    .where('state', '=', 'finished')
    .where('recipients', '>=', 200)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (last?.startedAt == null || last.finishedAt === null || last.recipients === null) return null
  const seconds = (last.finishedAt - last.startedAt) / 1000
  return seconds > 0 ? last.recipients / seconds : null
}
