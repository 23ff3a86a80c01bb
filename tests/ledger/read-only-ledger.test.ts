import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openLedger } from '../../src/ledger/open-ledger.ts'
import { withLedgerToRead } from '../../src/ledger/read-only-ledger.ts'
import { withTemporaryLedger } from '../../src/ledger/temporary-ledger.ts'
import { ledgerKinds, useLedgers } from '../subscribers/ledgers.ts'
import { newSubscriber } from '../subscribers/new-subscriber.ts'

const { newPlace } = useLedgers()

describe.each(ledgerKinds)('withLedgerToRead() on %s', kind => {
  it('reads, and has the database refuse to write', async () => {
    const place = await newPlace(kind)
    await (await openLedger(place)).close()
    const add = (db: Awaited<ReturnType<typeof openLedger>>['db']) => db.insertInto('subscribers').values(newSubscriber()).execute()
    await expect(withLedgerToRead(place, ({ db }) => add(db))).rejects.toThrow()
    await expect(withLedgerToRead(place, ({ write }) => write(add))).rejects.toThrow()
    expect(await withLedgerToRead(place, ({ db }) => db.selectFrom('subscribers').selectAll().execute())).toEqual([])
  })
})

describe('withTemporaryLedger()', () => {
  it('is there for as long as the work takes, also where that fails', async () => {
    const files: string[] = []
    const work = withTemporaryLedger(async ({ db }, { file }) => {
      files.push(file)
      await db.insertInto('subscribers').values(newSubscriber()).execute()
      expect(existsSync(file)).toBe(true)
      throw new Error('no more')
    })
    await expect(work).rejects.toThrow('no more')
    expect(files.map(existsSync)).toEqual([false])
  })
})
