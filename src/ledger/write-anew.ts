import { sql } from 'kysely'
import type { Ledger } from './ledger.ts'
import { isSqliteBusy } from './sqlite.ts'

/**
 * Writes the file of a SQLite ledger anew, so that nothing of what was erased is left between the rows: rows that were moved leave copies of themselves in pages, which
 * `secure_delete` does not reach (https://sqlite.org/lang_vacuum.html). Takes seconds with a million people. False where another process keeps it from that; true
 * in PostgreSQL, whose autovacuum uses such space again.
 */
export async function writeLedgerAnew({ kind, db }: Pick<Ledger, 'kind' | 'db'>): Promise<boolean> {
  if (kind === 'postgres') return true
  try {
    await sql`vacuum`.execute(db)
    await sql`pragma wal_checkpoint(truncate)`.execute(db)
    return true
  } catch (error) {
    if (isSqliteBusy(error)) return false
    throw error
  }
}
