import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Ledger } from '../ledger/ledger.ts'
import { signUpSource } from './request-sign-up.ts'

/** How long a sign-up is kept when its link has ended, in milliseconds. */
const keptFor = 24 * 3_600_000

/**
 * True of those (`subscribers` under this name) of whom nothing is known but that somebody typed their address into the form: nobody has confirmed it, and
 * no import or person has put them on the list.
 */
export function onlySignedUp(alias: string): RawBuilder<SqlBool> {
  const of = sql.ref(alias)
  return sql<SqlBool>`(${of}.state = 'pending'
    and ${of}.id in (select subscriber_id from sign_ups)
    and not exists (select 1 from subscriber_events where subscriber_events.subscriber_id = ${of}.id and source <> ${signUpSource}))`
}

/**
 * Removes sign-ups that nobody has confirmed a day after their links ended, and with them whoever is known by nothing else: they may be people whose address
 * somebody else typed. Returns how many people.
 */
export async function removeUnconfirmed(ledger: Ledger, now: number): Promise<number> {
  const before = now - keptFor
  const db = ledger.db
  const old = await db
    .selectFrom('signUps')
    .select('id')
    .where('expiresAt', '<=', before)
    .where('confirmedAt', 'is', null)
    .limit(1)
    .executeTakeFirst()
  if (old === undefined) return 0
  // Else the characters would stay in the file (as in forget-person.ts).
  if (ledger.kind === 'sqlite') await sql`pragma secure_delete = on`.execute(db)
  return ledger.write(async transaction => {
    const { numAffectedRows = 0n } = await sql`
      delete from subscribers
      where id in (select subscriber_id from sign_ups where expires_at <= ${before} and confirmed_at is null)
        and ${onlySignedUp('subscribers')}
        and not exists (select 1 from sign_ups where subscriber_id = subscribers.id and expires_at > ${before})`.execute(transaction)
    await transaction.deleteFrom('signUps').where('expiresAt', '<=', before).where('confirmedAt', 'is', null).execute()
    return Number(numAffectedRows)
  })
}
