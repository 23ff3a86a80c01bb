import { describe, expect, it } from 'vitest'
import { createLedger } from './engine.ts'
import type { Fault } from './fault-server/fault.ts'
import { onBoth } from './on-both.ts'
import { always, first, prepare, readDelivery, sendAndAccount, startRelay, statesOf } from './scenario.ts'

const who = 'ada@club.example'
const sqlite = () => createLedger()

// What the system has taken off our hands may arrive: with a small message, the dot too.
const largerThanBuffers = 12_000_000

/** Connections that break under one message: what is known then of its delivery, and that it came once. */
const breaks: readonly (readonly [string, string, Fault, 'accepted' | 'uncertain'])[] = [
  ['at MAIL', 'MAIL', { next: 'reset' }, 'accepted'],
  ['at RCPT', 'RCPT', { next: 'close' }, 'accepted'],
  ['at DATA', 'DATA', { next: 'reset' }, 'accepted'],
  ['in the middle of the reply to DATA', 'DATA', { say: '35', next: 'close' }, 'accepted'],
  ['before the first byte of the message', 'body', { next: 'close' }, 'accepted'],
  ['in the middle of the message', 'body', { after: 100_000, next: 'reset' }, 'accepted'],
  ['after the dot', 'dot', { next: 'close' }, 'uncertain'],
  ['after the dot, broken off', 'dot', { next: 'reset' }, 'uncertain'],
  ['in the middle of the reply to the dot', 'dot', { say: '250 2.0.0 Ok: que', next: 'close' }, 'uncertain'],
  ['after the first line of the reply to the dot', 'dot', { say: '250-2.0.0 Ok\r\n', next: 'close' }, 'uncertain'],
]

onBoth('runSending() when a connection breaks', create => {
  it.each(breaks)('%s, the delivery is known', async (_, stage, fault, state) => {
    const prepared = await prepare(create, [who, 'bob@club.example', 'eve@yahoo.example'])
    let left = 1
    const relay = await startRelay({
      decide: step => (step.stage === stage && step.to !== 'bob@club.example' && left-- > 0 ? fault : undefined),
    })
    const sent = await sendAndAccount(prepared, [relay], { facts: { connections: 1 }, bytes: stage === 'body' ? largerThanBuffers : 200 })
    expect([sent.end, statesOf(sent)]).toEqual([
      { kind: 'finished' },
      state === 'accepted' ? { accepted: 3 } : { accepted: 2, uncertain: 1 },
    ])
    const outcomes = await prepared.ledger.db.selectFrom('attempts').select(['outcome', 'code']).orderBy('id').execute()
    const broken = state === 'accepted' ? 'lost-before-dot' : 'uncertain'
    expect(outcomes.filter(({ outcome }) => outcome !== 'accepted')).toEqual([{ outcome: broken, code: null }])
  })
})

describe('runSending() when a relay misbehaves', () => {
  it('costs a recipient no attempt when the connection broke before the dot', async () => {
    const prepared = await prepare(sqlite, [who])
    const relay = await startRelay({ decide: first(3, 'DATA', { next: 'reset' }) })
    await sendAndAccount(prepared, [relay])
    const { delivery, tries } = await readDelivery(prepared, who)
    expect([delivery.attempts, tries.map(({ outcome }) => outcome)]).toEqual([
      1,
      ['lost-before-dot', 'lost-before-dot', 'lost-before-dot', 'accepted'],
    ])
  })

  it('backs off from a relay that breaks every connection after the dot, and makes few uncertain', async () => {
    const prepared = await prepare(sqlite, 200)
    const relay = await startRelay({ decide: always('dot', { next: 'close' }) })
    const sent = await sendAndAccount(prepared, [relay], { limits: { relayPatience: 400, relayBackOff: [100] } })
    expect(sent.end).toMatchObject({ kind: 'stopped', reason: expect.stringContaining('no relay could be used') })
    expect(sent.counts.pending).toBeGreaterThan(170)
    expect(sent.counts.uncertain + sent.counts.pending).toBe(200)
  })

  it('does not let a message that breaks every connection keep the others from theirs', async () => {
    const prepared = await prepare(sqlite, [who, ...Array.from({ length: 60 }, (_, index) => `reader${index}@club.example`)])
    const relay = await startRelay({ decide: step => (step.stage === 'DATA' && step.to === who ? { next: 'reset' } : undefined) })
    const drain = new AbortController()
    const sent = await sendAndAccount(prepared, [relay], {
      drain: drain.signal,
      onProgress: ({ acceptedNow }) => acceptedNow === 60 && drain.abort(),
    })
    expect([sent.end, statesOf(sent)]).toEqual([{ kind: 'interrupted' }, { accepted: 60, pending: 1 }])
  })

  it('defers whom a storm of 421 meets, with fewer connections, and gets through in the end', async () => {
    const prepared = await prepare(sqlite, 60)
    const relay = await startRelay({ decide: first(25, 'MAIL', { say: '421 4.7.0 slow down\r\n', next: 'close' }) })
    const sent = await sendAndAccount(prepared, [relay], { facts: { connections: 10 } })
    expect([sent.end, statesOf(sent)]).toEqual([{ kind: 'finished' }, { accepted: 60 }])
  })

  it.each([
    ['a wrong greeting', 'greeting', { say: 'HTTP/1.1 400 Bad Request\r\n\r\n', next: 'close' }],
    ['a greeting that refuses', 'greeting', { say: '554 5.3.2 go away\r\n', next: 'close' }],
    ['a greeting that asks for patience', 'greeting', { say: '421 4.3.2 too busy\r\n', next: 'close' }],
    ['no greeting', 'greeting', { next: 'reset' }],
    ['half a greeting', 'greeting', { say: '220-wait', next: 'close' }],
    ['EHLO refused and the connection closed', 'EHLO', { say: '502 5.5.1 no\r\n', next: 'close' }],
  ] as const)('tries again after %s, without an attempt on anybody', async (_, stage, fault) => {
    const prepared = await prepare(sqlite, 10)
    const relay = await startRelay({ decide: first(8, stage, fault) })
    const sent = await sendAndAccount(prepared, [relay])
    expect([sent.end, statesOf(sent)]).toEqual([{ kind: 'finished' }, { accepted: 10 }])
    const tries = await prepared.ledger.db.selectFrom('attempts').select('outcome').execute()
    expect(tries.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 10 }, () => 'accepted'))
  })

  it('tries a relay that was away with one connection, not with all', async () => {
    const prepared = await prepare(sqlite, 50)
    const relay = await startRelay({ decide: first(10, 'greeting', { next: 'close' }) })
    const greetings: number[] = []
    const sent = await sendAndAccount(prepared, [relay], {
      facts: { connections: 5 },
      limits: { relayBackOff: [40] },
      onProgress: () => void greetings.push(relay.connections()),
    })
    expect(sent.end).toEqual({ kind: 'finished' })
    // Five at once found out; after that each failure is one connection.
    expect(relay.connections()).toBeLessThanOrEqual(10 + 5)
  })

  it('goes on where it was when a relay comes back', async () => {
    const prepared = await prepare(sqlite, 300)
    const relay = await startRelay()
    let isAway = false
    const sent = await sendAndAccount(prepared, [relay], {
      onProgress: ({ acceptedNow }) => {
        if (isAway || acceptedNow < 20) return
        isAway = true
        void relay.goAway().then(() => setTimeout(() => void relay.comeBack(), 400))
      },
    })
    expect(isAway).toBe(true)
    expect(sent.end).toEqual({ kind: 'finished' })
    expect(sent.counts.accepted + sent.counts.uncertain).toBe(300)
    expect(sent.counts.uncertain).toBeLessThanOrEqual(5)
  })

  it('stops when no relay comes back within relayPatience; the next run finds everybody', async () => {
    const prepared = await prepare(sqlite, 10)
    const relay = await startRelay()
    await relay.goAway()
    const waits: (string | null)[] = []
    const sent = await sendAndAccount(prepared, [relay], {
      limits: { relayPatience: 200 },
      onProgress: ({ waitsFor }) => void waits.push(waitsFor),
    })
    expect(sent.end).toEqual({
      kind: 'stopped',
      reason: `no relay could be used for 0 seconds: nothing answers at 127.0.0.1, port ${relay.port}`,
    })
    expect(waits).toContain(`a relay: nothing answers at 127.0.0.1, port ${relay.port}`)
    expect(statesOf(sent)).toEqual({ pending: 10 })
    await relay.comeBack()
    expect(statesOf(await sendAndAccount(prepared, [relay]))).toEqual({ accepted: 10 })
  })
})
