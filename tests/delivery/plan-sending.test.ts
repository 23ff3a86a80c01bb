import { describe, expect, it } from 'vitest'
import { planSending, type SendingWish } from '../../src/delivery/plan-sending.ts'
import { UserError } from '../../src/errors.ts'
import type { SendingRow } from '../../src/ledger/tables.ts'
import { sendingRow } from './sending-row.ts'

const day = 86_400_000
const began = Date.parse('2026-02-09T09:00:00Z')
const hashes = { subject: 's', html: 'h', text: 't', content: 'c' }

/** A sending as the ledger has it: finished, an hour after it began. */
function sendingOf(changes: Partial<SendingRow> = {}): SendingRow {
  return sendingRow({
    hashesJson: JSON.stringify(hashes),
    state: 'finished',
    startedAt: began,
    notAfter: began + 3 * day,
    finishedAt: began + 3_600_000,
    recipients: 100,
    ...changes,
  })
}

const scheduled = { state: 'scheduled', startedAt: null, notAfter: null, finishedAt: null, recipients: null, scheduledFor: began } as const

function plan(existing: readonly SendingRow[], changes: Partial<SendingWish> = {}) {
  return planSending(existing, {
    edition: '2026-w06',
    kind: 'edition',
    hashes,
    segment: undefined,
    isTimed: false,
    retryUncertain: false,
    winner: undefined,
    now: began + day,
    ...changes,
  })
}

function refusal(
  existing: readonly SendingRow[],
  changes: Partial<SendingWish> = {},
): Pick<UserError, 'code' | 'message'> & { hint: string } {
  try {
    plan(existing, changes)
  } catch (error) {
    if (error instanceof UserError) return { code: error.code, message: error.message, hint: error.problems[0].hint }
    throw error
  }
  throw new Error('it was not refused')
}

describe('planSending() of an edition', () => {
  it('begins the first sending', () => {
    expect(plan([])).toEqual({ kind: 'begin', round: 0, since: null, variant: null })
  })

  it.each(['running', 'paused'] as const)('goes on with one that is %s', state => {
    const sending = sendingOf({ state, finishedAt: null })
    expect(plan([sending])).toEqual({ kind: 'resume', sending, variant: null })
  })

  it('finds that all of it was sent before', () => {
    expect(plan([sendingOf()])).toMatchObject({ kind: 'over', sending: { id: 1 } })
  })

  it('waits for the time of a scheduled one', () => {
    expect(plan([sendingOf(scheduled)])).toMatchObject({ kind: 'wait', sending: { id: 1 } })
    expect(plan([sendingOf(scheduled)], { isTimed: true })).toMatchObject({ kind: 'wait' })
  })

  it('takes no other kind of sending for its own', () => {
    expect(plan([sendingOf(), sendingOf({ id: 2, kind: 'late', state: 'paused' })])).toMatchObject({ kind: 'over', sending: { id: 1 } })
  })

  it.each([
    [{ ...hashes, subject: 'S', content: 'C' }, 'the subject has changed'],
    [{ ...hashes, html: 'H', text: 'T', content: 'C' }, 'the HTML and the text have changed'],
    [{ subject: 'S', html: 'H', text: 'T', content: 'C' }, 'the subject, the HTML and the text have changed'],
    [{ ...hashes, content: 'C' }, 'its content has changed'],
  ])('refuses to go on with another content, and says what changed: %j', (other, words) => {
    for (const state of ['running', 'paused', 'finished'] as const) {
      const { code, message } = refusal([sendingOf({ state })], { hashes: other })
      expect([code, message]).toEqual(['sending-changed', `2026-w06 is not the one that this sending began with: ${words}`])
    }
    expect(refusal([sendingOf(scheduled)], { hashes: other })).toMatchObject({
      code: 'sending-changed',
      message: `2026-w06 is not the one that was scheduled: ${words}`,
      hint: expect.stringContaining('--cancel'),
    })
  })

  it('goes on with the recipients that it began with, and refuses others', () => {
    const sending = sendingOf({ state: 'paused', segment: 'tag = press' })
    expect(plan([sending], { segment: 'tag = press' })).toMatchObject({ kind: 'resume' })
    expect(refusal([sending], { segment: 'tag = berlin' })).toMatchObject({
      code: 'usage',
      message: expect.stringContaining('other recipients'),
    })
    expect(refusal([sending], { segment: null })).toMatchObject({ code: 'usage' })
    expect(refusal([sendingOf({ ...scheduled, segment: 'tag = press' })], { segment: 'tag = berlin' }).message).toContain(
      'was scheduled with',
    )
  })

  it('gives a sending that has begun no time any more', () => {
    expect(refusal([sendingOf({ state: 'paused' })], { isTimed: true })).toMatchObject({
      code: 'usage',
      message: expect.stringContaining('has begun'),
    })
    expect(refusal([sendingOf()], { isTimed: true })).toMatchObject({ code: 'usage', message: expect.stringContaining('was sent already') })
  })

  it.each([{ retryUncertain: true }, { winner: 'A' as const }])('begins nothing for a wish about what was sent: %j', wish => {
    for (const existing of [[], [sendingOf(scheduled)]]) {
      expect(refusal(existing, wish)).toMatchObject({ code: 'sending-unknown', message: expect.stringContaining('has not been sent yet') })
    }
  })

  it('sends what is uncertain again as long as the sending may go on, and no longer', () => {
    expect(plan([sendingOf()], { retryUncertain: true })).toMatchObject({ kind: 'over' })
    expect(refusal([sendingOf()], { retryUncertain: true, now: began + 3 * day + 1 })).toMatchObject({ code: 'sending-over' })
  })

  it('takes a winner once, and only where two subjects were tried', () => {
    const trying = sendingOf({ state: 'running', split: 0.2 })
    expect(plan([trying], { winner: 'B' })).toMatchObject({ kind: 'resume' })
    expect(plan([{ ...trying, winner: 'B' }], { winner: 'B' })).toMatchObject({ kind: 'resume' })
    expect(refusal([{ ...trying, winner: 'B' }], { winner: 'A' }).message).toContain('subject B of 2026-w06 has won already')
    expect(refusal([sendingOf()], { winner: 'A' }).message).toContain('one subject')
  })
})

describe('planSending() of those who joined since', () => {
  const late = { kind: 'late' } as const

  it('begins with the instant of the first snapshot, in rounds', () => {
    expect(plan([sendingOf()], late)).toEqual({ kind: 'begin', round: 0, since: began, variant: null })
    const earlier = [sendingOf(), sendingOf({ id: 2, kind: 'late', round: 0 }), sendingOf({ id: 3, kind: 'late', round: 1 })]
    expect(plan(earlier, late)).toMatchObject({ kind: 'begin', round: 2, since: began })
  })

  it('goes on with a round that did not end', () => {
    expect(plan([sendingOf(), sendingOf({ id: 2, kind: 'late', state: 'running' })], late)).toMatchObject({
      kind: 'resume',
      sending: { id: 2 },
    })
  })

  it('is there for 14 days, to the millisecond', () => {
    expect(plan([sendingOf()], { ...late, now: began + 14 * day })).toMatchObject({ kind: 'begin' })
    expect(refusal([sendingOf()], { ...late, now: began + 14 * day + 1 })).toMatchObject({ code: 'sending-over' })
  })

  it('welcomes newcomers however long ago the latest edition was', () => {
    expect(plan([sendingOf()], { kind: 'welcome', now: began + 40 * day })).toEqual({
      kind: 'begin',
      round: 0,
      since: began,
      variant: null,
    })
  })

  it('needs an edition that was sent', () => {
    for (const existing of [[], [sendingOf(scheduled)]])
      expect(refusal(existing, late)).toMatchObject({
        code: 'sending-unknown',
        message: expect.stringContaining('has not been sent from this ledger'),
      })
  })

  it('may differ from what the list got, which is a sending of its own', () => {
    expect(plan([sendingOf()], { ...late, hashes: { ...hashes, html: 'H', content: 'C' } })).toMatchObject({ kind: 'begin' })
  })

  it('gives late ones the subject that won, and asks for it where nobody has said', () => {
    expect(plan([sendingOf({ split: 0.2, winner: 'B' })], late)).toMatchObject({ variant: 'B' })
    expect(plan([sendingOf({ split: 1 })], late)).toMatchObject({ variant: null })
    expect(refusal([sendingOf({ split: 0.2 })], late)).toMatchObject({ code: 'usage', message: expect.stringContaining('which one won') })
  })

  it('sends what is uncertain of the last round again, instead of beginning another', () => {
    const rounds = [sendingOf(), sendingOf({ id: 2, kind: 'late' }), sendingOf({ id: 3, kind: 'late', round: 1 })]
    expect(plan(rounds, { ...late, retryUncertain: true })).toMatchObject({ kind: 'over', sending: { id: 3 } })
    expect(refusal([sendingOf()], { ...late, retryUncertain: true })).toMatchObject({ code: 'sending-unknown' })
  })
})
