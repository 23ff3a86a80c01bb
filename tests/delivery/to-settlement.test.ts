import { describe, expect, it } from 'vitest'
import type { DeliveryAction } from '../../src/delivery/replies/delivery-action.ts'
import { toSettlement } from '../../src/delivery/to-settlement.ts'
import type { Outcome } from '../../src/transport/outcome.ts'

const candidate = {
  id: 7,
  subscriber: 3,
  address: 'ada@club.example',
  domain: 'club.example',
  name: null,
  epoch: 0,
  attempts: 2,
  variant: null,
  subscriberState: 'subscribed' as const,
}
const reply = { code: 450, enhanced: '4.2.1', text: 'later' }
const rejected: Outcome = { kind: 'rejected', stage: 'rcpt', reply }
const minute = 60_000

function settle(action: DeliveryAction, outcome: Outcome = rejected) {
  return toSettlement({
    candidate,
    relay: 'relay1',
    outcome,
    action,
    milliseconds: 5,
    now: 1_000_000,
    backOff: [5 * minute, 15 * minute, 30 * minute],
  })
}

describe('toSettlement()', () => {
  it('keeps what the relay said, and its own id for the message', () => {
    const accepted = settle(
      { kind: 'accepted' },
      { kind: 'accepted', reply: { code: 250, enhanced: null, text: 'Ok: queued as Q1' }, queueId: 'Q1' },
    )
    expect(accepted).toMatchObject({
      state: 'accepted',
      queueId: 'Q1',
      stage: 'message',
      code: 250,
      text: 'Ok: queued as Q1',
      attempts: 3,
      after: 'stays',
    })
    expect(settle({ kind: 'reject', subscriber: 'bounced-hard', policy: false })).toMatchObject({
      ...reply,
      state: 'rejected',
      stage: 'rcpt',
      outcome: 'rejected',
      queueId: null,
      after: 'bounced-hard',
    })
    expect(settle({ kind: 'uncertain' }, { kind: 'uncertain', detail: 'the connection broke' })).toMatchObject({
      state: 'uncertain',
      code: null,
      text: 'the connection broke',
      nextAttemptAt: null,
    })
  })

  it('waits longer with every attempt, by the list of waits', () => {
    const { state, attempts, nextAttemptAt } = settle({ kind: 'defer', slow: null, closes: false })
    expect([state, attempts]).toEqual(['deferred', 3])
    expect((nextAttemptAt ?? 0) - 1_000_000).toBeGreaterThanOrEqual(30 * minute)
    expect((nextAttemptAt ?? 0) - 1_000_000).toBeLessThanOrEqual(33 * minute)
  })

  it('spreads those whom a closing relay meets over 5 to 30 minutes', () => {
    const wait = (settle({ kind: 'defer', slow: 'relay', closes: true }).nextAttemptAt ?? 0) - 1_000_000
    expect(wait).toBeGreaterThanOrEqual(5 * minute)
    expect(wait).toBeLessThanOrEqual(30 * minute)
  })

  it('counts no attempt where nothing is known against the recipient', () => {
    for (const kind of ['again', 'back-off-relay'] as const)
      expect(settle({ kind }, { kind: 'lost-before-dot', detail: 'broke' })).toMatchObject({
        state: 'pending',
        attempts: 2,
        nextAttemptAt: null,
      })
    expect(settle({ kind: 'stop', reason: 'log in' })).toMatchObject({ state: 'pending', attempts: 2 })
  })

  it('lets the one at which the edition paused wait behind the others', () => {
    expect(settle({ kind: 'pause', reason: 'too large' })).toMatchObject({ state: 'deferred', attempts: 3, after: 'stays' })
  })
})
