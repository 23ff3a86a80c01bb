/** Brings the tables of a ledger up to date. Forward only: there is no way back to an older version. */

import { type Kysely, sql, type Transaction } from 'kysely'
import { UserError } from '../errors.ts'
import type { Ledger, OneConnection } from './ledger.ts'
import { createFirstTables } from './migrations/0001-first-tables.ts'
import { addServing } from './migrations/0002-serving.ts'
import type { Tables } from './tables.ts'

/** Makes or changes tables. `kind` is for what the two databases write differently. */
export type Migration = (db: Kysely<Tables>, kind: Ledger['kind']) => Promise<void>

/** In order; the number of a ledger is how many of these it has had. Once released, none is changed or taken out. */
const migrations: readonly Migration[] = [createFirstTables, addServing]

/** Any number that no other program uses: it is PostgreSQL's lock for migrating a ledger. */
const migrationLock = 7_316_001

/**
 * Runs what is missing, all in one transaction that no other process can share.
 * @throws UserError `ledger-newer` where a newer version of this program has changed the ledger
 */
export async function migrate({ kind, db, write, description }: OneConnection): Promise<void> {
  if ((await versionIfThere(db)) === migrations.length) return
  await write(async transaction => {
    if (kind === 'postgres') await sql`select pg_advisory_xact_lock(${migrationLock})`.execute(transaction)
    await sql`create table if not exists migrations (version integer not null)`.execute(transaction)
    const version = await versionOf(transaction)
    if (version > migrations.length) throw tooNew(description)
    for (const run of migrations.slice(version)) await run(transaction, kind)
    await sql`delete from migrations`.execute(transaction)
    await sql`insert into migrations (version) values (${sql.lit(migrations.length)})`.execute(transaction)
  })
}

/** Asked without a lock, so that opening a ledger that is up to date waits for nobody. */
async function versionIfThere(db: Kysely<Tables>): Promise<number> {
  const tables = await db.introspection.getTables()
  return tables.some(({ name }) => name === 'migrations') ? versionOf(db) : 0
}

async function versionOf(db: Kysely<Tables> | Transaction<Tables>): Promise<number> {
  const { rows } = await sql<{ version: number }>`select version from migrations`.execute(db)
  return rows[0]?.version ?? 0
}

function tooNew(description: string): UserError {
  return new UserError({
    code: 'ledger-newer',
    message: `the ledger (${description}) was written by a newer version of news-digest`,
    expected: `version ${migrations.length} of its tables, or an older one`,
    hint: 'Update news-digest: "npm install news-digest@latest".',
  })
}
