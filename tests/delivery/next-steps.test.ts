import { describe, expect, it } from 'vitest'
import { isIncomplete, nextSteps } from '../../src/delivery/next-steps.ts'
import { noDeliveries, sumOf } from '../../src/delivery/sending.ts'
import { editionStatus, sendingStatus, uncertainRow } from './status-of.ts'

const now = Date.parse('2026-02-10T09:00:00Z')

describe('nextSteps()', () => {
  it('leaves nothing to do after a sending that is complete', () => {
    const status = editionStatus([sendingStatus({ state: 'finished' }, { accepted: 5, rejected: 1, expired: 1, suppressed: 1 })])
    expect(nextSteps(status, { isBeingSent: false, now })).toEqual([{ text: 'Nothing is left to do.', commands: [] }])
    expect(isIncomplete(status)).toBe(false)
  })

  it.each([
    ['a sending that was interrupted', { state: 'running' }, { pending: 2 }, false, ['news-digest send 2026-w06'], /Nobody is sending/],
    [
      'a late one that was interrupted',
      { state: 'running', kind: 'late' },
      { pending: 2 },
      false,
      ['news-digest send 2026-w06 --late'],
      /Nobody/,
    ],
    ['one that is being sent', { state: 'running' }, { pending: 2 }, true, [], /being sent now/],
    ['one whose rest is deferred', { state: 'running' }, { deferred: 2 }, true, [], /waits to try/],
    ['a paused one', { state: 'paused', pauseReason: 'x' }, { pending: 2 }, false, ['news-digest send 2026-w06'], /Mend/],
    [
      'a scheduled one that nobody waits for',
      { state: 'scheduled', scheduledFor: 1 },
      {},
      false,
      ['news-digest send 2026-w06'],
      /start it again/,
    ],
  ] as const)('gives %s its command', (_, sending, counts, isBeingSent, commands, text) => {
    const status = editionStatus([sendingStatus(sending, counts)])
    expect(nextSteps(status, { isBeingSent, now })).toEqual([{ text: expect.stringMatching(text), commands }])
    expect(isIncomplete(status)).toBe(true)
  })

  it('asks for the winner where only those wait who get its subject', () => {
    const own = sendingStatus({ state: 'running', split: 0.2 }, { accepted: 2, pending: 8 })
    const variants = [{ name: '', counts: { ...noDeliveries, pending: 8 } }]
    const status = editionStatus([{ ...own, variants, waitsForWinner: true }])
    expect(nextSteps(status, { isBeingSent: false, now })[0]?.commands).toEqual([
      'news-digest send 2026-w06 --winner A',
      'news-digest send 2026-w06 --winner B',
    ])
  })

  it('says how to settle what is uncertain', () => {
    const status = editionStatus([sendingStatus({ state: 'finished' }, { accepted: 5, uncertain: 1 })], [uncertainRow()])
    expect(nextSteps(status, { isBeingSent: false, now })[0]?.commands).toEqual([
      'news-digest reconcile 2026-w06 --log /var/log/mail.log',
      'news-digest send 2026-w06 --retry-uncertain',
    ])
    expect(isIncomplete(status)).toBe(true)
  })

  it('offers a second try for what a late sending left uncertain, and none once its time is over', () => {
    const late = (notAfter: number) =>
      editionStatus([sendingStatus({ state: 'finished', kind: 'late', notAfter }, { uncertain: 1 })], [uncertainRow()])
    const reconcile = 'news-digest reconcile 2026-w06 --log /var/log/mail.log'
    const commandsOf = (notAfter: number) => nextSteps(late(notAfter), { isBeingSent: false, now })[0]?.commands
    expect(commandsOf(now)).toEqual([reconcile, 'news-digest send 2026-w06 --late --retry-uncertain'])
    expect(commandsOf(now - 1)).toEqual([reconcile])
  })

  it('does not forget newcomers who wait for their welcome mail', () => {
    const welcome = { sendings: 1, sum: sumOf({ ...noDeliveries, accepted: 1, pending: 2 }, 3) }
    const status = { ...editionStatus([sendingStatus({ state: 'finished' }, { accepted: 5 })]), welcome }
    expect(nextSteps(status, { isBeingSent: false, now })[0]?.commands).toEqual(['news-digest send 2026-w06 --welcome'])
    expect(isIncomplete(status)).toBe(true)
  })
})
