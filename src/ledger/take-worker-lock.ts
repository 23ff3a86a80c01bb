/** A lock that dies with its process: who holds one is alive, and rows that a dead worker left behind can be told from those under way. */

import { randomInt } from 'node:crypto'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Ledger, LedgerPlace } from './ledger.ts'
import { postgresOptions } from './postgres.ts'
import { isSqliteBusy } from './sqlite.ts'

/** A held lock. */
export interface WorkerLock {
  /** Stands in the rows that this worker has claimed. */
  readonly owner: number
  /** False once the lock was lost while the process lives on, as with the connection to PostgreSQL: then nothing more may be claimed. */
  readonly isHeld: () => boolean
  /** Of these owners, those whose lock is free: their processes are gone. */
  readonly findDead: (owners: readonly number[]) => Promise<readonly number[]>
  readonly release: () => Promise<void>
}

/** What is locked: one sender for each edition and list on SQLite; on PostgreSQL every worker has a lock of its own. */
export interface WorkerLockRequest {
  readonly ledger: Ledger
  readonly place: LedgerPlace
  /** An edition's id that `parseEditionId` has let through. */
  readonly edition: string
  readonly list: string
}

/** Takes the lock, or returns null where another process holds it, which happens on SQLite only. */
export function takeWorkerLock({ ledger, place, edition, list }: WorkerLockRequest): Promise<WorkerLock | null> {
  const owner = randomInt(1, 2 ** 31 - 1)
  return ledger.kind === 'sqlite'
    ? Promise.resolve(lockFile(path.join(path.dirname(place.file), lockFileName({ edition, list })), owner))
    : lockInPostgres(place.databaseUrl ?? '', owner)
}

/** The file beside the SQLite ledger that whoever sends an edition keeps locked. */
export function lockFileName({ edition, list }: Pick<WorkerLockRequest, 'edition' | 'list'>): string {
  return list === 'digest' ? `${edition}.lock` : `${list}.${edition}.lock`
}

/** An exclusive transaction on a file of its own: the system drops it when the process ends, however it ends. */
function lockFile(file: string, owner: number): WorkerLock | null {
  mkdirSync(path.dirname(file), { recursive: true })
  closeSync(openSync(file, 'a', 0o600))
  const database = new DatabaseSync(file, { timeout: 0 })
  try {
    database.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    database.close()
    if (isSqliteBusy(error)) return null
    throw error
  }
  let held = true
  return {
    owner,
    isHeld: () => held,
    // Whoever holds this lock is the only sender, so every other owner is gone.
    findDead: owners => Promise.resolve(owners.filter(each => each !== owner)),
    release: () => {
      held = false
      database.close()
      return Promise.resolve()
    },
  }
}

/** Any number that no other program uses: the first half of an advisory lock's name, the owner is the second. */
export const workers = 7_316_002

/** An advisory lock on a connection of its own: the server drops it with the connection (PostgreSQL, 13.3.5). */
async function lockInPostgres(databaseUrl: string, owner: number): Promise<WorkerLock> {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ ...(await postgresOptions(databaseUrl)), keepAlive: true })
  let held = true
  const lose = () => {
    held = false
  }
  client.on('error', lose)
  client.on('end', lose)
  await client.connect()
  await client.query('select pg_advisory_lock($1, $2)', [workers, owner])
  return {
    owner,
    isHeld: () => held,
    findDead: async owners => {
      const others = owners.filter(each => each !== owner)
      const { rows } = await client.query<{ owner: number; free: boolean }>(
        `select owner::int, not exists (
           select 1 from pg_locks where locktype = 'advisory' and granted and classid = $1 and objid = owner and objsubid = 2
             and database = (select oid from pg_database where datname = current_database())
         ) as free from unnest($2::int[]) as owner`,
        [workers, others],
      )
      return rows.filter(({ free }) => free).map(each => each.owner)
    },
    release: async () => {
      await client.end().catch(() => undefined)
    },
  }
}
