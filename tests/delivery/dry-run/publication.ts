/** A publication with a built edition and people on its list, for dry runs. */

import path from 'node:path'
import { sql } from 'kysely'
import { runBuild } from '../../../src/commands/build.ts'
import { readConfig } from '../../../src/config/read-config.ts'
import type { Ledger, LedgerPlace } from '../../../src/ledger/ledger.ts'
import { openLedger } from '../../../src/ledger/open-ledger.ts'
import { type DryRunRequest, dryRunSend } from '../../../src/run-dry-send.ts'
import { contextOf } from '../../commands/context-of.ts'
import { keyOf } from '../../message/secret-of.ts'
import { createTempFolder } from '../../temp-folder.ts'

/** What a publication in order has. */
const settings = `site: { name: Harbour Notes, url: https://harbour.example, timeZone: Europe/Lisbon }
sender: { email: letter@harbour.example, address: "Pier 4, Faro" }
links: { publicUrl: https://letter.harbour.example }
`

const post =
  '---\ntitle: Lamps at low water\ndate: 2026-02-03\ndescription: Who lights them, and who pays for the oil.\nfeatured: true\n---\n\nThe lamps are lit at dusk.\n'

/** Edition 2026-w06, built. `more` is added to its configuration; files are path to text. */
export async function createPublication(more = '', files: Readonly<Record<string, string>> = {}): Promise<string> {
  const cwd = await createTempFolder({ 'news-digest.yaml': settings + more, 'content/lamps.md': post, ...files })
  await runBuild('2026-w06', {}, contextOf(cwd))
  return cwd
}

/** Opens a ledger, lets `work` write to it, and closes it: nobody has it open while the dry run reads. */
export async function withRealLedger<Result>(place: LedgerPlace, work: (ledger: Ledger) => Promise<Result>): Promise<Result> {
  const ledger = await openLedger(place)
  try {
    return await work(ledger)
  } finally {
    await ledger.close()
  }
}

/** The SQLite ledger of a publication, or a PostgreSQL. */
export function placeOf(cwd: string, databaseUrl?: string): LedgerPlace {
  return { file: path.join(cwd, 'data', 'news-digest.db'), databaseUrl, displayRoot: cwd }
}

/** A dry run with a secret, and a relay that nobody must connect to. */
export async function dryRun(cwd: string, changes: Partial<DryRunRequest> = {}) {
  return dryRunSend({
    config: await readConfig({ cwd, file: null }),
    editionId: '2026-w06',
    env: { NEWS_DIGEST_SECRET: keyOf('a'), SMTP_URL: 'smtp://relay.invalid' },
    ledgerPlace: placeOf(cwd),
    ...changes,
  })
}

/** Everything that stands in a ledger. */
export function dumpOf(place: LedgerPlace): Promise<string> {
  return withRealLedger(place, async ({ db }) => {
    const tables = (await db.introspection.getTables()).map(({ name }) => name).toSorted()
    const rows = await Promise.all(tables.map(async name => (await sql`select * from ${sql.table(name)}`.execute(db)).rows))
    return JSON.stringify(tables.map((name, index) => [name, rows[index]]))
  })
}
