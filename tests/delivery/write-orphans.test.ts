import { expect, it } from 'vitest'
import { readUncertain } from '../../src/delivery/read-uncertain.ts'
import { writeReleased } from '../../src/delivery/write-end.ts'
import { writeOrphans } from '../../src/delivery/write-orphans.ts'
import { takeWorkerLock } from '../../src/ledger/take-worker-lock.ts'
import { onBoth, onPostgres } from './on-both.ts'
import { type Prepared, prepare } from './scenario.ts'

async function lockOf({ ledger, place }: Prepared) {
  const lock = await takeWorkerLock({ ledger, place, edition: '2026-w06', list: 'digest' })
  if (lock === null) throw new Error('somebody else has the lock')
  return lock
}

async function set(
  { ledger: { db } }: Prepared,
  address: string,
  changes: { readonly state: 'pending' | 'sending'; readonly owner: number },
) {
  await db
    .updateTable('deliveries')
    .set({ changedAt: 3, ...changes })
    .where('address', '=', address)
    .execute()
}

async function rows({ ledger: { db } }: Prepared) {
  const all = await db.selectFrom('deliveries').select(['address', 'state', 'owner']).orderBy('address').execute()
  return all.map(({ address, state, owner }) => `${address[0]} ${state} ${owner}`)
}

const [a, b, c] = ['a@x.example', 'b@x.example', 'c@x.example'] as const

onBoth('writeOrphans()', create => {
  it('makes uncertain what a dead worker was sending, with an attempt that says why', async () => {
    const prepared = await prepare(create, [a, b, c])
    const lock = await lockOf(prepared)
    await set(prepared, a, { state: 'sending', owner: 4711 })
    await set(prepared, b, { state: 'sending', owner: lock.owner })
    expect(await writeOrphans(prepared.ledger, lock, prepared.sending.id, 5)).toMatchObject({ uncertain: 1 })
    expect(await rows(prepared)).toEqual([`a uncertain 4711`, `b sending ${lock.owner}`, 'c pending null'])
    const tries = await prepared.ledger.db.selectFrom('attempts').select(['outcome', 'text', 'at']).execute()
    expect(tries).toEqual([{ outcome: 'uncertain', text: expect.stringContaining('the process that was sending it ended'), at: 3 }])
    expect(await writeOrphans(prepared.ledger, lock, prepared.sending.id, 6)).toMatchObject({ uncertain: 0 })
    await lock.release()
  })

  it('remembers when the message of a dead worker was under way, for the search in a log', async () => {
    const prepared = await prepare(create, [a])
    const lock = await lockOf(prepared)
    await set(prepared, a, { state: 'sending', owner: 4711 })
    await writeOrphans(prepared.ledger, lock, prepared.sending.id, Date.parse('2026-02-09T15:00:00Z'))
    expect(await readUncertain(prepared.ledger, [prepared.sending.id])).toMatchObject([
      { attemptedAt: 3, why: expect.stringContaining('ended before') },
    ])
    await lock.release()
  })

  it('gives back what was claimed and never handed over', async () => {
    const prepared = await prepare(create, [a, b, c])
    await set(prepared, a, { state: 'sending', owner: 4711 })
    await set(prepared, b, { state: 'sending', owner: 4712 })
    await writeReleased(prepared.ledger, prepared.sending.id, 4711)
    expect(await rows(prepared)).toEqual(['a pending null', 'b sending 4712', 'c pending null'])
  })
})

onPostgres('writeOrphans()', create => {
  it('leaves alone what a living worker has in hand, and frees what a dead one had reserved', async () => {
    const prepared = await prepare(create, [a, b, c])
    const [lock, living] = [await lockOf(prepared), await lockOf(prepared)]
    await set(prepared, a, { state: 'sending', owner: living.owner })
    await set(prepared, b, { state: 'pending', owner: living.owner })
    await set(prepared, c, { state: 'pending', owner: 4711 })
    expect(await writeOrphans(prepared.ledger, lock, prepared.sending.id, 5)).toEqual({ uncertain: 0, freed: 1 })
    expect(await rows(prepared)).toEqual([`a sending ${living.owner}`, `b pending ${living.owner}`, 'c pending null'])
    await living.release()
    expect(await writeOrphans(prepared.ledger, lock, prepared.sending.id, 6)).toEqual({ uncertain: 1, freed: 1 })
    await lock.release()
  })
})
