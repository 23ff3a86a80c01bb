import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { addReaders, takeSnapshot } from './engine.ts'
import { type Create, onBoth } from './on-both.ts'

async function recipientsOf(create: Create, prepare: (ledger: Awaited<ReturnType<Create>>['ledger']) => Promise<unknown>, changes = {}) {
  const { ledger } = await create()
  await prepare(ledger)
  const sending = await takeSnapshot(ledger, changes)
  const rows = await ledger.db.selectFrom('deliveries').selectAll().where('sendingId', '=', sending.id).orderBy('id').execute()
  return { ledger, sending, rows, addresses: rows.map(({ address }) => address).sort() }
}

onBoth('writeSnapshot()', create => {
  it('takes who is subscribed and not paused, from that list only', async () => {
    const now = Date.now()
    const { addresses, sending } = await recipientsOf(
      create,
      async ledger => {
        await addReaders(ledger, ['a@x.example'])
        await addReaders(ledger, ['paused@x.example'], { pausedUntil: now + 1000 })
        await addReaders(ledger, ['back@x.example'], { pausedUntil: now })
        for (const state of ['pending', 'unsubscribed', 'bounced', 'complained'] as const)
          await addReaders(ledger, [`${state}@x.example`], { state })
        await addReaders(ledger, ['other@x.example'], { list: 'press' })
      },
      { now },
    )
    expect(addresses).toEqual(['a@x.example', 'back@x.example'])
    expect([sending.recipients, sending.state, sending.startedAt]).toEqual([2, 'running', now])
  })

  it('keeps to the segment', async () => {
    const { addresses } = await recipientsOf(create, ledger => addReaders(ledger, ['a@x.example', 'b@y.example']), {
      condition: sql`subscribers.domain = 'y.example'`,
      segment: 'y',
    })
    expect(addresses).toEqual(['b@y.example'])
  })

  it('gives nobody a second delivery of an edition, in whatever state the first is', async () => {
    const { ledger } = await recipientsOf(create, each => addReaders(each, 3))
    await addReaders(ledger, ['late@x.example'])
    await ledger.db.updateTable('deliveries').set({ state: 'expired' }).where('address', 'like', 'reader0%').execute()
    const late = await takeSnapshot(ledger, { kind: 'late', round: 1 })
    const rows = await ledger.db.selectFrom('deliveries').select('address').where('sendingId', '=', late.id).execute()
    expect([late.recipients, rows]).toEqual([1, [{ address: 'late@x.example' }]])
    const next = await takeSnapshot(ledger, { edition: '2026-w07' })
    expect(next.recipients).toBe(4)
  })

  it('leaves a sending that has begun as it stands', async () => {
    const { ledger, sending } = await recipientsOf(create, each => addReaders(each, 3))
    await addReaders(ledger, ['late@x.example'])
    const again = await takeSnapshot(ledger, { hashesJson: '{"other":true}' })
    expect(again).toEqual(sending)
    expect(await ledger.db.selectFrom('deliveries').select('id').execute()).toHaveLength(3)
  })

  it('lets a scheduled sending begin', async () => {
    const { ledger } = await create()
    await addReaders(ledger, 3)
    await ledger.db
      .insertInto('sendings')
      .values({
        list: 'digest',
        edition: '2026-w06',
        kind: 'edition',
        round: 0,
        state: 'scheduled',
        hashesJson: '{}',
        scheduledFor: 5,
        scheduledZone: 'Europe/Berlin',
      })
      .execute()
    const sending = await takeSnapshot(ledger)
    expect([sending.state, sending.recipients, sending.scheduledFor]).toEqual(['running', 3, 5])
  })

  it('mixes domains that stand together on the list', async () => {
    const { rows } = await recipientsOf(create, ledger =>
      addReaders(
        ledger,
        Array.from({ length: 1000 }, (_, index) => `reader${index}@${index < 500 ? 'a' : 'b'}.example`),
      ),
    )
    const longest = rows.reduce(
      ({ domain, run, most }, row) => {
        const now = row.domain === domain ? run + 1 : 1
        return { domain: row.domain, run: now, most: Math.max(most, now) }
      },
      { domain: '', run: 0, most: 0 },
    ).most
    expect(longest).toBeLessThan(30)
  })
})

onBoth('writeSnapshot() with two subjects', create => {
  it.each([0.2, 0.5, 1])('gives A and B to half of the share %d each, and nobody else', async split => {
    const { rows } = await recipientsOf(create, ledger => addReaders(ledger, 4000), { split })
    const count = (variant: string | null) => rows.filter(each => each.variant === variant).length
    for (const variant of ['A', 'B']) expect(Math.abs(count(variant) / 4000 - split / 2)).toBeLessThan(0.02)
    expect(count('A') + count('B') + count(null)).toBe(4000)
    if (split === 1) expect(count(null)).toBe(0)
  })

  it('gives a person the same subject however often it is worked out, and another edition other people', async () => {
    const variants = async (edition: string) => {
      const { rows } = await recipientsOf(create, ledger => addReaders(ledger, 1000), { split: 0.5, edition })
      return new Map(rows.map(({ subscriberId, variant }) => [subscriberId, variant]))
    }
    const [once, again, next] = [await variants('2026-w06'), await variants('2026-w06'), await variants('2026-w07')]
    expect(again).toEqual(once)
    const same = [...next].filter(([id, variant]) => once.get(id) === variant).length
    expect(same).toBeGreaterThan(250)
    expect(same).toBeLessThan(550)
  })

  it('mixes anew for each edition: who tried a subject tries it no more often in another than chance says', async () => {
    const groups = await Promise.all(
      ['2026-w01', '2026-w02', '2026-w03', '2026-w04'].map(async edition => {
        const { rows } = await recipientsOf(create, ledger => addReaders(ledger, 4000), { split: 0.2, edition })
        return new Set(rows.filter(({ variant }) => variant === 'A').map(({ subscriberId }) => subscriberId))
      }),
    )
    for (const [index, one] of groups.entries())
      for (const other of groups.slice(index + 1)) {
        const again = one.intersection(other).size / one.size
        expect(again).toBeGreaterThan(0.05)
        expect(again).toBeLessThan(0.15)
      }
  })

  it('gives none without a split', async () => {
    const { rows } = await recipientsOf(create, ledger => addReaders(ledger, 10))
    expect(rows.every(({ variant }) => variant === null)).toBe(true)
  })
})
