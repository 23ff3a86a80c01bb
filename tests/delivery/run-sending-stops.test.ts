import { describe, expect, it } from 'vitest'
import { systemClock } from '../../src/delivery/run-clock.ts'
import { createLedger, resume, send } from './engine.ts'
import { onBoth } from './on-both.ts'
import { accountFor, afterFirst, always, first, prepare, readDelivery, sendAndAccount, startRelay, statesOf } from './scenario.ts'

const sqlite = () => createLedger()

describe('runSending() when a relay cannot be used as it is set up', () => {
  it('stops when the password is wrong, says so, and loses nobody', async () => {
    const prepared = await prepare(sqlite, 10)
    const relay = await startRelay({ tls: 'starttls', login: { user: 'digest', password: 'right' } })
    const url = (password: string) => `smtp://digest:${password}@localhost:${relay.port}?tls-verify=off`
    const sent = await send({ ...prepared, ports: [url('wrong-secret')] })
    expect(sent.end).toMatchObject({ kind: 'stopped', reason: expect.stringContaining('535') })
    const row = await prepared.ledger.db.selectFrom('sendings').select(['state', 'stopReason']).executeTakeFirst()
    expect(row).toMatchObject({ state: 'running', stopReason: expect.stringContaining('535') })
    expect(JSON.stringify(sent)).not.toContain('wrong-secret')
    expect(statesOf(sent)).toEqual({ pending: 10 })
    expect(relay.connections()).toBeLessThanOrEqual(5)
    const again = await send({ ...prepared, ports: [url('right')] })
    expect([again.end, statesOf(again)]).toEqual([{ kind: 'finished' }, { accepted: 10 }])
    await accountFor(prepared, [relay])
  })

  it.each([
    ['a certificate that proves nothing', (port: number) => `smtp://localhost:${port}?tls=required`, 'signed by itself'],
    ['a relay without STARTTLS', (port: number) => `smtp://127.0.0.1:${port}?tls=required`, 'offers no STARTTLS'],
    ['a name that cannot be resolved', () => 'smtp://relay.invalid:2525', 'cannot be resolved'],
  ])('waits, then stops for %s', async (what, url, reason) => {
    const prepared = await prepare(sqlite, 3)
    const relay = await startRelay({ tls: what.startsWith('a certificate') ? 'starttls' : 'none' })
    const sent = await send({ ...prepared, ports: [url(relay.port)], limits: { relayPatience: 100 } })
    expect(sent.end).toMatchObject({ kind: 'stopped', reason: expect.stringContaining(reason) })
    expect(statesOf(sent)).toEqual({ pending: 3 })
  })

  it('stops at a return path that no mail can come from', async () => {
    const prepared = await prepare(sqlite, 3)
    const relay = await startRelay()
    const sent = await sendAndAccount(prepared, [relay], { returnPath: 'bounces' })
    expect(sent.end).toMatchObject({ kind: 'stopped', reason: expect.stringContaining('the sender') })
    expect(statesOf(sent)).toEqual({ pending: 3 })
  })
})

onBoth('runSending() pauses the edition', create => {
  const rejectAll = always('RCPT', { say: '550 5.1.1 nobody\r\n' })

  it('after ten recipients in a row that a relay rejected; goes on when the editor says so', async () => {
    const prepared = await prepare(create, 100)
    const relay = await startRelay({ decide: first(12, 'RCPT', { say: '550 5.1.1 nobody\r\n' }) })
    const sent = await sendAndAccount(prepared, [relay], { facts: { connections: 20 } })
    expect(sent.end).toEqual({ kind: 'paused', reason: 'relay1 rejected 10 recipients in a row' })
    expect(statesOf(sent)).toEqual({ pending: 90, rejected: 10 })
    const { state, pauseReason } = await prepared.ledger.db.selectFrom('sendings').selectAll().executeTakeFirstOrThrow()
    expect([state, pauseReason]).toEqual(['paused', 'relay1 rejected 10 recipients in a row'])
    await resume(prepared.ledger, prepared.sending)
    const again = await sendAndAccount(prepared, [relay])
    expect([again.end, statesOf(again)]).toEqual([{ kind: 'finished' }, { accepted: 88, rejected: 12 }])
  })

  it('with no more rejected than ten and those under way then', async () => {
    const prepared = await prepare(create, 100)
    const relay = await startRelay({ decide: rejectAll })
    const sent = await sendAndAccount(prepared, [relay], { facts: { connections: 5 } })
    expect(sent.end.kind).toBe('paused')
    expect(sent.counts.rejected).toBeLessThanOrEqual(10 + 5)
  })

  it('when three domains reject it for policy, whoever else takes it', async () => {
    const prepared = await prepare(create, 60)
    const refusing = /@(gmail|yahoo|gmx)\.example$/
    const relay = await startRelay({
      decide: ({ stage, to }) => (stage === 'dot' && refusing.test(to) ? { say: '550 5.7.26 not authenticated\r\n' } : undefined),
    })
    const sent = await sendAndAccount(prepared, [relay], { facts: { connections: 1 } })
    expect(sent.end).toMatchObject({ kind: 'paused', reason: expect.stringContaining('for policy') })
    expect(sent.counts.rejected).toBeLessThan(10)
    const { count } = await prepared.ledger.db
      .selectFrom('subscribers')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('state', '=', 'subscribed')
      .executeTakeFirstOrThrow()
    expect(Number(count)).toBe(60)
  })
})

describe('runSending() and what is no failure of a relay', () => {
  it('pauses when 5 % of the first 1,000 are rejected', async () => {
    const prepared = await prepare(sqlite, 1000)
    let asked = 0
    const relay = await startRelay({
      decide: ({ stage }) => (stage === 'RCPT' && asked++ % 9 === 0 ? { say: '550 5.1.1 nobody\r\n' } : undefined),
    })
    const sent = await sendAndAccount(prepared, [relay])
    expect(sent.end).toMatchObject({ kind: 'paused', reason: expect.stringContaining('5 % of the first 1,000') })
    expect(sent.counts.rejected).toBeGreaterThanOrEqual(50)
    expect(sent.counts.rejected).toBeLessThanOrEqual(55)
  })

  it('rejects addresses that the relay lacks the means for, and goes on, however many they are', async () => {
    const beyondAscii = Array.from({ length: 15 }, (_, index) => `jürgen${index}@club.example`)
    const prepared = await prepare(sqlite, [...beyondAscii, 'ada@club.example'])
    const relay = await startRelay({ extensions: ['PIPELINING', 'ENHANCEDSTATUSCODES'] })
    const sent = await sendAndAccount(prepared, [relay], { facts: { connections: 1 } })
    expect([sent.end, statesOf(sent)]).toEqual([{ kind: 'finished' }, { accepted: 1, rejected: 15 }])
    const { tries, subscriber } = await readDelivery(prepared, 'jürgen0@club.example')
    expect([tries[0]?.outcome, tries[0]?.text, subscriber?.state]).toEqual([
      'unsupported',
      expect.stringContaining('SMTPUTF8'),
      'subscribed',
    ])
    expect(relay.events.filter(({ kind }) => kind === 'rcpt')).toHaveLength(1)
  })

  it('rejects an address that no mail can go to, and goes on', async () => {
    const prepared = await prepare(sqlite, ['a b@club.example', 'ada@club.example', 'x\r\nRCPT TO:<e@x.example>'])
    const relay = await startRelay()
    const sent = await sendAndAccount(prepared, [relay])
    expect([sent.end, statesOf(sent), relay.served()]).toEqual([{ kind: 'finished' }, { accepted: 1, rejected: 2 }, ['ada@club.example']])
    expect((await readDelivery(prepared, 'a b@club.example')).tries[0]?.outcome).toBe('refused')
  })
})

onBoth('runSending() and time', create => {
  it('tries deferred ones again when they are due, and counts their attempts', async () => {
    const prepared = await prepare(create, 20)
    const relay = await startRelay({ decide: first(30, 'RCPT', { say: '450 4.2.1 later\r\n' }) })
    const sent = await sendAndAccount(prepared, [relay], { limits: { backOff: [60, 120] } })
    expect([sent.end, statesOf(sent)]).toEqual([{ kind: 'finished' }, { accepted: 20 }])
    const tries = await prepared.ledger.db.selectFrom('attempts').selectAll().orderBy('id').execute()
    expect(tries).toHaveLength(50)
    const { attempts } = await prepared.ledger.db
      .selectFrom('deliveries')
      .select(({ fn }) => fn.sum<number>('attempts').as('attempts'))
      .executeTakeFirstOrThrow()
    expect(Number(attempts)).toBe(50)
    for (const [, mine] of Map.groupBy(tries, ({ deliveryId }) => deliveryId))
      for (const [index, each] of mine.slice(1).entries())
        expect(each.at - (mine[index]?.at ?? 0)).toBeGreaterThanOrEqual(index === 0 ? 60 : 120)
  })

  it('expires what is left when its time is over', async () => {
    const prepared = await prepare(create, 20, { notAfter: Date.now() + 1500 })
    const relay = await startRelay({
      decide: ({ stage, to }) => (stage === 'RCPT' && to.endsWith('@gmail.example') ? { say: '450 4.2.1 later\r\n' } : undefined),
    })
    const sent = await sendAndAccount(prepared, [relay], { limits: { backOff: [300] } })
    expect([sent.end, statesOf(sent)]).toEqual([{ kind: 'finished' }, { accepted: 12, expired: 8 }])
    const { state } = await prepared.ledger.db.selectFrom('sendings').selectAll().executeTakeFirstOrThrow()
    expect(state).toBe('finished')
  })

  it('sends nothing of a sending whose time is over', async () => {
    const prepared = await prepare(create, 5, { notAfter: Date.now() - 1 })
    const relay = await startRelay()
    const sent = await sendAndAccount(prepared, [relay])
    expect([sent.end, statesOf(sent), relay.connections()]).toEqual([{ kind: 'finished' }, { expired: 5 }, 0])
  })

  it('sends to everybody once although the clock is set back by an hour in the middle', async () => {
    const prepared = await prepare(create, 60)
    const relay = await startRelay({ decide: first(5, 'RCPT', { say: '450 4.2.1 later\r\n' }) })
    let back = 0
    const startedAt = performance.now()
    const sent = await sendAndAccount(prepared, [relay], {
      clock: { ...systemClock, now: () => Date.now() - back },
      limits: { rate: 100 },
      onProgress: ({ acceptedNow }) => {
        if (acceptedNow > 5) back = 3_590_000
      },
    })
    expect([sent.end, statesOf(sent)]).toEqual([{ kind: 'finished' }, { accepted: 60 }])
    expect(performance.now() - startedAt).toBeLessThan(10_000)
  })
})

describe('runSending() when it is interrupted', () => {
  it('finishes what is under way at the first signal, and begins nothing', async () => {
    const prepared = await prepare(sqlite, 300)
    const relay = await startRelay({ decide: always('dot', { delay: 100 }) })
    const drain = new AbortController()
    const sent = await sendAndAccount(prepared, [relay], {
      drain: drain.signal,
      onProgress: ({ acceptedNow }) => acceptedNow >= 5 && drain.abort(),
    })
    expect(sent.end).toEqual({ kind: 'interrupted' })
    expect(sent.counts.uncertain).toBe(0)
    expect(sent.counts.accepted + sent.counts.pending).toBe(300)
    expect(relay.open()).toBe(0)
    expect(statesOf(await sendAndAccount(prepared, [relay], { facts: { connections: 50 } }))).toEqual({ accepted: 300 })
  })

  it('gives up after its patience what the relay does not answer: that alone is uncertain', async () => {
    const prepared = await prepare(sqlite, 50)
    // A relay is asked one message at a time until it has taken one.
    const relay = await startRelay({ decide: afterFirst('dot', { next: 'hang' }) })
    const drain = new AbortController()
    setTimeout(() => drain.abort(), 300)
    const startedAt = performance.now()
    const sent = await sendAndAccount(prepared, [relay], { drain: drain.signal, limits: { drain: 300 } })
    expect(performance.now() - startedAt).toBeLessThan(3000)
    expect([sent.end, statesOf(sent)]).toEqual([{ kind: 'interrupted' }, { pending: 44, uncertain: 5, accepted: 1 }])
  })

  it('ends at once at the second signal: uncertain is only what had its dot sent', async () => {
    const prepared = await prepare(sqlite, 50)
    let isTaken = false
    const relay = await startRelay({
      decide: ({ stage, connection }) => {
        if (isTaken && stage === (connection % 2 === 0 ? 'dot' : 'RCPT')) return { next: 'hang' }
        isTaken ||= stage === 'dot'
        return undefined
      },
    })
    const [drain, abort] = [new AbortController(), new AbortController()]
    setTimeout(() => drain.abort(), 300)
    setTimeout(() => abort.abort(), 400)
    const sent = await sendAndAccount(prepared, [relay], {
      drain: drain.signal,
      abort: abort.signal,
      facts: { connections: 4 },
      limits: { drain: 60_000 },
    })
    expect([sent.end, statesOf(sent)]).toEqual([{ kind: 'interrupted' }, { pending: 47, uncertain: 2, accepted: 1 }])
  })

  it.each([
    ['a connection that is being opened', { next: 'hang' }, null],
    ['the slot of a rate', undefined, 0.02],
  ] as const)('does not wait for %s', async (_, greeting, rate) => {
    const prepared = await prepare(sqlite, 50)
    const relay = await startRelay({ decide: ({ stage }) => (stage === 'greeting' ? greeting : undefined) })
    const drain = new AbortController()
    setTimeout(() => drain.abort(), 400)
    const startedAt = performance.now()
    const sent = await sendAndAccount(prepared, [relay], { drain: drain.signal, limits: { drain: 60_000, rate } })
    expect(performance.now() - startedAt).toBeLessThan(3000)
    expect([sent.end, statesOf(sent)]).toEqual([{ kind: 'interrupted' }, rate === null ? { pending: 50 } : { pending: 49, accepted: 1 }])
  })
})
