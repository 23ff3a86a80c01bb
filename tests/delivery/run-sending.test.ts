import { expect, it } from 'vitest'
import { writeWinner } from '../../src/delivery/write-wishes.ts'
import { takeWorkerLock } from '../../src/ledger/take-worker-lock.ts'
import { createLedger, resume, send } from './engine.ts'
import { onBoth } from './on-both.ts'
import { always, first, prepare, sendAndAccount, startRelay, statesOf } from './scenario.ts'

onBoth('runSending()', create => {
  it('sends to everybody once, over as many connections as the relay may have, and is finished', async () => {
    const prepared = await prepare(create, 500)
    const relay = await startRelay()
    const sent = await sendAndAccount(prepared, [relay])
    expect([sent.end, statesOf(sent)]).toEqual([{ kind: 'finished' }, { accepted: 500 }])
    expect(new Set(relay.served()).size).toBe(500)
    expect(relay.connections()).toBe(5)
    const { state, finishedAt } = await prepared.ledger.db.selectFrom('sendings').selectAll().executeTakeFirstOrThrow()
    expect([state, finishedAt === null]).toEqual(['finished', false])
  })

  it('ends within a moment of the last reply', async () => {
    const prepared = await prepare(create, 5)
    let lastReply = 0
    const relay = await startRelay({
      decide: ({ stage }) => {
        if (stage === 'dot') lastReply = performance.now()
        return undefined
      },
    })
    await sendAndAccount(prepared, [relay])
    expect(performance.now() - lastReply).toBeLessThan(300)
  })

  it('opens no more connections than there are recipients', async () => {
    const prepared = await prepare(create, 2)
    const relay = await startRelay()
    await sendAndAccount(prepared, [relay], { facts: { connections: 20 } })
    expect(relay.connections()).toBeLessThanOrEqual(2)
  })

  it('ends at once where nobody is on the list', async () => {
    const prepared = await prepare(create, 0)
    const relay = await startRelay()
    const sent = await sendAndAccount(prepared, [relay])
    expect([sent.end, statesOf(sent), relay.connections()]).toEqual([{ kind: 'finished' }, {}, 0])
  })

  it('leaves out whom the list has lost since the snapshot', async () => {
    const prepared = await prepare(create, 5)
    await prepared.ledger.db.updateTable('subscribers').set({ state: 'unsubscribed' }).execute()
    const relay = await startRelay()
    const sent = await sendAndAccount(prepared, [relay])
    expect([sent.end, statesOf(sent), relay.served()]).toEqual([{ kind: 'finished' }, { suppressed: 5 }, []])
  })

  it('sends no byte of a message to those who leave while it is sending, and goes on with the others', async () => {
    const prepared = await prepare(create, 30)
    const { db } = prepared.ledger
    const leaving = await db.selectFrom('deliveries').select('address').orderBy('id').offset(20).limit(1000).execute()
    const gone = leaving.map(({ address }) => address)
    const byte = { after: 1, say: '554 5.6.0 a byte came\r\n' }
    const relay = await startRelay({ decide: ({ stage, to }) => (stage === 'body' && gone.includes(to) ? byte : undefined) })
    const left: Promise<unknown>[] = []
    const beforeCompose = () => {
      if (left.length === 0) left.push(db.updateTable('subscribers').set({ state: 'unsubscribed' }).where('address', 'in', gone).execute())
    }
    const sent = await sendAndAccount(prepared, [relay], { facts: { connections: 1 }, beforeCompose })
    await Promise.all(left)
    expect([sent.end, statesOf(sent)]).toEqual([{ kind: 'finished' }, { accepted: 20, suppressed: 10 }])
    expect(gone.filter(address => relay.served().includes(address))).toEqual([])
  })

  it('keeps no outcome of those who leave while the relay refuses them', async () => {
    const prepared = await prepare(create, 6)
    const relay = await startRelay({ decide: always('RCPT', { say: '550 5.1.1 nobody here\r\n' }) })
    const { db } = prepared.ledger
    const left: Promise<unknown>[] = []
    const beforeCompose = () => {
      if (left.length === 0) left.push(db.updateTable('subscribers').set({ state: 'unsubscribed' }).execute())
    }
    const sent = await sendAndAccount(prepared, [relay], { facts: { connections: 1 }, beforeCompose })
    await Promise.all(left)
    expect(sent.counts.rejected).toBeLessThanOrEqual(1)
    expect(sent.counts.rejected + sent.counts.suppressed).toBe(6)
    expect(await db.selectFrom('attempts').select('id').execute()).toHaveLength(sent.counts.rejected)
  })

  it('does not send again to whom a finished sending has served', async () => {
    const prepared = await prepare(create, 5)
    const relay = await startRelay()
    await sendAndAccount(prepared, [relay])
    const again = await sendAndAccount(prepared, [relay])
    expect([again.end, relay.served().length]).toEqual([{ kind: 'finished' }, 5])
  })

  it('reports what it has done, and what it waits for', async () => {
    const prepared = await prepare(create, 50)
    const relay = await startRelay()
    const reports: number[] = []
    await sendAndAccount(prepared, [relay], { onProgress: ({ acceptedNow }) => void reports.push(acceptedNow) })
    expect(reports.at(-1)).toBe(50)
    expect(reports).toEqual([...reports].sort((a, b) => a - b))
  })
})

onBoth('runSending() with two subjects', create => {
  it('sends to those who try them, waits for the winner, and sends to the others then', async () => {
    const prepared = await prepare(create, 400, { split: 0.2 })
    const relay = await startRelay({ decide: first(5, 'RCPT', { say: '450 4.2.1 later\r\n' }) })
    const variants = { A: 0, B: 0, none: 0 }
    const count = ({ variant }: { readonly variant: string | null }) => {
      if (variant === 'A' || variant === 'B') variants[variant] += 1
      else variants.none += 1
    }
    const sent = await sendAndAccount(prepared, [relay], { beforeCompose: count })
    expect(sent.end).toEqual({ kind: 'waits-for-winner' })
    expect(variants.none).toBe(0)
    expect(variants.A + variants.B).toBe(sent.counts.accepted + 5)
    expect(sent.counts.pending).toBe(400 - sent.counts.accepted)
    const sending = await writeWinner(prepared.ledger, prepared.sending.id, 'B')
    const rest = await sendAndAccount({ ...prepared, sending }, [relay], { beforeCompose: count })
    expect([rest.end, statesOf(rest), variants.none]).toEqual([{ kind: 'finished' }, { accepted: 400 }, 0])
  })
})

it('commits beside the connections as it commits between them', async () => {
  const prepared = await prepare(() => createLedger(), 500)
  const relay = await startRelay({ decide: first(15, 'RCPT', { say: '550 5.2.0 no\r\n' }) })
  const sent = await sendAndAccount(prepared, [relay], { beside: true, facts: { connections: 20 } })
  expect([sent.end.kind, sent.counts.accepted + sent.counts.rejected + sent.counts.pending]).toEqual(['paused', 500])
  await resume(prepared.ledger, prepared.sending)
  const again = await sendAndAccount(prepared, [relay], { beside: true, facts: { connections: 20 } })
  expect(again.end).toEqual({ kind: 'finished' })
})

it('says what is wrong with a ledger that the thread cannot open', async () => {
  const prepared = await prepare(() => createLedger(), 5)
  const relay = await startRelay()
  const place = { ...prepared.place, file: `${prepared.place.displayRoot}/data` }
  const lock = await takeWorkerLock({ ...prepared, edition: '2026-w06', list: 'digest' })
  const sending = send({
    ...prepared,
    place,
    ports: [relay.port],
    beside: true,
    limits: { drain: 100 },
    ...(lock === null ? {} : { lock }),
  })
  await expect(sending).rejects.toMatchObject({ code: 'ledger-unavailable' })
  expect(relay.served()).toEqual([])
})
