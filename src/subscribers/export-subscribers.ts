import { sql } from 'kysely'
import type { Ledger } from '../ledger/ledger.ts'
import { csvLine } from './csv-line.ts'
import { pageSubscribers, type SubscriberQuery } from './page-subscribers.ts'
import { type SubscriberJson, subscriberJson } from './subscriber-json.ts'

/** The forms of an export. */
export type ExportFormat = 'csv' | 'json-lines'

/** The file of an export in pieces. `import` reads it back as it was, in either form. `onProgress` is told how many are done. */
export async function* exportSubscribers(
  ledger: Ledger,
  query: SubscriberQuery,
  format: ExportFormat,
  onProgress: (done: number) => void = () => {},
): AsyncGenerator<string> {
  const attributes = format === 'csv' ? await attributeNames(ledger, query.list) : []
  if (format === 'csv') yield csvLine([...plainColumns, ...attributes.map(name => `attribute.${name}`)])
  let done = 0
  for await (const page of pageSubscribers(ledger, query)) {
    done += page.length
    onProgress(done)
    yield page
      .map(subscriberJson)
      .map(subscriber => (format === 'csv' ? csvLine(csvCells(subscriber, attributes)) : `${JSON.stringify(subscriber)}\n`))
      .join('')
  }
}

const plainColumns = ['email', 'name', 'language', 'tags', 'state', 'joined_at', 'confirmed_at', 'consent', 'ip'] as const

function csvCells(subscriber: SubscriberJson, attributes: readonly string[]): readonly (string | null)[] {
  const plain = plainColumns.map(column => (column === 'tags' ? subscriber.tags.join(', ') : subscriber[column]))
  const own = attributes.map(name => (Object.hasOwn(subscriber.attributes, name) ? (subscriber.attributes[name] ?? null) : null))
  return [...plain, ...own]
}

async function attributeNames({ db, kind }: Ledger, list: string): Promise<readonly string[]> {
  const names =
    kind === 'sqlite'
      ? sql<{
          name: string
        }>`select distinct attribute.key as name from subscribers, json_each(attributes_json) as attribute where list = ${list}`
      : sql<{
          name: string
        }>`select distinct attribute.key as name from subscribers, jsonb_object_keys(attributes_json::jsonb) as attribute (key) where list = ${list}`
  const { rows } = await names.execute(db)
  return rows.map(({ name }) => name).sort()
}
