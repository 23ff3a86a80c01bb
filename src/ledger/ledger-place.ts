import type { Paths } from '../config/config.ts'
import type { LedgerPlace } from './ledger.ts'

/** Where the ledger is: the configuration's file, unless DATABASE_URL names a PostgreSQL. */
export function ledgerPlaceOf(
  { paths }: { readonly paths: Pick<Paths, 'ledger' | 'displayRoot'> },
  { DATABASE_URL: databaseUrl }: Readonly<Record<string, string | undefined>>,
): LedgerPlace {
  return { file: paths.ledger, databaseUrl, displayRoot: paths.displayRoot }
}
