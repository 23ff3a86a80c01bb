import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { noDeliveries, sumOf } from '../../src/delivery/sending.ts'
import { formatSendings } from '../../src/report/format-sendings.ts'
import { formatStatus, type StatusReport } from '../../src/report/format-status.ts'
import { formatSum } from '../../src/report/format-sum.ts'
import { createPaint } from '../../src/report/paint.ts'
import { editionStatus, sendingStatus, uncertainRow } from '../delivery/status-of.ts'

const paint = createPaint(false)
const at = Date.parse('2026-02-09T09:05:00Z')
const many = { accepted: 1_950_000, rejected: 20_000, suppressed: 15_000, expired: 5_000, uncertain: 30, pending: 9_000, deferred: 970 }

function reportOf(changes: Partial<StatusReport> = {}): StatusReport {
  const own = sendingStatus(
    {
      state: 'paused',
      pauseReason:
        'ten permanent failures in a row from the relay "own", the last of them: 554 5.7.1 your message was refused for its content, see https://relay.example/why',
    },
    many,
  )
  const status = editionStatus(
    [
      {
        ...own,
        domains: Array.from({ length: 20 }, (_, index) => ({
          name: `a-very-long-name-of-a-domain-number-${index}.mail.example.com`,
          counts: { ...noDeliveries, ...many },
        })),
        relays: [
          { name: 'own', counts: { ...noDeliveries, accepted: 1_950_000 } },
          { name: '漢字リレー', counts: { ...noDeliveries, rejected: 20_000 } },
        ],
        pace: { duration: 8_100_000, rate: 240.7, bestRate: 2400.2 },
        slowest: [{ address: `${'x'.repeat(64)}@long.example`, relay: 'own', outcome: 'accepted', milliseconds: 61_000, at }],
        errors: [
          {
            outcome: 'rejected',
            code: 550,
            enhanced: '5.1.1',
            text: 'user unknown '.repeat(30),
            count: 20_000,
            address: 'a@b.example',
            lastAt: at,
          },
        ],
        bounces: { hard: 12, soft: 3, complaint: 1 },
      },
    ],
    Array.from({ length: 30 }, (_, id) => uncertainRow({ id, address: `${'y'.repeat(60)}${id}@long.example` })),
  )
  return {
    ...status,
    isBeingSent: false,
    next: [{ text: 'Mend it. '.repeat(20).trim(), commands: ['news-digest send 2026-w06'] }],
    ...changes,
  }
}

describe('formatSum()', () => {
  it('writes the sum as it is promised to close, without what is nought', () => {
    expect(formatSum(sumOf({ ...noDeliveries, accepted: 2950, rejected: 20, uncertain: 3, pending: 27 }, 3000), 100)).toBe(
      'recipients 3,000 = accepted 2,950 + rejected 20 + uncertain 3 + still to send 27',
    )
    expect(formatSum(sumOf(noDeliveries, 0), 100)).toBe('recipients 0 = accepted 0')
  })

  it('breaks between terms, and says where it does not close', () => {
    expect(formatSum(sumOf({ ...noDeliveries, ...many }, 2_000_001), 60)).toBe(
      [
        'recipients 2,000,001 ≠ accepted 1,950,000 + rejected 20,000',
        '                     + suppressed 15,000 + expired 5,000',
        '                     + uncertain 30 + still to send 9,970',
      ].join('\n'),
    )
  })
})

describe('formatStatus()', () => {
  it.each([80, 100])('has no line of more than %i columns, commands aside', columns => {
    const lines = formatStatus(reportOf(), columns, paint).split('\n')
    expect(lines.filter(line => stringWidth(line) > columns)).toEqual([])
    expect(lines.some(line => stringWidth(line) > columns - 5)).toBe(true)
  })

  it('tells of every part of a sending', () => {
    const text = formatStatus(reportOf(), Number.POSITIVE_INFINITY, paint)
    for (const part of [
      '2026-w06  paused, begun 2026-02-09 09:00 UTC',
      'recipients 2,000,000 = accepted 1,950,000',
      'so far 2 h 15 min, 241 a second, 2,400 in its best minute',
      'paused: ten permanent failures in a row',
      'came back since: 12 hard, 3 soft, 1 complaint',
      '12 more',
      '漢字リレー',
      '20,000 × 550 5.1.1 user unknown',
      'and 10 more: --json or --csv lists them',
      '\n  news-digest send 2026-w06\n',
    ])
      expect(text).toContain(part)
  })

  it('shows a late sending under the edition, and welcome mail as one', () => {
    const status = editionStatus([
      sendingStatus({ state: 'finished' }, { accepted: 3 }),
      sendingStatus(
        { id: 2, kind: 'late', state: 'scheduled', scheduledFor: at, scheduledZone: 'Europe/Berlin', recipients: null, startedAt: null },
        {},
      ),
    ])
    const welcome = { sendings: 4, sum: sumOf({ ...noDeliveries, accepted: 4 }, 4) }
    expect(
      formatStatus({ ...status, welcome, isBeingSent: false, next: [{ text: 'Nothing is left to do.', commands: [] }] }, 80, paint),
    ).toBe(
      `2026-w06  finished, begun 2026-02-09 09:00 UTC
  recipients 3 = accepted 3

2026-w06, late  waits until 2026-02-09 10:05 (Europe/Berlin)

2026-w06, welcome  4 sendings
  recipients 4 = accepted 4

Nothing is left to do.
`,
    )
  })
})

describe('formatSendings()', () => {
  it('says so where nothing was sent', () => expect(formatSendings([], 80, paint)).toMatch(/^Nothing has been sent/))
})
