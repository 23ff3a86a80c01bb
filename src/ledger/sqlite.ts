/** SQLite through Node's own module. */

import { closeSync, mkdirSync, openSync, statSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { CamelCasePlugin, type CompiledQuery, Kysely, SqliteDialect } from 'kysely'
import { movedAway } from './moved-away.ts'
import type { Tables } from './tables.ts'

/** How long a single statement waits for a lock, in milliseconds. The whole process stands still meanwhile, so transactions wait outside of SQLite. */
const blockingWait = 1000

/**
 * Opens the file, and makes it with its folder where it is missing. Only its owner may read it: it holds addresses. Every commit is on the disk when it
 * returns (`synchronous=FULL`), and readers do not wait for a writer (WAL). A transaction does not begin once another file stands in its place.
 * Throws what Node throws where the file cannot be opened or is no database.
 */
export function openSqlite(file: string): { readonly db: Kysely<Tables>; readonly isInPlace: () => boolean } {
  mkdirSync(path.dirname(file), { recursive: true })
  closeSync(openSync(file, 'a', 0o600))
  const database = new DatabaseSync(file, { timeout: blockingWait, enableForeignKeyConstraints: true })
  try {
    database.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -8000; PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864',
    )
  } catch (error) {
    database.close()
    throw error
  }
  const isInPlace = watchPlace(file)
  const dialect = new SqliteDialect({ database: adapt(database, isInPlace) })
  return { db: new Kysely<Tables>({ dialect, plugins: [new CamelCasePlugin()] }), isInPlace }
}

/**
 * Whether the file is still the one that was opened. What is written once it was removed, or a backup was put in its place, nobody would ever see again. SQLite
 * knows it by the same number (os_unix.c, fileHasMoved), and does not look while it writes ahead.
 */
function watchPlace(file: string): () => boolean {
  const inodeOf = () => statSync(file, { bigint: true, throwIfNoEntry: false })?.ino
  const opened = inodeOf()
  return () => inodeOf() === opened
}

type SqliteParameters = Parameters<StatementSync['all']>

/** Statements are kept: preparing one takes longer than running it. */
const keptStatements = 200

/** The interface that Kysely's dialect was written for. */
function adapt(database: DatabaseSync, isInPlace: () => boolean) {
  const begin = adaptBegin(database, isInPlace)
  const rollback = adaptRollback(database)
  const kept = new Map<string, ReturnType<typeof adaptStatement>>()
  return {
    prepare(sql: string) {
      const known = sql === 'begin' ? begin : sql === 'rollback' ? rollback : kept.get(sql)
      if (known !== undefined) return known
      const statement = adaptStatement(database.prepare(sql))
      if (kept.size >= keptStatements) kept.clear()
      kept.set(sql, statement)
      return statement
    },
    close: () => database.close(),
  }
}

/** A deferred transaction that reads and then writes fails when another has written meanwhile; an IMMEDIATE one has its turn, or fails at once. */
function adaptBegin(database: DatabaseSync, isInPlace: () => boolean) {
  const begin = adaptStatement(database.prepare('begin immediate'))
  const doNotWait = database.prepare('pragma busy_timeout = 0')
  const wait = database.prepare(`pragma busy_timeout = ${blockingWait}`)
  return {
    ...begin,
    run: (parameters: CompiledQuery['parameters']) => {
      if (!isInPlace()) throw new Error(movedAway)
      doNotWait.get()
      try {
        return begin.run(parameters)
      } finally {
        wait.get()
      }
    },
  }
}

/** A full disk ends the transaction by itself (https://sqlite.org/lang_transaction.html, 2.3). To end it again would hide why. */
function adaptRollback(database: DatabaseSync) {
  const rollback = adaptStatement(database.prepare('rollback'))
  return {
    ...rollback,
    run: (parameters: CompiledQuery['parameters']) =>
      database.isTransaction ? rollback.run(parameters) : { changes: 0, lastInsertRowid: 0 },
  }
}

function adaptStatement(statement: StatementSync) {
  return {
    reader: statement.columns().length > 0,
    all: (parameters: CompiledQuery['parameters']) => statement.all(...(parameters as SqliteParameters)),
    run: (parameters: CompiledQuery['parameters']) => statement.run(...(parameters as SqliteParameters)),
    iterate: (parameters: CompiledQuery['parameters']) => statement.iterate(...(parameters as SqliteParameters)),
  }
}

/** Whether somebody else is writing: worth another try a little later. */
export function isSqliteBusy(error: unknown): boolean {
  // SQLITE_BUSY and SQLITE_LOCKED with their extended codes (https://sqlite.org/rescode.html).
  return error instanceof Error && 'errcode' in error && [5, 6].includes(Number(error.errcode) & 0xff)
}
