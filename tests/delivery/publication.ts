/** A publication with a built edition and a list, ready to be sent. */

import path from 'node:path'
import { readConfig } from '../../src/config/read-config.ts'
import type { SendReport } from '../../src/delivery/send-report.ts'
import type { LedgerPlace } from '../../src/ledger/ledger.ts'
import { withLedger } from '../../src/ledger/open-ledger.ts'
import type { NewSubscriber, SendingRow } from '../../src/ledger/tables.ts'
import { buildEdition } from '../../src/run-build.ts'
import { sendEdition } from '../../src/run-send.ts'
import type { SendRequest } from '../../src/run-send-contract.ts'
import { createTempFolder } from '../temp-folder.ts'
import { addReaders } from './add-readers.ts'

/** The least that a sending needs; `more` is added below. */
export function settingsWith(more = '', site = ''): string {
  return `site:
  name: Harbour Notes
  url: https://harbour.example
  timeZone: Europe/Lisbon
${site}sender:
  email: letter@harbour.example
  address: 1 Quay Street, Porto
links:
  publicUrl: https://letter.harbour.example
${more}`
}

/** Signs links in tests. */
export const secret = 'Kq3vT9xLm2Pz8RwYb5NcHd7JgFs4AeUo'

/** What the environment of a sending holds: a relay at this port, and the secret. */
export function environmentOf(port: number): Record<string, string> {
  return { SMTP_URL: `smtp://localhost:${port}`, NEWS_DIGEST_SECRET: secret }
}

/** Waits of a second, so that tests need none of minutes. */
export const quick = 'send:\n  backOff: [1s]\n  relayBackOff: [1s]\n  relayPatience: 3s\n'

/** Posts that pass every check. */
export function postOf(title: string, description: string, day = '2026-02-03'): string {
  return `---\ntitle: ${JSON.stringify(title)}\ndate: ${day}\ndescription: ${JSON.stringify(description)}\nfeatured: true\n---\n\n${description} It is told in the tower.\n`
}

const posts = {
  'content/lamps.md': postOf(
    'Lamps at low water',
    'The lamps are lit an hour before low water, and nobody has ever asked who pays for the oil.',
  ),
  'content/ropes.md': postOf(
    'Ropes that remember',
    'A rope keeps the shape of the bollard that held it, sometimes for years after the ship has gone.',
    '2026-02-05',
  ),
}

/** What differs from the usual publication. */
export interface PublicationOptions {
  readonly settings?: string
  readonly files?: Readonly<Record<string, string>>
  /** How many people are on the list, or their addresses. Default: 5. */
  readonly readers?: number | readonly string[]
  readonly databaseUrl?: string | undefined
  /** Whether 2026-w06 is built, which takes most of the time. Default: true. */
  readonly built?: boolean
}

/** A publication in a folder of its own. */
export interface Publication {
  readonly cwd: string
  readonly place: LedgerPlace
  /** Builds the edition again, as the files are now. */
  readonly build: () => Promise<void>
  readonly add: (who: number | readonly string[], changes?: Partial<NewSubscriber>) => Promise<void>
  readonly sendings: () => Promise<readonly SendingRow[]>
  /** Sends as `news-digest send 2026-w06 --yes` does. */
  readonly send: (port: number, changes?: Partial<SendRequest>) => Promise<SendReport>
}

/** Makes a publication, builds 2026-w06 unless told otherwise, and puts people on the list. It is gone when the test ends. */
export async function createPublication(options: PublicationOptions = {}): Promise<Publication> {
  const { settings = settingsWith(quick), files = {}, readers = 5, databaseUrl, built = true } = options
  const cwd = await createTempFolder({ 'news-digest.yaml': settings, ...posts, ...files })
  const configOf = () => readConfig({ cwd, file: null })
  const place = { file: path.join(cwd, 'data', 'news-digest.db'), databaseUrl, displayRoot: cwd }
  const build = async () => {
    await buildEdition({
      config: await configOf(),
      window: { kind: 'edition', id: '2026-w06' },
      now: new Date('2026-02-09T08:00:00Z'),
      check: false,
    })
  }
  if (built) await build()
  const add: Publication['add'] = (who, changes) => withLedger(place, ledger => addReaders(ledger, who, changes))
  await add(readers)
  return {
    cwd,
    place,
    build,
    add,
    sendings: () => withLedger(place, ({ db }) => db.selectFrom('sendings').selectAll().orderBy('id').execute()),
    send: async (port, changes = {}) =>
      sendEdition({
        config: await configOf(),
        editionId: '2026-w06',
        env: environmentOf(port),
        ledgerPlace: place,
        confirm: async () => true,
        ...changes,
      }),
  }
}
