/** Whether anybody is sending now: for whoever looks on. */

import { existsSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sql } from 'kysely'
import { isSqliteBusy } from './sqlite.ts'
import { lockFileName, type WorkerLockRequest, workers } from './take-worker-lock.ts'

/**
 * Whether a process holds the lock of an edition (SQLite), or any process sends from this ledger (PostgreSQL). Takes no lock that a sender would wait for
 * longer than a moment.
 */
export async function hasWorker({ ledger, place, edition, list }: WorkerLockRequest): Promise<boolean> {
  if (ledger.kind === 'sqlite') return isLocked(path.join(path.dirname(place.file), lockFileName({ edition, list })))
  const { rows } = await sql<{ held: boolean }>`
    select exists (
      select 1 from pg_locks where locktype = 'advisory' and granted and classid = ${sql.lit(workers)} and objsubid = 2
        and database = (select oid from pg_database where datname = current_database())
    ) as held`.execute(ledger.db)
  return rows[0]?.held === true
}

/** A reader is turned away while another process has the exclusive transaction. */
function isLocked(file: string): boolean {
  if (!existsSync(file)) return false
  const database = new DatabaseSync(file, { timeout: 0, readOnly: true })
  try {
    database.prepare('select count(*) from sqlite_master').get()
    return false
  } catch (error) {
    if (isSqliteBusy(error)) return true
    throw error
  } finally {
    database.close()
  }
}
