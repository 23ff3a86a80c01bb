import { describe, expect, it } from 'vitest'
import { readRecipients } from '../../src/delivery/read-recipients.ts'
import { readSendings } from '../../src/delivery/read-sendings.ts'
import { type CountsOf, readStatus } from '../../src/delivery/read-status.ts'
import type { DeliveryCounts } from '../../src/delivery/sending.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { openLedger } from '../../src/ledger/open-ledger.ts'
import { hasWorker } from '../../src/ledger/read-workers.ts'
import { takeWorkerLock } from '../../src/ledger/take-worker-lock.ts'
import { heldBackDetail } from '../../src/transport/send-one.ts'
import { ledgerKinds, useLedgers } from '../subscribers/ledgers.ts'
import { addReaders, send, takeSnapshot } from './engine.ts'
import { randomFaults } from './fault-server/random-faults.ts'
import { startFaultServer } from './fault-server/start-fault-server.ts'

const { newLedger, newPlace } = useLedgers()
const which = { list: 'digest', edition: '2026-w06' }

function total(rows: readonly CountsOf[]): DeliveryCounts {
  const sum = (state: keyof DeliveryCounts) => rows.reduce((all, { counts }) => all + counts[state], 0)
  return Object.fromEntries(
    (Object.keys(rows[0]?.counts ?? {}) as (keyof DeliveryCounts)[]).map(state => [state, sum(state)]),
  ) as DeliveryCounts
}

async function everyAddress(ledger: Ledger): Promise<readonly string[]> {
  const all: string[] = []
  for await (const rows of readRecipients(ledger, which)) all.push(...rows.map(({ address }) => address))
  return all
}

describe.each(ledgerKinds)('readStatus() on %s', kind => {
  it('closes the sum after a sending with faults, by state, by domain and by relay alike', async () => {
    const place = await newPlace(kind)
    const ledger = await openLedger(place)
    await addReaders(ledger, 400)
    const faults = { 'rcpt-550': 0.03, 'dot-drop': 0.03, 'rcpt-450': 0.1, 'rcpt-552': 0.02, 'dot-half': 0.01 }
    const relays = [
      await startFaultServer({ decide: randomFaults(faults, 3) }),
      await startFaultServer({ decide: randomFaults(faults, 4) }),
    ]
    const sending = await takeSnapshot(ledger)
    // Somebody leaves after the snapshot.
    await ledger.db.updateTable('subscribers').set({ state: 'unsubscribed' }).where('address', '=', 'reader3@outlook.example').execute()
    const { counts } = await send({ ledger, place, sending, ports: relays.map(({ port }) => port) })
    const status = await readStatus(ledger, which)
    const [own] = status.sendings
    expect(own?.sum).toMatchObject({ closes: true, recipients: 400, suppressed: 1, accepted: counts.accepted, uncertain: counts.uncertain })
    expect(own?.counts).toEqual(counts)
    expect(total(own?.domains ?? [])).toEqual(counts)
    expect(total(own?.relays ?? [])).toEqual({ ...counts, suppressed: 0 })
    expect(own?.relays.map(({ name }) => name).sort()).toEqual(['relay1', 'relay2'])
    expect(status.uncertain).toHaveLength(counts.uncertain)
    expect(counts.uncertain).toBeGreaterThan(0)
    const errors = own?.errors ?? []
    expect(errors.find(({ code }) => code === 550)).toMatchObject({ enhanced: '5.1.1', text: 'no such mailbox', outcome: 'rejected' })
    const failed = errors.filter(({ outcome }) => outcome === 'uncertain').reduce((all, { count }) => all + count, 0)
    expect(failed).toBe(counts.uncertain)
    expect(own?.slowest.map(({ milliseconds }) => milliseconds)).toEqual(
      own?.slowest.map(({ milliseconds }) => milliseconds).toSorted((a, b) => b - a),
    )
    await Promise.all(relays.map(each => each.close()))
    await ledger.close()
  })

  it('shows the recipients of late sendings once each beside the others, and welcome mail together', async () => {
    const ledger = await newLedger(kind)
    await addReaders(ledger, 30)
    await takeSnapshot(ledger)
    await addReaders(ledger, ['late@new.example'])
    await takeSnapshot(ledger, { kind: 'late' })
    for (const round of [0, 1]) {
      await addReaders(ledger, [`welcome${round}@new.example`])
      await takeSnapshot(ledger, { kind: 'welcome', round })
    }
    const { sendings, welcome } = await readStatus(ledger, { ...which, edition: 'latest' })
    expect(sendings.map(({ sending, sum }) => [sending.kind, sum.recipients, sum.stillToSend])).toEqual([
      ['edition', 30, 30],
      ['late', 1, 1],
    ])
    expect(welcome).toMatchObject({ sendings: 2, sum: { recipients: 2, stillToSend: 2, closes: true } })
    const addresses = await everyAddress(ledger)
    expect(addresses).toHaveLength(33)
    expect(new Set(addresses).size).toBe(33)
    expect((await readSendings(ledger, 'digest')).map(({ sending, sum }) => [sending.kind, sum.recipients])).toEqual([
      ['welcome', 1],
      ['welcome', 1],
      ['late', 1],
      ['edition', 30],
    ])
  })

  it('names the editions there are where one is asked for that was not sent, and keeps lists apart', async () => {
    const ledger = await newLedger(kind)
    await expect(readStatus(ledger, { ...which, edition: 'latest' })).rejects.toMatchObject({
      code: 'sending-unknown',
      message: expect.stringContaining('nothing'),
    })
    await addReaders(ledger, 1)
    await takeSnapshot(ledger)
    await takeSnapshot(ledger, { edition: '2026-w07' })
    await takeSnapshot(ledger, { edition: '2026-w08', list: 'other' })
    await expect(readStatus(ledger, { ...which, edition: '2026-w08' })).rejects.toMatchObject({
      code: 'sending-unknown',
      problems: [{ expected: 'one of 2026-w07, 2026-w06' }],
    })
    expect(await readStatus(ledger, { ...which, edition: 'latest' })).toMatchObject({ edition: '2026-w07' })
  })

  it('counts no message among the failed tries that was held back by ourselves', async () => {
    const ledger = await newLedger(kind)
    await addReaders(ledger, 2)
    await takeSnapshot(ledger)
    const [first, second] = await ledger.db.selectFrom('deliveries').select('id').orderBy('id').execute()
    const attempt = { at: 1, relay: 'own', outcome: 'lost-before-dot', stage: null, code: null, enhanced: null, milliseconds: 1 }
    await ledger.db
      .insertInto('attempts')
      .values([
        { ...attempt, deliveryId: first?.id ?? 0, text: heldBackDetail },
        { ...attempt, deliveryId: second?.id ?? 0, text: 'the connection ended' },
      ])
      .execute()
    expect((await readStatus(ledger, which)).sendings[0]?.errors).toMatchObject([{ text: 'the connection ended', count: 1 }])
  })

  it('tells whether somebody is sending', async () => {
    const place = await newPlace(kind)
    const ledger = await openLedger(place)
    const request = { ledger, place, edition: '2026-w06', list: 'digest' }
    expect(await hasWorker(request)).toBe(false)
    const lock = await takeWorkerLock(request)
    expect(await hasWorker(request)).toBe(true)
    await lock?.release()
    await expect.poll(() => hasWorker(request)).toBe(false)
    await ledger.close()
  })
})
