import { describe, expect, it } from 'vitest'
import { readUncertain } from '../../src/delivery/read-uncertain.ts'
import { writeOrphans } from '../../src/delivery/write-orphans.ts'
import { openLedger } from '../../src/ledger/open-ledger.ts'
import { takeWorkerLock } from '../../src/ledger/take-worker-lock.ts'
import { ledgerKinds, useLedgers } from '../subscribers/ledgers.ts'
import { addReaders, takeSnapshot } from './engine.ts'

const { newPlace } = useLedgers()

describe.each(ledgerKinds)('writeOrphans() on %s', kind => {
  it('remembers when the message of a dead worker was under way, for the search in a log', async () => {
    const place = await newPlace(kind)
    const ledger = await openLedger(place)
    await addReaders(ledger, 2)
    const sending = await takeSnapshot(ledger)
    const begunAt = Date.parse('2026-02-09T09:00:00Z')
    const resumedAt = Date.parse('2026-02-09T15:00:00Z')
    const [first] = await ledger.db.selectFrom('deliveries').select('id').orderBy('id').execute()
    await ledger.db
      .updateTable('deliveries')
      .set({ state: 'sending', owner: 1, changedAt: begunAt })
      .where('id', '=', first?.id ?? 0)
      .execute()
    const lock = await takeWorkerLock({ ledger, place, edition: sending.edition, list: 'digest' })
    expect(lock && (await writeOrphans(ledger, lock, sending.id, resumedAt))).toEqual({ uncertain: 1, freed: 0 })
    expect(await readUncertain(ledger, [sending.id])).toMatchObject([
      { id: first?.id, attemptedAt: begunAt, why: expect.stringContaining('ended before') },
    ])
    await lock?.release()
    await ledger.close()
  })
})
