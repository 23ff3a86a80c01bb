import { type RawBuilder, sql } from 'kysely'
import type { Ledger } from './ledger.ts'

/** A column of `jsonRows`. */
export interface JsonColumn {
  readonly name: string
  readonly type: 'text' | 'bigint'
}

/**
 * Rows as one parameter, to select from: `select * from ${jsonRows(…)} as input`. A statement with one parameter is parsed once, however many rows there
 * are, and no database bounds how many.
 */
export function jsonRows(kind: Ledger['kind'], columns: readonly JsonColumn[], rows: readonly (readonly unknown[])[]): RawBuilder<unknown> {
  const values = columns.map(({ name, type }, index) =>
    kind === 'sqlite'
      ? sql`value ->> ${sql.lit(index)} as ${sql.id(name)}`
      : sql`(value ->> ${sql.lit(index)})::${sql.raw(type)} as ${sql.id(name)}`,
  )
  const json = JSON.stringify(rows)
  const source = kind === 'sqlite' ? sql`json_each(${json})` : sql`json_array_elements(${json}::json)`
  return sql`(select ${sql.join(values)} from ${source})`
}
