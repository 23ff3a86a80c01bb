import { existsSync } from 'node:fs'
import type { LedgerPlace } from './ledger.ts'

/** Whether the place is a PostgreSQL; else it is a SQLite file. */
export function isInPostgres({ databaseUrl = '' }: Pick<LedgerPlace, 'databaseUrl'>): boolean {
  return databaseUrl.trim() !== ''
}

/** Whether there is a ledger to look into. Opening one that is not there would make it, which is for commands that put something in. */
export function hasLedger(place: LedgerPlace): boolean {
  return isInPostgres(place) || existsSync(place.file)
}
