import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Ledger } from '../../src/ledger/ledger.ts'
import type { ImportReport, ImportRequest } from '../../src/subscribers/import-subscribers.ts'
import { importSubscribers } from '../../src/subscribers/import-subscribers.ts'
import { openRows } from '../../src/subscribers/read-rows.ts'
import { createTempFolder } from '../temp-folder.ts'

/** The instant of every import of a test. */
export const importedAt = Date.parse('2026-02-01T08:00:00Z')

interface Options extends Partial<Omit<ImportRequest, 'rules'>> {
  readonly name?: string
  readonly rules?: Partial<ImportRequest['rules']>
  readonly map?: Readonly<Record<string, string>>
  readonly ignore?: readonly string[]
}

/** Writes a file of subscribers and imports it, with a consent unless told otherwise. */
export async function importFile(ledger: Ledger, content: string | Uint8Array, options: Options = {}): Promise<ImportReport> {
  const { name = 'readers.csv', rules, map = {}, ignore = [], ...rest } = options
  const file = path.join(await createTempFolder(), name)
  await writeFile(file, content)
  const source = await openRows({ file, shownFile: name, choice: { map: new Map(Object.entries(map)), ignore } })
  return importSubscribers(ledger, {
    source,
    list: 'digest',
    name,
    rules: { tags: [], language: null, consent: 'signed up at the fair', timeZone: 'UTC', now: importedAt, ...rules },
    update: false,
    skipRefused: false,
    dryRun: false,
    notesEach: 100,
    onProgress: () => {},
    ...rest,
  })
}

/** Outcomes that are not zero. */
export function outcomesOf({ outcomes }: ImportReport): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(outcomes).filter(([, count]) => count > 0))
}

/** Everybody on the list, by address. */
export function everybody({ db }: Ledger) {
  return db
    .selectFrom('subscribers')
    .select(['address', 'name', 'language', 'tagsJson', 'attributesJson', 'state'])
    .orderBy('address')
    .execute()
}
