import { describe, expect, it } from 'vitest'
import type { ProviderVerdict, RecipientAction } from '../../../src/delivery/bounces/bounce-report.ts'
import { decideBounce, turnsHard } from '../../../src/delivery/bounces/decide-bounce.ts'

const day = 86_400_000
const limits = { softLimit: 3, softWithin: 30 * day }

function decide(
  status: string | null,
  diagnostic = '',
  { action = 'failed' as RecipientAction, softAt = [] as number[], at = 100 * day } = {},
) {
  return decideBounce({ addresses: [], action, status, diagnostic }, { ...limits, softAt, at })
}

describe('decideBounce()', () => {
  it.each([
    ['5.1.1', '', 'hard'],
    ['5.1.10', '', 'hard'],
    ['4.1.1', '', 'soft'],
    ['5.2.2', '', 'soft'],
    ['5.2.1', '', 'soft'],
    ['5.7.1', 'user unknown', 'nothing'],
    ['5.7.0', 'no such user', 'nothing'],
    ['5.1.7', '', 'nothing'],
    ['5.3.4', '', 'nothing'],
    ['2.1.5', '', 'nothing'],
    ['5.0.0', '550 5.1.1 unknown', 'hard'],
    ['5.0.0', '452 4.2.2 full', 'soft'],
    ['5.0.0', '554 5.7.1 no such user', 'nothing'],
    ['5.0.0', '550 No Such User Here', 'hard'],
    ['5.0.0', '550 rejected', 'soft'],
    ['5.5.0', '550 mailbox unavailable', 'soft'],
    ['4.0.0', '450 user unknown', 'soft'],
    [null, '550 user unknown', 'hard'],
    [null, '450 user unknown', 'soft'],
    [null, 'mailbox is full', 'soft'],
    [null, '550 blocked using Spamhaus: user unknown', 'nothing'],
    [null, 'sent by Exim 4.94.2, Postfix 3.5.1', 'soft'],
    [null, '', 'soft'],
  ])('takes status %s, "%s" for: %s', (status, diagnostic, kind) => {
    expect(decide(status, diagnostic).kind).toBe(kind)
  })

  it('never suppresses for what is delayed, delivered, relayed or expanded', () => {
    for (const action of ['delayed', 'delivered', 'relayed', 'expanded'] as const)
      expect(decide('5.1.1', '', { action }).kind).toBe('nothing')
  })

  it('turns the third soft bounce within 30 days hard, and says so', () => {
    expect(decide('5.2.2', '', { softAt: [99 * day] }).kind).toBe('soft')
    expect(decide('5.2.2', '', { softAt: [69 * day, 99 * day] }).kind).toBe('soft')
    expect(decide('5.2.2', '', { softAt: [70 * day, 99 * day] })).toEqual({
      kind: 'hard',
      why: 'soft bounce number 3 within 30 days: 5.2.2, mailbox full',
    })
  })

  it('never turns policy or a fault of the sender hard, however often they come', () => {
    for (const status of ['5.7.1', '5.1.8', '5.3.4'])
      expect(decide(status, '', { softAt: [99 * day, 98 * day, 97 * day] }).kind).toBe('nothing')
  })
})

describe('decideBounce() of a provider’s verdict', () => {
  const judged = (means: ProviderVerdict['means'], status: string | null, diagnostic = '') =>
    decideBounce(
      { addresses: [], action: 'failed', status, diagnostic, verdict: { means, says: 'Postmark says so' } },
      { ...limits, softAt: [], at: 100 * day },
    )

  it.each([
    ['hard', null, '', 'hard'],
    ['hard', '5.0.0', '', 'hard'],
    ['hard', '5.5.0', 'mailbox unavailable', 'hard'],
    ['hard', '5.2.2', '', 'soft'],
    ['hard', '5.7.1', '', 'nothing'],
    ['hard', '5.1.8', '', 'nothing'],
    ['hard', null, '550 blocked using Spamhaus', 'nothing'],
    ['soft', null, '', 'soft'],
    ['soft', '5.1.1', '', 'soft'],
    ['soft', '5.7.1', '', 'nothing'],
    ['policy', null, '', 'nothing'],
    ['policy', '5.0.0', '', 'nothing'],
    ['policy', '5.1.1', '', 'hard'],
  ] as const)('takes %s with status %s, "%s" for: %s', (means, status, diagnostic, kind) => {
    expect(judged(means, status, diagnostic).kind).toBe(kind)
  })

  it('says whose word it was', () => {
    expect([judged('hard', null).why, judged('hard', '5.0.0').why, judged('soft', '5.1.1').why]).toEqual([
      'Postmark says so',
      '5.0.0, Postmark says so',
      '5.1.1, bad destination mailbox address, but Postmark says so',
    ])
  })
})

describe('turnsHard()', () => {
  it('needs one soft bounce where the limit is one', () => {
    expect(turnsHard([], 0, { softLimit: 1, softWithin: day })).toBe(true)
    expect(turnsHard([], 0, { softLimit: 2, softWithin: day })).toBe(false)
  })
})
