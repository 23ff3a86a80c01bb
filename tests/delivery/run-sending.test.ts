import { expect, it } from 'vitest'
import { onBoth } from './on-both.ts'
import { prepare, sendAndAccount, startRelay, statesOf } from './scenario.ts'

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
