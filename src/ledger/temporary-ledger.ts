import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import type { Ledger, LedgerPlace } from './ledger.ts'
import { withLedger } from './open-ledger.ts'

/**
 * A SQLite ledger for as long as the work takes, in a folder that only its owner may look into. It is gone afterwards, also where the process ends by itself or is
 * told to; what a crash of the machine would leave of it is nobody's loss, so its commits wait for no disk.
 */
export async function withTemporaryLedger<Result>(work: (ledger: Ledger, place: LedgerPlace) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(path.join(tmpdir(), 'news-digest-dry-run-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', remove)
  const place = { file: path.join(folder, 'ledger.db'), databaseUrl: undefined, displayRoot: folder }
  try {
    return await withLedger(place, async ledger => {
      await sql`pragma synchronous = off`.execute(ledger.db)
      return work(ledger, place)
    })
  } finally {
    process.off('exit', remove)
    remove()
  }
}
