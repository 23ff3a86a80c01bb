/** Statements that run again and again: built and compiled once for each kind of database, which takes longer than running them. */

import { type CompiledQuery, type Kysely, type RawBuilder, sql } from 'kysely'
import type { Ledger } from './ledger.ts'
import type { Tables } from './tables.ts'

/** What a value of a statement is made of each time. */
type Made<Given> = (given: Given) => unknown

/** A value of a statement, to stand in its template. */
export function parameterOf<Given>(made: Made<Given>): RawBuilder<unknown> {
  // A bare function would be called by the query builder.
  return sql.val({ made })
}

/** Runs a statement with what is given this time. */
export type Statement<Given, Row> = (db: Kysely<Tables>, given: Given) => Promise<readonly Row[]>

/**
 * A statement of one text. `build` is told once for each kind of database to write it, with `parameter` where a value stands; whatever else is in its template
 * is the same each time. Throws what the database throws.
 */
export function createStatement<Given, Row>(
  build: (kind: Ledger['kind'], parameter: (made: Made<Given>) => RawBuilder<unknown>) => RawBuilder<Row>,
): (kind: Ledger['kind']) => Statement<Given, Row> {
  const compiled = new Map<Ledger['kind'], CompiledQuery<Row>>()
  return kind => async (db, given) => {
    const known = compiled.get(kind) ?? build(kind, parameterOf).compile(db)
    compiled.set(kind, known)
    const parameters = known.parameters.map(each => (isParameter<Given>(each) ? each.made(given) : each))
    return (await db.executeQuery<Row>({ ...known, parameters })).rows
  }
}

function isParameter<Given>(value: unknown): value is { readonly made: Made<Given> } {
  return typeof value === 'object' && value !== null && 'made' in value
}
