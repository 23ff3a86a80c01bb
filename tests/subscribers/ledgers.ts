/** Both kinds of ledger for tests: a new one each time. */

import path from 'node:path'
import { onTestFinished } from 'vitest'
import type { Ledger, LedgerPlace } from '../../src/ledger/ledger.ts'
import { openLedger } from '../../src/ledger/open-ledger.ts'
import { createDatabase } from '../ledger/create-database.ts'
import { createTempFolder } from '../temp-folder.ts'

/** Both databases. */
export const ledgerKinds = ['sqlite', 'postgres'] as const

/** Makes places and ledgers that go when the test ends. */
export function useLedgers() {
  const newPlace = async (kind: Ledger['kind']): Promise<LedgerPlace> => {
    const folder = await createTempFolder()
    const databaseUrl = kind === 'postgres' ? await createDatabase() : undefined
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
