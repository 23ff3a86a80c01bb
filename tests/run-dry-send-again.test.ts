import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeSnapshot } from '../src/delivery/write-snapshot.ts'
import type { Email } from '../src/render/email.ts'
import { addReaders } from './delivery/add-readers.ts'
import { createPublication, dryRun, dumpOf, placeOf, withRealLedger } from './delivery/dry-run/publication.ts'
import { takeSnapshot } from './delivery/snapshot.ts'
import { createDatabase } from './ledger/create-database.ts'

describe('dryRunSend() with a ledger that knows of sendings', () => {
  it.each(['SQLite', 'PostgreSQL'])('goes on where a sending on %s has stopped: only with what is left, under its own ids', async kind => {
    const cwd = await createPublication('bounces: { address: bounces@harbour.example }\n')
    const place = placeOf(cwd, kind === 'SQLite' ? undefined : await createDatabase())
    const { hashes } = JSON.parse(await readFile(path.join(cwd, 'out/2026-w06/email.json'), 'utf8')) as Email
    const left = await withRealLedger(place, async ledger => {
      await addReaders(ledger, 9)
      const sending = await takeSnapshot(ledger, { hashesJson: JSON.stringify(hashes) })
      const rows = await ledger.db.selectFrom('deliveries').select(['id', 'address', 'subscriberId']).orderBy('id').execute()
      const change = async (state: 'accepted' | 'deferred' | 'uncertain', at: readonly number[]) => {
        const ids = at.flatMap(index => rows[index]?.id ?? [])
        await ledger.db.updateTable('deliveries').set({ state }).where('id', 'in', ids).execute()
      }
      await change('accepted', [0, 1, 2, 3])
      await change('deferred', [4])
      await change('uncertain', [5])
      await ledger.db.updateTable('sendings').set({ state: 'paused', pauseReason: 'x' }).where('id', '=', sending.id).execute()
      // Left since.
      await ledger.db
        .updateTable('subscribers')
        .set({ state: 'unsubscribed' })
        .where('id', '=', rows[8]?.subscriberId ?? 0)
        .execute()
      return rows
    })
    const before = await dumpOf(place)
    const report = await dryRun(cwd, { ledgerPlace: place })
    expect(report).toMatchObject({ sum: { recipients: 4, accepted: 3, suppressed: 1 }, verdict: { messages: 3, faulty: 0 } })
    const ids = await Promise.all(
      report.samples.map(async ({ file }) =>
        Number(/^X-News-Digest-Delivery: (\d+)/m.exec(await readFile(path.join(cwd, file), 'utf8'))?.[1]),
      ),
    )
    expect(ids.toSorted((a, b) => a - b)).toEqual([left[4]?.id, left[6]?.id, left[7]?.id])
    expect(await dryRun(cwd, { ledgerPlace: place, retryUncertain: true })).toMatchObject({ verdict: { messages: 4, faulty: 0 } })
    expect(await dumpOf(place)).toBe(before)
  })

  it('says that nothing is left of what was sent, and goes to those who joined since', async () => {
    const cwd = await createPublication()
    const { hashes } = JSON.parse(await readFile(path.join(cwd, 'out/2026-w06/email.json'), 'utf8')) as Email
    await withRealLedger(placeOf(cwd), async ledger => {
      await addReaders(ledger, 2)
      const { id } = await takeSnapshot(ledger, { hashesJson: JSON.stringify(hashes) })
      await ledger.db.updateTable('deliveries').set({ state: 'accepted' }).execute()
      await ledger.db.updateTable('sendings').set({ state: 'finished' }).where('id', '=', id).execute()
      await addReaders(ledger, ['new@gull.example'], { joinedAt: Date.now() + 1000 })
    })
    expect(await dryRun(cwd)).toMatchObject({ outcome: { kind: 'over' }, sum: null, verdict: { messages: 0 } })
    expect(await dryRun(cwd, { kind: 'late' })).toMatchObject({ kind: 'late', sum: { accepted: 1 }, verdict: { messages: 1, faulty: 0 } })
  })

  it('verifies both subjects, and those who would wait for the winner', async () => {
    const file = '---\nsubjects: [Lamps, Oil]\nsplit: 40%\n---\n'
    const cwd = await createPublication('', { 'content/editions/2026-w06.md': file })
    await withRealLedger(placeOf(cwd), ledger => addReaders(ledger, 60))
    const report = await dryRun(cwd)
    expect(report).toMatchObject({ outcome: { kind: 'finished' }, sum: { accepted: 60 }, verdict: { messages: 60, faulty: 0 } })
    expect(report.waitForWinner).toBeGreaterThan(20)
    expect(report.waitForWinner).toBeLessThan(50)
    const subjects = await Promise.all(
      report.samples.map(async ({ file: name }) => /^Subject: (.*)\r$/m.exec(await readFile(path.join(cwd, name), 'utf8'))?.[1]),
    )
    expect(new Set(subjects)).toEqual(new Set(['Lamps', 'Oil']))
  })

  it('says where a sending would not be over in time', async () => {
    const cwd = await createPublication('send: { rate: 1/h, notAfter: 2h }\n')
    await withRealLedger(placeOf(cwd), ledger => addReaders(ledger, 5))
    const { forecast, sum } = await dryRun(cwd)
    expect(forecast).toMatchObject({ wouldExpire: true, byLimits: 5 * 3600, limitedBy: 'send.rate' })
    expect(sum).toMatchObject({ recipients: 5, closes: true })
    expect(sum?.expired).toBeGreaterThan(0)
  })

  it('forecasts by the pace of the last sending where that was slower than the limits', async () => {
    const cwd = await createPublication('send: { rate: 100/s }\n')
    await withRealLedger(placeOf(cwd), async ledger => {
      await addReaders(ledger, 200)
      const last = await writeSnapshot(ledger, { ...old, now: 1_769_000_000_000 })
      await ledger.db.updateTable('sendings').set({ state: 'finished', finishedAt: 1_769_020_000_000 }).where('id', '=', last.id).execute()
      // Two a second; then nothing for hours, which says nothing of the pace, and the rest within a second.
      const rows = await ledger.db.selectFrom('deliveries').select('id').where('sendingId', '=', last.id).orderBy('id').execute()
      for (const [index, { id }] of rows.entries()) {
        const changedAt = index < 180 ? 1_769_000_000_000 + (index + 1) * 500 : 1_769_020_000_000
        await ledger.db.updateTable('deliveries').set({ state: 'accepted', changedAt }).where('id', '=', id).execute()
      }
    })
    const { forecast } = await dryRun(cwd)
    expect(forecast).toMatchObject({ byLimits: 2, byEarlier: 92, seconds: 92 })
  })
})

const old = {
  list: 'digest',
  edition: '2026-w05',
  kind: 'edition',
  round: 0,
  hashesJson: '{}',
  segment: null,
  condition: null,
  forcedBecause: null,
  notAfter: 1_769_300_000_000,
  split: null,
} as const
