/** Rows of ours as a table in a statement: one statement then changes many rows, whatever their number. */

import { type RawBuilder, sql } from 'kysely'
import type { Ledger } from './ledger.ts'
import { parameterOf } from './statement.ts'

/** What a column holds, in both databases. */
export type ColumnType = 'integer' | 'text'

/** A value of a row. */
export type Value = number | string | null

/**
 * `(select … ) ` with the rows under the given column names (snake_case, ours, never a user's), to stand behind FROM with an alias. All values go as
 * parameters: one JSON text on SQLite, one array for each column on PostgreSQL.
 */
export function rowsAsTable<Given>(
  kind: Ledger['kind'],
  columns: Readonly<Record<string, ColumnType>>,
  rows: (given: Given) => readonly (readonly Value[])[],
): RawBuilder<unknown> {
  const names = Object.keys(columns)
  if (kind === 'sqlite') {
    const picked = names.map((name, index) => sql`json_extract(value, ${sql.lit(`$[${index}]`)}) as ${sql.id(name)}`)
    return sql`(select ${sql.join(picked)} from json_each(${parameterOf<Given>(given => JSON.stringify(rows(given)))}))`
  }
  const arrays = names.map((name, index) => {
    const type = columns[name] === 'integer' ? sql`bigint[]` : sql`text[]`
    return sql`${parameterOf<Given>(given => rows(given).map(row => row[index] ?? null))}::${type}`
  })
  return sql`(select * from unnest(${sql.join(arrays)}) as given (${sql.join(names.map(name => sql.id(name)))}))`
}
