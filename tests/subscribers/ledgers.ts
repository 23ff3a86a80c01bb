/** Both kinds of ledger for tests: a new one each time. */

import path from 'node:path'
import { afterAll, beforeAll, onTestFinished } from 'vitest'
import type { Ledger, LedgerPlace } from '../../src/ledger/ledger.ts'
import { openLedger } from '../../src/ledger/open-ledger.ts'
import { type PostgresServer, startPostgres } from '../ledger/start-postgres.ts'
import { createTempFolder } from '../temp-folder.ts'

/** Both databases. */
export const ledgerKinds = ['sqlite', 'postgres'] as const

/** Starts a PostgreSQL for this test file; makes places and ledgers that go when the test ends. */
export function useLedgers() {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server.stop())

  const newPlace = async (kind: Ledger['kind']): Promise<LedgerPlace> => {
    const folder = await createTempFolder()
    const databaseUrl = kind === 'postgres' ? await server.createDatabase() : undefined
    return { file: path.join(folder, 'data', 'news-digest.db'), databaseUrl, displayRoot: folder }
  }
  const opened = async (place: LedgerPlace): Promise<Ledger> => {
    const ledger = await openLedger(place)
    onTestFinished(() => ledger.close())
    return ledger
  }
  const newLedger = async (kind: Ledger['kind']): Promise<Ledger> => opened(await newPlace(kind))
  return { newPlace, opened, newLedger }
}
