import { existsSync } from 'node:fs'
import type { Settings } from '../config/config.ts'
import type { LedgerPlace } from '../ledger/ledger.ts'

/** Where the ledger of a publication is: the SQLite file of the configuration, or the PostgreSQL of the variable DATABASE_URL. */
export function ledgerPlaceOf({ paths }: Pick<Settings, 'paths'>, env: Readonly<Record<string, string | undefined>>): LedgerPlace {
  return { file: paths.ledger, databaseUrl: env.DATABASE_URL, displayRoot: paths.displayRoot }
}

/** Whether there is a ledger to look into. Opening one that is not there would make it, which is for commands that put something in. */
export function hasLedger({ file, databaseUrl = '' }: LedgerPlace): boolean {
  return databaseUrl.trim() !== '' || existsSync(file)
}
