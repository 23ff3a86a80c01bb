import { describe, expect, it } from 'vitest'
import { createLedger } from './engine.ts'
import type { ServerEvent } from './fault-server/fault.ts'
import { always, first, prepare, type SpiedRelay, sendAndAccount, startRelay, statesOf } from './scenario.ts'

const sqlite = () => createLedger()

/** Recipients that were named and whose message was not answered yet, at most. */
function mostUnderWay(events: readonly ServerEvent[], domain = ''): number {
  const open = new Set<string>()
  let most = 0
  for (const event of events) {
    if (event.kind === 'rcpt' && event.to.endsWith(domain) && event.said?.startsWith('250') === true) open.add(event.to)
    if (event.kind === 'reply') open.delete(event.to)
    most = Math.max(most, open.size)
  }
  return most
}

const countOf = (relay: SpiedRelay) => relay.served().length

describe('runSending() over several relays', () => {
  it('shares by weight', async () => {
    const prepared = await prepare(sqlite, 800)
    const relays = [await startRelay(), await startRelay()]
    const sent = await sendAndAccount(prepared, relays, { facts: [{ weight: 3 }, { weight: 1 }] })
    expect(statesOf(sent)).toEqual({ accepted: 800 })
    expect(relays.map(countOf)[0]).toBeGreaterThan(560)
    expect(relays.map(countOf)[0]).toBeLessThan(640)
    const rows = await prepared.ledger.db.selectFrom('deliveries').select(['relay']).execute()
    expect(rows.filter(({ relay }) => relay === 'relay1')).toHaveLength(relays.map(countOf)[0] ?? -1)
  })

  it('goes over the others while one is away, and over it again when it is back', async () => {
    const prepared = await prepare(sqlite, 600)
    const [one, two] = [await startRelay(), await startRelay({ decide: always('dot', { delay: 3 }) })]
    await one.goAway()
    let isBack = false
    const sent = await sendAndAccount(prepared, [one, two], {
      onProgress: ({ acceptedNow }) => {
        if (acceptedNow < 100 || isBack) return
        isBack = true
        void one.comeBack()
      },
    })
    expect(statesOf(sent)).toEqual({ accepted: 600 })
    expect(countOf(one)).toBeGreaterThan(50)
    expect(countOf(two)).toBeGreaterThan(100)
  })

  it.each([
    ['does not greet', 'greeting'],
    ['does not answer', 'dot'],
  ])('does not wait for the share of one that %s', async (_, stage) => {
    const prepared = await prepare(sqlite, 300)
    const [hanging, well] = [await startRelay({ decide: always(stage, { next: 'hang' }) }), await startRelay()]
    const drain = new AbortController()
    let accepted = 0
    setTimeout(() => drain.abort(), 14_000)
    const startedAt = performance.now()
    await sendAndAccount(prepared, [hanging, well], {
      facts: { connections: 3 },
      limits: { drain: 100 },
      drain: drain.signal,
      onProgress: ({ acceptedNow, counts }) => {
        accepted = acceptedNow
        if (counts.pending <= 3) drain.abort()
      },
    })
    expect(accepted).toBeGreaterThanOrEqual(297)
    // One that never greeted is not waited for at all; one that fell silent for ten seconds.
    expect(performance.now() - startedAt).toBeLessThan(stage === 'greeting' ? 5000 : 13_500)
  })

  it('goes on with the others when one is set up wrongly', async () => {
    const prepared = await prepare(sqlite, 100)
    const [wrong, well] = [await startRelay({ decide: always('MAIL', { say: '530 5.7.0 log in first\r\n' }) }), await startRelay()]
    const sent = await sendAndAccount(prepared, [wrong, well])
    expect([sent.end, statesOf(sent)]).toEqual([{ kind: 'finished' }, { accepted: 100 }])
    expect(wrong.connections()).toBeLessThanOrEqual(5)
  })

  it('stops when one is set up wrongly and the other stays away', async () => {
    const prepared = await prepare(sqlite, 10)
    const [wrong, away] = [await startRelay({ decide: always('MAIL', { say: '530 5.7.0 log in first\r\n' }) }), await startRelay()]
    await away.goAway()
    const sent = await sendAndAccount(prepared, [wrong, away], { limits: { relayPatience: 150 } })
    expect(sent.end).toMatchObject({
      kind: 'stopped',
      reason: expect.stringMatching(/no relay could be used.*relay1: .*530.*relay2: nothing answers/),
    })
    expect(statesOf(sent)).toEqual({ pending: 10 })
  })

  it('never sends again over another relay what had its dot sent', async () => {
    const prepared = await prepare(sqlite, 60)
    // Slow enough that the other one is back from each pause before the list is at its end.
    const breaking = await startRelay({ decide: first(10, 'dot', { next: 'reset' }) })
    const well = await startRelay({ decide: () => (countOf(breaking) < 10 ? { delay: 50 } : undefined) })
    const sent = await sendAndAccount(prepared, [breaking, well])
    expect(sent.counts.uncertain).toBe(10)
    expect(statesOf(sent)).toEqual({ accepted: 50, uncertain: 10 })
  })
})

describe('runSending() and connections', () => {
  it('has no more messages under way to a domain than its limit says, and holds up nobody else', async () => {
    const people = Array.from({ length: 200 }, (_, index) => `reader${index}@${index < 100 ? 'gmail.example' : `d${index}.example`}`)
    const prepared = await prepare(sqlite, people)
    const relay = await startRelay({
      decide: ({ stage, to }) => (stage === 'dot' && to.endsWith('@gmail.example') ? { delay: 20 } : undefined),
    })
    const sent = await sendAndAccount(prepared, [relay], {
      facts: { connections: 10 },
      limits: { perDomain: new Map([['gmail.example', { connections: 2, rate: null }]]) },
    })
    expect(statesOf(sent)).toEqual({ accepted: 200 })
    expect(mostUnderWay(relay.events, 'gmail.example')).toBe(2)
    const order = relay.served()
    const lastOther = order.findLastIndex(to => !to.endsWith('@gmail.example'))
    expect(order.slice(0, lastOther).filter(to => to.endsWith('@gmail.example')).length).toBeLessThan(60)
  })

  it('halves what is under way to a domain that asks for less', async () => {
    const prepared = await prepare(
      sqlite,
      Array.from({ length: 120 }, (_, index) => `reader${index}@gmail.example`),
    )
    let asked = 0
    const relay = await startRelay({
      decide: ({ stage }) => {
        if (stage === 'RCPT' && ++asked === 20) return { say: '450 4.7.1 slow down\r\n' }
        return stage === 'dot' ? { delay: 10 } : undefined
      },
    })
    const sent = await sendAndAccount(prepared, [relay], { facts: { connections: 8 } })
    expect(statesOf(sent)).toEqual({ accepted: 120 })
    const at = relay.events.findIndex(event => event.kind === 'rcpt' && event.said?.startsWith('450') === true)
    const isReply = ({ kind }: ServerEvent) => kind === 'reply'
    // Those under way then still end.
    const settled = relay.events.findIndex((event, index) => isReply(event) && relay.events.slice(at, index).filter(isReply).length === 8)
    expect(mostUnderWay(relay.events.slice(0, at))).toBe(8)
    expect(mostUnderWay(relay.events.slice(settled + 1))).toBeLessThanOrEqual(4)
  })

  it('sends no more messages over a connection than the relay takes', async () => {
    const prepared = await prepare(sqlite, 100)
    const relay = await startRelay()
    const sent = await sendAndAccount(prepared, [relay], { messagesPerConnection: 7, facts: { connections: 3 } })
    expect(statesOf(sent)).toEqual({ accepted: 100 })
    const counts = [...Map.groupBy(relay.events, ({ connection }) => connection).values()].map(
      events => events.filter(({ kind }) => kind === 'message').length,
    )
    expect(Math.max(...counts)).toBe(7)
    expect(relay.connections()).toBeGreaterThanOrEqual(Math.ceil(100 / 7))
  })

  it('leaves no connection open and no timer running when it ends', async () => {
    const prepared = await prepare(sqlite, 30)
    const relay = await startRelay()
    const before = process.getActiveResourcesInfo().filter(each => each === 'Timeout').length
    await sendAndAccount(prepared, [relay])
    await new Promise(resolve => setTimeout(resolve, 50))
    expect(relay.open()).toBe(0)
    expect(process.getActiveResourcesInfo().filter(each => each === 'Timeout').length).toBeLessThanOrEqual(before + 1)
  })
})
