import { describe, expect, it } from 'vitest'
import type { DeliveryAction } from '../../../src/delivery/replies/delivery-action.ts'
import { countAction, emptyTally, type FailureTally, reasonToPause } from '../../../src/delivery/replies/pause-rules.ts'

const accepted: DeliveryAction = { kind: 'accepted' }
const unknown: DeliveryAction = { kind: 'reject', subscriber: 'bounced-hard', policy: false }
const policy: DeliveryAction = { kind: 'reject', subscriber: 'stays', policy: true }
const later: DeliveryAction = { kind: 'defer', slow: null, closes: false }

function count(
  actions: readonly DeliveryAction[],
  { relay = 'smtp.example.com' as string | null, domain = 'a.example', tally = emptyTally } = {},
): FailureTally {
  return actions.reduce((left, action) => countAction(left, { action, relay, domain }), tally)
}

const times = <T>(number: number, value: T): T[] => Array.from({ length: number }, () => value)

describe('reasonToPause()', () => {
  it('pauses at the tenth permanent failure in a row from one relay, and names it', () => {
    expect(reasonToPause(count(times(9, unknown)))).toBeNull()
    expect(reasonToPause(count(times(10, unknown)))).toBe('smtp.example.com rejected 10 recipients in a row')
  })

  it('begins the row anew at an acceptance, and not at a deferral', () => {
    expect(reasonToPause(count([...times(9, unknown), accepted, ...times(9, unknown)]))).toBeNull()
    expect(reasonToPause(count([...times(9, unknown), later, unknown]))).not.toBeNull()
  })

  it('counts each relay for itself', () => {
    const one = count(times(9, unknown), { relay: 'one.example' })
    expect(reasonToPause(count(times(9, unknown), { relay: 'two.example', tally: one }))).toBeNull()
    expect(reasonToPause(count([unknown], { relay: 'one.example', tally: one }))).toContain('one.example')
  })

  it('pauses at the fiftieth rejection within the first 1,000', () => {
    const mixed = times(49, [...times(19, accepted), unknown]).flat()
    expect(reasonToPause(count(mixed))).toBeNull()
    expect(reasonToPause(count([...mixed, unknown]))).toContain('50 of the first 981 recipients')
  })

  it('does not count rejections beyond the first 1,000 to them', () => {
    const begun = count([...times(951, accepted), ...times(49, [accepted, unknown]).flat()].slice(0, 1000))
    expect(begun.settled).toBe(1000)
    expect(begun.rejectedEarly).toBeLessThan(50)
    expect(reasonToPause(count(times(200, [unknown, accepted]).flat(), { tally: begun }))).toBeNull()
  })

  it('does not pause a small list for a few bad addresses', () => {
    expect(reasonToPause(count([unknown, unknown, ...times(18, accepted), unknown, unknown]))).toBeNull()
  })

  it('pauses when the third domain rejects for policy', () => {
    const two = count([policy, accepted, policy], { domain: 'a.example', tally: count([policy], { domain: 'b.example' }) })
    expect(reasonToPause(two)).toBeNull()
    expect(reasonToPause(count([accepted, policy], { domain: 'c.example', tally: two }))).toBe(
      'b.example, a.example, c.example reject the edition for policy, not for the addresses',
    )
  })

  it('does not blame a relay for what never reached one', () => {
    expect(count(times(20, unknown), { relay: null })).toEqual(emptyTally)
  })
})
