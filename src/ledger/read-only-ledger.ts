import { sql } from 'kysely'
import type { Ledger, LedgerPlace } from './ledger.ts'
import { withLedger } from './open-ledger.ts'

/** Opens the ledger for work that only reads: the database refuses everything else. It is there already, or it would be made. */
export function withLedgerToRead<Result>(place: LedgerPlace, work: (ledger: Ledger) => Promise<Result>): Promise<Result> {
  return withLedger(place, ledger =>
    ledger.onOneConnection(async one => {
      // On PostgreSQL it holds for this connection, which ends with the work.
      const refuse = ledger.kind === 'sqlite' ? 'pragma query_only = on' : 'set session characteristics as transaction read only'
      await sql.raw(refuse).execute(one.db)
      return work({ ...ledger, db: one.db, write: one.write, onOneConnection: inner => inner(one) })
    }),
  )
}
