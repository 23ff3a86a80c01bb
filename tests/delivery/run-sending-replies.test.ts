import { expect, it } from 'vitest'
import { onBoth } from './on-both.ts'
import { prepare, readDelivery, sendAndAccount, startRelay, statesOf } from './scenario.ts'

interface Row {
  readonly stage: 'MAIL' | 'RCPT' | 'DATA' | 'dot'
  readonly say: string
  readonly state: 'rejected' | 'deferred' | 'uncertain'
  readonly subscriber: 'subscribed' | 'bounced'
  readonly end: 'paused' | 'stopped' | 'going on'
  /** Bounces in the subscriber's record. */
  readonly bounce?: 'hard' | 'soft'
}

/** The table of docs/sending.md, one reply each. `deferred` stands for those that are tried again later, of which a pause is one. */
const rows: readonly Row[] = [
  { stage: 'RCPT', say: '450 4.2.1 later', state: 'deferred', subscriber: 'subscribed', end: 'going on' },
  { stage: 'RCPT', say: '451 4.3.0 later', state: 'deferred', subscriber: 'subscribed', end: 'going on' },
  { stage: 'RCPT', say: '452 4.2.2 full', state: 'deferred', subscriber: 'subscribed', end: 'going on' },
  { stage: 'MAIL', say: '451 4.3.0 later', state: 'deferred', subscriber: 'subscribed', end: 'going on' },
  { stage: 'DATA', say: '451 4.3.0 later', state: 'deferred', subscriber: 'subscribed', end: 'going on' },
  { stage: 'dot', say: '451 4.3.0 later', state: 'deferred', subscriber: 'subscribed', end: 'going on' },
  { stage: 'dot', say: '454 4.7.0 slow down', state: 'deferred', subscriber: 'subscribed', end: 'going on' },
  ...['5.1.1', '5.1.2', '5.1.3', '5.1.6', '5.1.10'].map(
    code =>
      ({ stage: 'RCPT', say: `550 ${code} nobody`, state: 'rejected', subscriber: 'bounced', end: 'going on', bounce: 'hard' }) as const,
  ),
  { stage: 'RCPT', say: '551 5.1.6 moved', state: 'rejected', subscriber: 'bounced', end: 'going on', bounce: 'hard' },
  { stage: 'RCPT', say: '553 5.1.3 syntax', state: 'rejected', subscriber: 'bounced', end: 'going on', bounce: 'hard' },
  { stage: 'RCPT', say: '550 5.1.7 sender', state: 'deferred', subscriber: 'subscribed', end: 'paused' },
  { stage: 'RCPT', say: '550 5.1.8 sender', state: 'deferred', subscriber: 'subscribed', end: 'paused' },
  { stage: 'RCPT', say: '550 no', state: 'rejected', subscriber: 'subscribed', end: 'going on', bounce: 'soft' },
  { stage: 'RCPT', say: '552 5.2.2 full', state: 'rejected', subscriber: 'subscribed', end: 'going on', bounce: 'soft' },
  { stage: 'dot', say: '552 5.2.2 full', state: 'rejected', subscriber: 'subscribed', end: 'going on', bounce: 'soft' },
  { stage: 'dot', say: '552 5.3.4 too large', state: 'deferred', subscriber: 'subscribed', end: 'paused' },
  { stage: 'dot', say: '554 no', state: 'deferred', subscriber: 'subscribed', end: 'paused' },
  { stage: 'RCPT', say: '550 5.7.1 not wanted', state: 'rejected', subscriber: 'subscribed', end: 'going on' },
  { stage: 'dot', say: '550 5.7.1 not wanted', state: 'rejected', subscriber: 'subscribed', end: 'going on' },
  { stage: 'RCPT', say: '530 5.7.0 log in', state: 'deferred', subscriber: 'subscribed', end: 'stopped' },
  { stage: 'MAIL', say: '535 5.7.8 who', state: 'deferred', subscriber: 'subscribed', end: 'stopped' },
  { stage: 'MAIL', say: '503 5.5.1 order', state: 'deferred', subscriber: 'subscribed', end: 'stopped' },
  { stage: 'RCPT', say: '550 5.4.4 route', state: 'rejected', subscriber: 'subscribed', end: 'going on' },
  { stage: 'MAIL', say: '550 5.0.0 no', state: 'deferred', subscriber: 'subscribed', end: 'paused' },
  { stage: 'DATA', say: '550 5.0.0 no', state: 'deferred', subscriber: 'subscribed', end: 'paused' },
  { stage: 'dot', say: '999 what', state: 'uncertain', subscriber: 'subscribed', end: 'going on' },
]

const who = 'ada@club.example'
const others = ['bob@club.example', 'eve@yahoo.example', 'kim@gmx.example']

// What differs between the databases is what a state, a bounce or a pause is written with, not the table.
const onceEach = rows.filter(
  (row, index) => rows.findIndex(({ state, bounce, end }) => `${state}${bounce}${end}` === `${row.state}${row.bounce}${row.end}`) === index,
)

onBoth('runSending() after one reply of the table', (create, kind) => {
  it.each(kind === 'sqlite' ? rows : onceEach)(
    '$stage $say: $state, $subscriber, $end',
    async ({ stage, say, state, subscriber, end, bounce }) => {
      const prepared = await prepare(create, [who, ...others])
      let said = 0
      const relay = await startRelay({
        // At MAIL the recipient is not known yet: with one connection the first is hers.
        decide: step => (step.stage === stage && (stage === 'MAIL' ? said++ === 0 : step.to === who) ? { say: `${say}\r\n` } : undefined),
      })
      // What is deferred is due in an hour, and so the sending is stopped from outside once nothing else is left.
      const drain = new AbortController()
      const sent = await sendAndAccount(prepared, [relay], {
        facts: { connections: 1 },
        limits: { backOff: [3_600_000] },
        drain: drain.signal,
        onProgress: ({ waitsFor }) => waitsFor?.includes('deferred') === true && drain.abort(),
      })
      const found = await readDelivery(prepared, who)
      const isPending = end === 'stopped'
      expect(found.delivery.state).toBe(isPending ? 'pending' : state)
      expect(found.delivery.attempts).toBe(isPending ? 0 : 1)
      expect(found.subscriber?.state).toBe(subscriber)
      const code = say.slice(0, 3)
      expect(found.tries).toMatchObject([
        state === 'uncertain'
          ? { outcome: 'uncertain', code: null, relay: 'relay1' }
          : {
              outcome: 'rejected',
              stage: { MAIL: 'mail', RCPT: 'rcpt', DATA: 'data', dot: 'message' }[stage],
              code: Number(code),
              relay: 'relay1',
            },
      ])
      const bounces = await prepared.ledger.db.selectFrom('bounces').select(['kind', 'address']).execute()
      expect(bounces).toEqual(bounce === undefined ? [] : [{ kind: bounce, address: who }])
      const waits = state === 'deferred' && !isPending
      expect((found.delivery.nextAttemptAt ?? 0) - found.delivery.changedAt > 3_590_000).toBe(waits)
      if (end === 'going on') {
        expect(sent.counts.accepted).toBe(3)
        expect(sent.end).toEqual(waits ? { kind: 'interrupted' } : { kind: 'finished' })
      } else {
        expect(sent.end).toMatchObject({ kind: end, reason: expect.stringContaining(code) })
      }
      const row = await prepared.ledger.db.selectFrom('sendings').select(['state', 'pauseReason']).executeTakeFirstOrThrow()
      expect(row).toEqual(
        sent.end.kind === 'paused'
          ? { state: 'paused', pauseReason: sent.end.reason }
          : { state: sent.end.kind === 'finished' ? 'finished' : 'running', pauseReason: null },
      )
    },
  )

  it('421 at RCPT: deferred between one and six waits, on a new connection', async () => {
    const prepared = await prepare(create, [who, ...others])
    const relay = await startRelay({
      decide: step => (step.stage === 'RCPT' && step.to === who ? { say: '421 4.7.0 slow down\r\n', next: 'close' } : undefined),
    })
    const drain = new AbortController()
    const sent = await sendAndAccount(prepared, [relay], {
      facts: { connections: 1 },
      limits: { backOff: [3_600_000] },
      drain: drain.signal,
      onProgress: ({ waitsFor }) => waitsFor?.includes('deferred') === true && drain.abort(),
    })
    expect(statesOf(sent)).toEqual({ accepted: 3, deferred: 1 })
    const { delivery } = await readDelivery(prepared, who)
    const waits = (delivery.nextAttemptAt ?? 0) - delivery.changedAt
    expect(waits).toBeGreaterThan(3_590_000)
    expect(waits).toBeLessThan(6 * 3_600_000)
    expect(relay.connections()).toBe(2)
  })
})
