import { describe, expect, it } from 'vitest'
import type { DryRunReport } from '../../src/delivery/dry-run/dry-run.ts'
import { formatDrySend } from '../../src/report/format-dry-send.ts'
import { createPaint } from '../../src/report/paint.ts'

const sum = { recipients: 1200, accepted: 1200, rejected: 0, suppressed: 0, expired: 0, uncertain: 0, stillToSend: 0, closes: true }
const report: DryRunReport = {
  edition: '2026-w06',
  kind: 'edition',
  outcome: { kind: 'finished' },
  sum,
  waitForWinner: 0,
  verdict: { messages: 1200, faulty: 0, faults: [], bytes: { all: 60_000_000, smallest: 49_000, largest: 51_500 }, beyondAscii: 0 },
  errors: [],
  forecast: {
    byLimits: 86,
    limitedBy: 'the rate of ses',
    byEarlier: null,
    seconds: 86,
    endsAt: Date.parse('2026-02-09T09:01:26Z'),
    wouldExpire: false,
  },
  relays: [{ name: 'ses', preset: 'amazon-ses', rate: 14, messages: 1200, connections: { opened: 14, atOnce: 14 } }],
  samples: [{ file: 'out/2026-w06/dry-run/01-no-name.eml', why: ['no name', 'in de'] }],
  assumptions: [],
  findings: [],
  milliseconds: 4000,
  simulated: 88_000,
}
const told = (changes: Partial<DryRunReport> = {}, columns = Number.POSITIVE_INFINITY) =>
  formatDrySend({ ...report, ...changes }, columns, createPaint(false))

describe('formatDrySend()', () => {
  it('tells of messages in order, how long it will take, and where samples are', () => {
    expect(told()).toBe(`✓ 2026-w06: every message is in order; nothing was sent, and nothing is recorded

  recipients  1,200
  messages    1,200 verified, none with a fault; in 4 s
  bytes       60.0 MB in all, 49.0 kB to 51.5 kB each
  takes       about 86 s: 86 s by the rate of ses
  ends        2026-02-09 09:01 UTC, if it began now
  relay       ses: 1,200 messages over 14 connections, 14 at once
  samples     1 message in out/2026-w06/dry-run/
              01-no-name.eml  no name, in de
`)
  })

  it('names a fault with an address, and what was not accepted with the sum', () => {
    const example = { address: 'ada@gull.example', message: 'To says eve@gull.example instead of ada@gull.example' }
    const errors = [
      { outcome: 'refused', code: null, enhanced: null, text: 'no such thing', count: 2, address: 'x@gull.example', lastAt: 0 },
    ]
    const text = told({
      sum: { ...sum, accepted: 1198, rejected: 2 },
      verdict: { ...report.verdict, faulty: 3, faults: [{ rule: 'message-recipient', messages: 3, example }] },
      errors,
    })
    expect(text).toMatch(/^✗ 2026-w06: not everything is in order/)
    expect(text).toContain(
      '3 × message-recipient, as in the one to ada@gull.example:\n    To says eve@gull.example instead of ada@gull.example\n',
    )
    expect(text).toContain('recipients 1,200 = accepted 1,198 + rejected 2\n  2 × no such thing (x@gull.example)\n')
  })

  it('says that nothing was sent however it ended', () => {
    const ends: readonly DryRunReport['outcome'][] = [
      { kind: 'paused', reason: 'x' },
      { kind: 'stopped', reason: 'x' },
      { kind: 'interrupted' },
      { kind: 'finished' },
    ]
    for (const outcome of ends) expect(told({ outcome })).toContain('nothing was sent')
    expect(told({ outcome: { kind: 'over' }, sum: null })).toBe('· 2026-w06 was sent before, and nothing of it is left to send\n')
  })

  it('keeps to the width of the terminal', () => {
    expect(
      Math.max(
        ...told({ assumptions: [] }, 50)
          .split('\n')
          .slice(2)
          .map(line => line.length),
      ),
    ).toBeLessThanOrEqual(50)
  })
})
