/** PostgreSQL. */

import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely'
import type { ClientConfig } from 'pg'
import type { Tables } from './tables.ts'

const int8 = 20

/** What every connection to the ledger is opened with. Whole numbers come back as numbers: none of ours passes 2^53. */
export async function postgresOptions(databaseUrl: string): Promise<ClientConfig> {
  const { default: pg } = await import('pg')
  return {
    connectionString: databaseUrl,
    application_name: 'news-digest',
    connectionTimeoutMillis: 15_000,
    types: { getTypeParser: (oid, format) => (oid === int8 ? Number : pg.types.getTypeParser(oid, format)) },
  }
}

/** A pool of connections. It connects with its first query, and throws then what the server or the network says. */
export async function openPostgres(databaseUrl: string): Promise<Kysely<Tables>> {
  const { default: pg } = await import('pg')
  const pool = new pg.Pool({ ...(await postgresOptions(databaseUrl)), max: 10 })
  // An idle connection that breaks is replaced by the pool, and the next query tells; without a listener the process would end.
  pool.on('error', () => {})
  // So does one that breaks between two statements of a transaction, and there the pool does not listen.
  pool.on('connect', client => client.on('error', () => {}))
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }), plugins: [new CamelCasePlugin()] })
}

/** Deadlocks, serialization failures and lock timeouts (PostgreSQL, Appendix A): the transaction was undone and may be tried again. */
export function isPostgresRetryable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(40001|40P01|55P03)$/.test(String(error.code))
}

/**
 * Whether a transaction was overtaken, and undone: what it had looked for and not found was put in by another since (a unique violation), or what it had found was
 * taken out (a foreign key violation).
 */
export function isOvertaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^2350[35]$/.test(String(error.code))
}
