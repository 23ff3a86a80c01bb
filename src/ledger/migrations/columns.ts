/** Columns that tables of the ledger have in common. A migration that was released never changes, so neither does what stands here. */

import { type ColumnDefinitionBuilder, sql } from 'kysely'
import type { Ledger } from '../ledger.ts'

/** What is asked of a column. */
export type Column = (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder

/** Never null. */
export const required: Column = each => each.notNull()

/** A whole number of up to 64 bits. */
export function bigType(kind: Ledger['kind']): 'integer' | 'bigint' {
  return kind === 'sqlite' ? 'integer' : 'bigint'
}

/** Numbers that are never given twice, not even after a row was deleted: links and return paths in messages name rows by them. */
export function idColumn(kind: Ledger['kind']): Column {
  return each => (kind === 'sqlite' ? each.primaryKey().autoIncrement() : each.primaryKey().generatedByDefaultAsIdentity())
}

/** One of these values. */
export function oneOf(column: string, values: readonly string[]): Column {
  return each => each.notNull().check(sql`${sql.ref(column)} in (${sql.join(values.map(value => sql.lit(value)))})`)
}
