import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Ledger } from '../ledger/ledger.ts'
import { ledgerSalt } from '../ledger/ledger-salt.ts'
import type { Tables } from '../ledger/tables.ts'
import { forgottenDigest } from './forgotten-digest.ts'

/** What was erased. */
export interface Forgotten {
  /** Lists that the person was on. */
  readonly lists: readonly string[]
  /** Deliveries that no longer name them. */
  readonly deliveries: number
}

/**
 * Erases a person from every list of the ledger: name, address, tags, attributes, proof, history and reasons for leaving go. Of deliveries the numbers stay, so that the sums of
 * what was sent still close, without the address and without what relays wrote, which often repeats it. Deliveries that still wait are suppressed. A
 * salted hash of the address stays, so that no import brings them back.
 */
export async function forgetPerson(ledger: Ledger, address: string, at: number): Promise<Forgotten> {
  const digest = forgottenDigest(address, await ledgerSalt(ledger))
  // Else the characters would stay in the file until something else is written over them (https://sqlite.org/pragma.html#pragma_secure_delete).
  if (ledger.kind === 'sqlite') await sql`pragma secure_delete = on`.execute(ledger.db)
  const forgotten = await ledger.write(async db => {
    const people = await db.selectFrom('subscribers').select(['id', 'list']).where('address', '=', address).execute()
    const ids = people.map(({ id }) => id)
    const deliveries = ids.length === 0 ? 0 : await blankDeliveries(db, ids, at)
    await blankBounces(db, sql`address = ${address}`)
    if (ids.length > 0) {
      await blankBounces(db, sql`subscriber_id in (${sql.join(ids)})`)
      await db.deleteFrom('subscribers').where('id', 'in', ids).execute()
    }
    await db
      .insertInto('forgotten')
      .values({ digest, at })
      .onConflict(conflict => conflict.column('digest').doNothing())
      .execute()
    return { lists: people.map(({ list }) => list), deliveries }
  })
  if (ledger.kind === 'sqlite') await sql`pragma wal_checkpoint(truncate)`.execute(ledger.db)
  return forgotten
}

/** What was decided of them repeats the words of relays, too. */
async function blankBounces(db: Kysely<Tables>, which: RawBuilder<unknown>): Promise<void> {
  await sql`update bounces set address = null, detail = null, decision = 'the person was forgotten' where ${which}`.execute(db)
}

async function blankDeliveries(db: Kysely<Tables>, ids: readonly number[], at: number): Promise<number> {
  await db
    .updateTable('deliveries')
    .set({ state: 'suppressed', changedAt: at, nextAttemptAt: null })
    .where('subscriberId', 'in', ids)
    .where('state', 'in', ['pending', 'deferred'])
    .execute()
  const { numUpdatedRows } = await db
    .updateTable('deliveries')
    .set({ address: '', reply: null })
    .where('subscriberId', 'in', ids)
    .executeTakeFirst()
  await sql`update attempts set text = null where delivery_id in (select id from deliveries where subscriber_id in (${sql.join(ids)}))`.execute(
    db,
  )
  return Number(numUpdatedRows)
}
