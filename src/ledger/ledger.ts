/** The contract of the ledger: one query layer over SQLite and PostgreSQL. */

import type { Kysely, Transaction } from 'kysely'
import type { Tables } from './tables.ts'

/** An open ledger, its tables up to date. */
export interface Ledger {
  readonly kind: 'sqlite' | 'postgres'
  /** The ledger as a message may name it: a file, or `PostgreSQL at db.example.com, database news`. Never a password. */
  readonly description: string
  /** For reading, and for a single statement. Whatever reads and then writes goes through `write`. */
  readonly db: Kysely<Tables>
  /**
   * A transaction that is sure to write. On SQLite it begins IMMEDIATE and waits, without blocking the process, while another program writes; on PostgreSQL
   * it is tried again after a deadlock, and where another has put in the same meanwhile, or taken out what it needs. So `work` may run several times, and must do nothing but query.
   * @throws UserError `ledger-unavailable` where the ledger stays locked
   */
  readonly write: <Result>(work: (db: Transaction<Tables>) => Promise<Result>) => Promise<Result>
  /** Asks it for next to nothing. Throws where it does not answer, and where another file stands in the place of the one that was opened. */
  readonly probe: () => Promise<void>
  /** For work with temporary tables: it has one connection to itself, `write` inside of it included. */
  readonly onOneConnection: <Result>(work: (ledger: OneConnection) => Promise<Result>) => Promise<Result>
  readonly close: () => Promise<void>
}

/** A ledger seen through a single connection. */
export type OneConnection = Pick<Ledger, 'kind' | 'description' | 'db' | 'write'>

/** Where the ledger is. */
export interface LedgerPlace {
  /** The SQLite file, absolute; made with its folder where it is missing. */
  readonly file: string
  /** The variable DATABASE_URL: a PostgreSQL instead. */
  readonly databaseUrl: string | undefined
  /** Folder that paths in messages are relative to. */
  readonly displayRoot: string
}
