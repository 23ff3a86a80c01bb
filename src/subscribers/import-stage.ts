/** The rows of an import in a temporary table: no other process sees it, and it is gone with the connection. */

import { type Kysely, type Selectable, sql } from 'kysely'
import { insertRows } from '../ledger/insert-rows.ts'
import { jsonRows } from '../ledger/json-rows.ts'
import type { OneConnection } from '../ledger/ledger.ts'
import type { SubscriberState, Tables } from '../ledger/tables.ts'
import { attributesJson } from './attributes.ts'
import type { ImportedPerson, RowReading } from './import-row.ts'
import { tagsJson } from './tags.ts'

/** What becomes of a row. */
export const importOutcomes = ['new', 'updated', 'left', 'unchanged', 'merged', 'suppressed', 'forgotten', 'refused'] as const

/** What becomes of a row. `left`: somebody on the list whom the file says to have left. */
export type ImportOutcome = (typeof importOutcomes)[number]

/** A row of the file. For those of `updated` the values are the ones to be written. */
export interface ImportRowsTable {
  readonly rowNumber: number
  readonly line: number
  readonly address: string
  readonly original: string
  readonly domain: string
  readonly name: string | null
  readonly language: string | null
  readonly tagsJson: string
  readonly attributesJson: string
  readonly state: SubscriberState
  readonly joinedAt: number
  readonly confirmedAt: number | null
  readonly proofJson: string | null
  /** Of the address, where anybody was ever forgotten. */
  readonly digest: string | null
  readonly outcome: ImportOutcome
  /** Why it was refused or left out; whom it was merged with. */
  readonly detail: string | null
  readonly subscriberId: number | null
  /** What the subscriber had when `updated` was decided: written only where it is still so. */
  readonly oldTagsJson: string | null
  readonly oldAttributesJson: string | null
}

/** A row as it is read back. */
export type ImportRow = Selectable<ImportRowsTable>

/** The ledger's tables and that of the import. */
export type StageTables = Tables & { readonly importRows: ImportRowsTable }

const text = 'text' as const
const number = 'bigint' as const

const columns = [
  { name: 'rowNumber', type: number },
  { name: 'line', type: number },
  { name: 'address', type: text },
  { name: 'original', type: text },
  { name: 'domain', type: text },
  { name: 'name', type: text },
  { name: 'language', type: text },
  { name: 'tagsJson', type: text },
  { name: 'attributesJson', type: text },
  { name: 'state', type: text },
  { name: 'joinedAt', type: number },
  { name: 'confirmedAt', type: number },
  { name: 'proofJson', type: text },
  { name: 'digest', type: text },
  { name: 'outcome', type: text },
  { name: 'detail', type: text },
] as const

const later = [
  { name: 'subscriberId', type: number },
  { name: 'oldTagsJson', type: text },
  { name: 'oldAttributesJson', type: text },
] as const

/** Makes the table, empty. */
export async function createStage({ kind, db }: OneConnection): Promise<void> {
  await dropStage(db)
  const [key, ...others] = [...columns, ...later].map(
    ({ name, type }) => sql`${sql.id(name)} ${sql.raw(kind === 'sqlite' && type === number ? 'integer' : type)}`,
  )
  await sql`create temporary table import_rows (${key} primary key, ${sql.join(others)})`.execute(db)
}

/** Takes the table away; nothing where there is none. */
export async function dropStage(db: Kysely<Tables>): Promise<void> {
  await sql`drop table if exists import_rows`.execute(db)
}

/** The same database with the import's table among its own. */
export function staged(db: Kysely<Tables>): Kysely<StageTables> {
  return db.$extendTables<{ importRows: ImportRowsTable }>()
}

/** A row that was read. */
export interface ReadRow {
  readonly row: number
  readonly line: number
  readonly reading: RowReading
}

/** Puts rows into the table. `digestOf` is null where nobody was ever forgotten. */
export async function stageRows(
  connection: OneConnection,
  rows: readonly ReadRow[],
  digestOf: ((address: string) => string) | null,
): Promise<void> {
  const values = rows.map(({ row, line, reading }) => {
    if (reading.kind === 'refused')
      return [row, line, reading.address, ...Array.from({ length: 11 }, () => null), 'refused', reading.reason]
    const { person } = reading
    return [row, line, ...personValues(person), digestOf?.(person.address) ?? null, 'new', null]
  })
  await insertRows(connection, 'importRows', columns, values)
}

function personValues(person: ImportedPerson): readonly (string | number | null)[] {
  const { address, original, domain, name, language, state, joinedAt, confirmedAt, proofJson } = person
  const [tags, attributes] = [tagsJson(person.tags), attributesJson(person.attributes)]
  return [address, original, domain, name, language, tags, attributes, state, joinedAt, confirmedAt, proofJson]
}

/** What is decided of a row later: the values that are given replace those of the table. */
export type RowDecision = Pick<ImportRow, 'rowNumber' | 'outcome' | 'detail'> & Partial<DecidedValues>

/** Values that a decision may replace. */
export type DecidedValues = Pick<
  ImportRow,
  | 'name'
  | 'language'
  | 'tagsJson'
  | 'attributesJson'
  | 'state'
  | 'joinedAt'
  | 'confirmedAt'
  | 'proofJson'
  | 'oldTagsJson'
  | 'oldAttributesJson'
>

const decided = [...columns, ...later].filter(
  ({ name }) => !['line', 'address', 'original', 'domain', 'digest', 'subscriberId'].includes(name),
)

/** Writes decisions, each with its row. All of them must give the same values. */
export async function writeDecisions({ kind, db }: OneConnection, decisions: readonly RowDecision[]): Promise<void> {
  const [first] = decisions
  if (first === undefined) return
  const given = decided.filter(({ name }) => Object.hasOwn(first, name))
  const rows = decisions.map(decision => given.map(({ name }) => decision[name as keyof RowDecision] ?? null))
  const sets = given.filter(({ name }) => name !== 'rowNumber').map(({ name }) => sql`${sql.id(name)} = ${sql.ref(`input.${name}`)}`)
  await sql`
    update import_rows set ${sql.join(sets)} from ${jsonRows(kind, given, rows)} as input
    where import_rows.row_number = input.row_number`.execute(db)
}
