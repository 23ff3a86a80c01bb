import { execFile } from 'node:child_process'
import { chmod, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { UserError } from '../../src/errors.ts'
import type { Ledger, LedgerPlace } from '../../src/ledger/ledger.ts'
import { openLedger, withLedger } from '../../src/ledger/open-ledger.ts'
import type { NewSubscriber } from '../../src/ledger/tables.ts'
import { takeWorkerLock } from '../../src/ledger/take-worker-lock.ts'
import { createTempFolder } from '../temp-folder.ts'
import { createDatabase } from './create-database.ts'

const reader: NewSubscriber = {
  list: 'digest',
  address: 'ada@reader.example',
  original: 'Ada@Reader.example',
  domain: 'reader.example',
  state: 'subscribed',
  joinedAt: 1_770_000_000_000,
}

describe.each(['sqlite', 'postgres'] as const)('openLedger() with %s', kind => {
  it('makes the tables, and leaves them as they are when opened again', async () => {
    const place = await newPlace(kind)
    await withLedger(place, async ({ db }) => void (await db.insertInto('subscribers').values(reader).execute()))
    const found = await withLedger(place, ({ db }) => db.selectFrom('subscribers').selectAll().execute())
    expect(found).toEqual([
      {
        ...reader,
        id: 1,
        name: null,
        language: null,
        tagsJson: '[]',
        attributesJson: '{}',
        pausedUntil: null,
        epoch: 0,
        confirmedAt: null,
        proofJson: null,
      },
    ])
  })

  it('keeps numbers as numbers, also beyond 32 bits', async () => {
    const ledger = await opened(await newPlace(kind))
    const { joinedAt, id } = await ledger.db
      .insertInto('subscribers')
      .values(reader)
      .returning(['joinedAt', 'id'])
      .executeTakeFirstOrThrow()
    expect({ joinedAt, id }).toEqual({ joinedAt: reader.joinedAt, id: 1 })
  })

  it('never gives the number of a deleted subscriber to another', async () => {
    const { db } = await opened(await newPlace(kind))
    await db.insertInto('subscribers').values(reader).execute()
    await db.deleteFrom('subscribers').execute()
    const { id } = await db.insertInto('subscribers').values(reader).returning('id').executeTakeFirstOrThrow()
    expect(id).toBe(2)
  })

  it('refuses the same address twice on a list, and a state that there is not', async () => {
    const { db } = await opened(await newPlace(kind))
    await db.insertInto('subscribers').values(reader).execute()
    await expect(db.insertInto('subscribers').values(reader).execute()).rejects.toThrow(/unique/i)
    await expect(sql`update subscribers set state = 'gone'`.execute(db)).rejects.toThrow(/check/i)
  })

  it('undoes all of a transaction that fails', async () => {
    const ledger = await opened(await newPlace(kind))
    const failing = ledger.write(async db => {
      await db.insertInto('subscribers').values(reader).execute()
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await ledger.db.selectFrom('subscribers').selectAll().execute()).toEqual([])
  })

  it('loses no update when two of it read and then write at once', async () => {
    const place = await newPlace(kind)
    const ledgers = [await opened(place), await opened(place)]
    await ledgers[0]?.db.insertInto('settings').values({ name: 'count', value: '0' }).execute()
    const countUp = (ledger: Ledger) =>
      ledger.write(async db => {
        const { value } = await db
          .selectFrom('settings')
          .select('value')
          .where('name', '=', 'count')
          .$if(kind === 'postgres', query => query.forUpdate())
          .executeTakeFirstOrThrow()
        await new Promise(resolve => setImmediate(resolve))
        await db
          .updateTable('settings')
          .set({ value: String(Number(value) + 1) })
          .where('name', '=', 'count')
          .execute()
      })
    await Promise.all(Array.from({ length: 60 }, (_, index) => countUp(ledgers[index % 2] as Ledger)))
    expect(await ledgers[1]?.db.selectFrom('settings').select('value').execute()).toEqual([{ value: '60' }])
  })

  it('is opened by several at once for the first time', async () => {
    const place = await newPlace(kind)
    const ledgers = await Promise.all(Array.from({ length: 5 }, () => opened(place)))
    expect((await sql`select * from migrations`.execute(ledgers[0]?.db as Ledger['db'])).rows).toHaveLength(1)
  })

  it('refuses one that a newer version has changed', async () => {
    const place = await newPlace(kind)
    await withLedger(place, async ({ db }) => void (await sql`update migrations set version = 99`.execute(db)))
    await expect(openLedger(place)).rejects.toMatchObject({ code: 'ledger-newer' })
  })
})

describe('openLedger() with a file', () => {
  it('lets only the owner read it', async () => {
    const place = await newPlace('sqlite')
    await opened(place)
    expect((await stat(place.file)).mode & 0o077).toBe(0)
  })

  it.each(['removed', 'replaced by a backup'])(
    'writes nothing into a file that was %s while it was open: nobody would see it again',
    async what => {
      const place = await newPlace('sqlite')
      const ledger = await opened(place)
      await ledger.probe()
      const backup = `${place.file}.backup`
      await sql`vacuum into ${backup}`.execute(ledger.db)
      for (const end of ['', '-wal', '-shm']) await rm(`${place.file}${end}`, { force: true })
      if (what !== 'removed') await rename(backup, place.file)
      const writing = ledger.write(db => db.insertInto('subscribers').values(reader).execute())
      await expect(writing).rejects.toThrow('removed or replaced')
      await expect(ledger.probe()).rejects.toMatchObject({
        code: 'ledger-unavailable',
        message: expect.stringContaining('start this again'),
      })
    },
  )

  it('says what is wrong with a file that is no database, and leaves it as it is', async () => {
    const place = await newPlace('sqlite')
    const text = 'a note, and by no means a database\n'.repeat(200)
    await writeFile(path.join(place.displayRoot, 'note.txt'), text)
    const failure = await openLedger({ ...place, file: path.join(place.displayRoot, 'note.txt') }).catch((error: UserError) => error)
    expect(failure).toMatchObject({
      code: 'ledger-unavailable',
      message: 'the ledger (note.txt) cannot be used: the file is no SQLite database',
    })
  })

  it('says when a file stands where its folder should be', async () => {
    const place = await newPlace('sqlite')
    await writeFile(path.join(place.displayRoot, 'data'), '')
    await expect(openLedger({ ...place, file: path.join(place.displayRoot, 'data', 'a.db') })).rejects.toMatchObject({
      code: 'ledger-unavailable',
    })
  })

  it('says when it may not be written, as far as the system says no', async () => {
    const place = await newPlace('sqlite')
    await (await openLedger(place)).close()
    await chmod(place.file, 0o400)
    const failing = withLedger(place, ({ db }) => db.insertInto('subscribers').values(reader).execute())
    // Root may write everything.
    if (process.getuid?.() === 0) await failing
    else await expect(failing).rejects.toMatchObject({ code: 'ledger-unavailable' })
  })
})

describe('openLedger() with DATABASE_URL', () => {
  it.each([
    ['mysql://root:hunter2@localhost/news', /does not name a PostgreSQL/],
    ['postgres://root:hunter2@127.0.0.1:1/news', /PostgreSQL at 127\.0\.0\.1:1, database news\) cannot be used: nothing answers there/],
  ])('says what is wrong with %s, without the password', async (databaseUrl, message) => {
    const failure: UserError = await openLedger({ file: '', databaseUrl, displayRoot: '/' }).then(
      () => Promise.reject(new Error('opened')),
      error => error,
    )
    expect(failure.message).toMatch(message)
    expect(JSON.stringify(failure.problems)).not.toContain('hunter2')
  })

  it('says that a password is wrong', async () => {
    const databaseUrl = (await createDatabase()).replace('only', 'wrong')
    await expect(openLedger({ file: '', databaseUrl, displayRoot: '/' })).rejects.toThrow(/the password is wrong/)
  })
})

describe.each(['sqlite', 'postgres'] as const)('takeWorkerLock() with %s', kind => {
  it('tells the owner of a process that was killed from one that lives', async () => {
    const place = await newPlace(kind)
    const ledger = await opened(place)
    const mine = await takeWorkerLock({ ledger, place, edition: '2026-w06', list: 'digest' })
    const other = await takeWorkerLock({ ledger, place, edition: '2026-w07', list: 'digest' })
    onTestFinished(async () => void (await Promise.all([mine?.release(), other?.release()])))
    const living = kind === 'postgres' ? [other?.owner ?? 0] : []
    expect(await mine?.findDead([mine.owner, 12_345, ...living])).toEqual([12_345])
  })

  it('is free again once its process is killed', async () => {
    const place = await newPlace(kind)
    const ledger = await opened(place)
    const script = `
      const { openLedger } = await import(${JSON.stringify(new URL('../../src/ledger/open-ledger.ts', import.meta.url).href)})
      const { takeWorkerLock } = await import(${JSON.stringify(new URL('../../src/ledger/take-worker-lock.ts', import.meta.url).href)})
      const place = ${JSON.stringify(place)}
      const lock = await takeWorkerLock({ ledger: await openLedger(place), place, edition: '2026-w06', list: 'digest' })
      process.stdout.write(String(lock?.owner))
      setTimeout(() => process.kill(process.pid, 'SIGKILL'), 50)`
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]).catch(
      (error: { stdout: string }) => error,
    )
    const owner = Number(stdout)
    expect(owner).toBeGreaterThan(0)
    const mine = await takeWorkerLock({ ledger, place, edition: '2026-w06', list: 'digest' })
    onTestFinished(() => mine?.release())
    expect(await mine?.findDead([owner])).toEqual([owner])
  })
})

describe('takeWorkerLock() on SQLite', () => {
  it('lets one process send an edition, and others send other editions and other lists', async () => {
    const place = await newPlace('sqlite')
    const ledger = await opened(place)
    const take = (edition: string, list: string) => takeWorkerLock({ ledger, place, edition, list })
    const locks = [await take('2026-w06', 'digest'), await take('2026-w07', 'digest'), await take('2026-w06', 'press')]
    expect(locks.every(lock => lock !== null)).toBe(true)
    expect(await take('2026-w06', 'digest')).toBeNull()
    await locks[0]?.release()
    const again = await take('2026-w06', 'digest')
    expect(again).not.toBeNull()
    for (const lock of [...locks.slice(1), again]) await lock?.release()
  })
})

async function newPlace(kind: Ledger['kind']): Promise<LedgerPlace> {
  const folder = await createTempFolder()
  return {
    file: path.join(folder, 'data', 'news-digest.db'),
    databaseUrl: kind === 'postgres' ? await createDatabase() : undefined,
    displayRoot: folder,
  }
}

async function opened(place: LedgerPlace): Promise<Ledger> {
  const ledger = await openLedger(place)
  onTestFinished(() => ledger.close())
  return ledger
}
