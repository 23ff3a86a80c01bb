import { setTimeout as sleep } from 'node:timers/promises'
import type { Transaction } from 'kysely'
import { displayPath } from '../config/display-path.ts'
import { UserError } from '../errors.ts'
import { isInPostgres } from './has-ledger.ts'
import type { Ledger, LedgerPlace, OneConnection } from './ledger.ts'
import { ledgerProblem, unavailable } from './ledger-problem.ts'
import { migrate } from './migrate.ts'
import { movedAway } from './moved-away.ts'
import type { Tables } from './tables.ts'

/** How long a transaction waits for others that write, in milliseconds. An import of a million rows holds the ledger for some ten seconds. */
const longestWait = 60_000
const pauseBetweenTries = 10
/** How often a transaction begins anew that others were quicker than. A second time it finds what they wrote; what fails again and again is a fault of ours. */
const mostOvertaken = 5

/**
 * Opens the ledger, makes it where there is none, and brings its tables up to date.
 * @throws UserError `ledger-unavailable` where it cannot be opened, `ledger-newer` where a newer version of this program has changed it
 */
export async function openLedger(place: LedgerPlace): Promise<Ledger> {
  const ledger = isInPostgres(place) ? await connectPostgres(place.databaseUrl?.trim() ?? '') : await openFile(place)
  try {
    await migrate(ledger)
    return ledger
  } catch (error) {
    await ledger.close().catch(() => undefined)
    throw error instanceof UserError ? error : unavailable(ledger, error)
  }
}

async function openFile({ file, displayRoot }: LedgerPlace): Promise<Ledger> {
  const { isSqliteBusy, openSqlite } = await import('./sqlite.ts')
  const description = displayPath(file, displayRoot)
  try {
    return toLedger({ kind: 'sqlite', description, ...openSqlite(file), isRetryable: isSqliteBusy })
  } catch (error) {
    throw unavailable({ kind: 'sqlite', description }, error)
  }
}

async function connectPostgres(databaseUrl: string): Promise<Ledger> {
  const { isOvertaken, isPostgresRetryable, openPostgres } = await import('./postgres.ts')
  const description = describePostgres(databaseUrl)
  return toLedger({ kind: 'postgres', description, db: await openPostgres(databaseUrl), isRetryable: isPostgresRetryable, isOvertaken })
}

interface Opened extends Pick<Ledger, 'kind' | 'description' | 'db'> {
  readonly isRetryable: (error: unknown) => boolean
  /** Whether another has put in or taken out, since it was looked for, what this needs. On SQLite nobody writes meanwhile. */
  readonly isOvertaken?: (error: unknown) => boolean
  /** Whether its file is still the one that was opened. */
  readonly isInPlace?: () => boolean
}

function toLedger({ isRetryable, isOvertaken = () => false, isInPlace = () => true, ...opened }: Opened): Ledger {
  const { db } = opened
  const through = (some: Ledger['db']): OneConnection => ({
    ...opened,
    db: some,
    write: work => writeWithPatience({ ...opened, db: some, isRetryable, isOvertaken }, work),
  })
  return {
    ...through(db),
    probe: async () => {
      if (!isInPlace()) throw unavailable(opened, new Error(movedAway))
      await db.selectFrom('settings').select('name').limit(1).execute()
    },
    onOneConnection: work => db.connection().execute(single => work(through(single))),
    close: () => db.destroy(),
  }
}

/** SQLite's own waiting would stop the whole process with all its connections, so we wait between tries. */
async function writeWithPatience<Result>(
  { kind, description, db, isRetryable, isOvertaken }: Required<Omit<Opened, 'isInPlace'>>,
  work: (transaction: Transaction<Tables>) => Promise<Result>,
): Promise<Result> {
  const startedAt = performance.now()
  let overtaken = 0
  while (true) {
    try {
      return await db.transaction().execute(work)
    } catch (error) {
      const isWorthIt = isOvertaken(error) ? overtaken++ < mostOvertaken : isRetryable(error)
      if (!isWorthIt) throw error
      if (performance.now() - startedAt > longestWait) throw unavailable({ kind, description }, error)
      await sleep(pauseBetweenTries)
    }
  }
}

/** Host and database; nothing else of it may be shown. Throws UserError `ledger-unavailable` where the text is no address. */
function describePostgres(databaseUrl: string): string {
  const url = URL.parse(databaseUrl)
  if (url === null || !/^postgres(ql)?:$/.test(url.protocol)) {
    throw new UserError({
      code: 'ledger-unavailable',
      message: 'DATABASE_URL does not name a PostgreSQL database',
      expected: 'postgres://user:password@db.example.com:5432/news',
      hint: 'Set it so, characters such as @ and / in a password percent-encoded; or leave it unset for the SQLite file of the configuration.',
    })
  }
  const host = url.hostname === '' ? 'this machine' : url.hostname
  return `PostgreSQL at ${host}${url.port === '' ? '' : `:${url.port}`}, database ${url.pathname.slice(1) || 'of the same name as the user'}`
}

/**
 * Opens the ledger, works with it and closes it again. What SQLite, PostgreSQL, the disk or the network refuse meanwhile is thrown as UserError
 * `ledger-unavailable`; the ledger itself is as the last commit left it.
 */
export async function withLedger<Result>(place: LedgerPlace, work: (ledger: Ledger) => Promise<Result>): Promise<Result> {
  const ledger = await openLedger(place)
  try {
    return await work(ledger)
  } catch (error) {
    throw ledgerProblem(ledger, error) ?? error
  } finally {
    await ledger.close().catch(() => undefined)
  }
}
