import { CompiledQuery, sql } from 'kysely'
import { type JsonColumn, jsonRows } from './json-rows.ts'
import type { OneConnection } from './ledger.ts'

/** Rows of one statement on SQLite: few sizes, so that every statement is prepared once. */
const sizes = [100, 10, 1] as const

/** Puts many rows into a table; names in camelCase. Several statements, so not one transaction unless it is called in one. */
export async function insertRows(
  { kind, db }: Pick<OneConnection, 'kind' | 'db'>,
  table: string,
  columns: readonly JsonColumn[],
  rows: readonly (readonly unknown[])[],
): Promise<void> {
  if (rows.length === 0) return
  const names = sql.join(columns.map(({ name }) => sql.id(name)))
  if (kind === 'postgres') {
    await sql`insert into ${sql.id(table)} (${names}) select * from ${jsonRows(kind, columns, rows)} as input`.execute(db)
    return
  }
  // Bound values take a third of the time that SQLite needs to find them in JSON.
  for (let start = 0; start < rows.length; ) {
    const size = sizes.find(each => each <= rows.length - start) ?? 1
    await db.executeQuery(CompiledQuery.raw(insertText(table, columns, size), rows.slice(start, start + size).flat()))
    start += size
  }
}

const texts = new Map<string, string>()

function insertText(table: string, columns: readonly JsonColumn[], size: number): string {
  const key = `${table} ${size} ${columns.map(({ name }) => name).join()}`
  const known = texts.get(key)
  if (known !== undefined) return known
  const places = `(${columns.map(() => '?').join()})`
  const names = columns.map(({ name }) => snakeCase(name)).join()
  const text = `insert into ${snakeCase(table)} (${names}) values ${Array.from({ length: size }, () => places).join()}`
  texts.set(key, text)
  return text
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
}
