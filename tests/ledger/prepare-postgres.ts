/**
 * One PostgreSQL for all test files, which lends each test an empty database. It starts when the first one is asked for. A database comes back when whoever
 * borrowed it closes the connection on which it was asked for, and is emptied for the next: making one takes a tenth of a second, emptying it much less.
 */

import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { type PostgresServer, startPostgres } from './start-postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The port at which databases are lent. */
    readonly databases: number
  }
}

/** Begins to lend, and ends with the tests. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  let server: Promise<PostgresServer> | null = null
  const free: string[] = []
  const lend = async (socket: Socket): Promise<void> => {
    const closed = new Promise(resolve => socket.once('close', resolve))
    socket.on('error', () => {}).resume()
    server ??= startPostgres()
    const url = free.pop() ?? (await (await server).createDatabase())
    socket.write(url)
    await closed
    await empty(url)
    free.push(url)
  }
  const lender = createServer(
    socket => void lend(socket).catch((error: unknown) => socket.destroy(error instanceof Error ? error : undefined)),
  )
  lender.listen(0, '127.0.0.1')
  await once(lender, 'listening')
  project.provide('databases', (lender.address() as AddressInfo).port)
  return async () => {
    lender.close()
    await (await server)?.stop()
  }
}

/** As new, whatever a test has left in it, also connections. */
async function empty(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  await client.query(
    'select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  )
  await client.query('drop schema public cascade; create schema public')
  await client.end()
}
