/** The same tests on SQLite and on PostgreSQL. */

import { describe } from 'vitest'
import type { Ledger, LedgerPlace } from '../../src/ledger/ledger.ts'
import { createDatabase } from '../ledger/create-database.ts'
import { createLedger } from './engine.ts'

/** Makes an empty ledger, closed when the test ends. */
export type Create = () => Promise<{ readonly ledger: Ledger; readonly place: LedgerPlace }>

/** Describes what holds on both. */
export function onBoth(title: string, tests: (create: Create, kind: Ledger['kind']) => void): void {
  describe(`${title}, on SQLite`, () => tests(() => createLedger(), 'sqlite'))
  onPostgres(title, create => tests(create, 'postgres'))
}

/** Describes what there is on PostgreSQL only. */
export function onPostgres(title: string, tests: (create: Create) => void): void {
  describe(`${title}, on PostgreSQL`, () => {
    tests(async () => createLedger(await createDatabase()))
  })
}
