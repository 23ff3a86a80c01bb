import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import type { SendOutcome, SendProposal, SendReport } from '../../src/delivery/send-report.ts'
import { noDeliveries, sumOf } from '../../src/delivery/sending.ts'
import { formatSendProgress, type ShownProgress, sendProgressJson } from '../../src/report/format-send-progress.ts'
import { formatSendProposal } from '../../src/report/format-send-proposal.ts'
import { formatSendReport } from '../../src/report/format-send-report.ts'
import { createPaint } from '../../src/report/paint.ts'

const paint = createPaint(false)
const lisbon = { instant: Date.parse('2026-02-09T09:00:00Z'), zone: 'Europe/Lisbon' }

const leftOut = { pending: 0, unsubscribed: 0, bounced: 0, complained: 0, paused: 0, haveItAlready: 0, outsideSegment: 0 }
const proposal: SendProposal = {
  edition: '2026-w06',
  kind: 'edition',
  subjects: ['Lamps at low water'],
  split: null,
  from: 'letter@harbour.example',
  ledger: 'data/news-digest.db',
  segment: null,
  audience: { recipients: 3000, byLanguage: { en: 2000, de: 900, '': 100 }, leftOut },
  soFar: null,
  retriesUncertain: false,
  winner: null,
  pausedBecause: null,
  relays: ['smtp.example.com, port 587, TLS required'],
  rate: 14,
  forecast: 214,
  scheduledFor: null,
  isTooOld: false,
  signs: false,
  findings: [],
}

describe('formatSendProposal()', () => {
  it('says what is sent to how many, by which relay, how fast, and for how long', () => {
    expect(formatSendProposal(proposal, paint, 80)).toBe(`2026-w06
  subject  Lamps at low water
  from     letter@harbour.example
  to       3,000 recipients (2,000 en, 900 de, 100 without a language)
  relay    smtp.example.com, port 587, TLS required
  rate     at most 14 a second
  takes    about 4 min
  signed   by the relay, if it does
  ledger   data/news-digest.db

`)
  })

  it('says who gets the subject that has won, and whether its trial is over', () => {
    const shown = (unfinished: number) =>
      formatSendProposal({ ...proposal, winner: { subject: 'B', waiting: 2400, unfinished } }, paint, 200)
    expect(shown(0)).toMatch(/^ {2}winner +B goes to 2,400 recipients who waited for it$/m)
    expect(shown(12)).toContain('12 of the trial have not got theirs yet')
  })

  it('keeps within the columns, and says who is left out, both subjects, the time and what was paused', () => {
    const whole: SendProposal = {
      ...proposal,
      subjects: ['The lamp that was never lit, and what the harbour master had to say of it', 'Why the harbour stayed dark'],
      split: 0.2,
      segment: "(tag = press or tag = radio) and not language = de and joined before 2026-01-01 and attribute.city = 'Porto'",
      audience: {
        recipients: 1,
        byLanguage: {},
        leftOut: { ...leftOut, unsubscribed: 1200, outsideSegment: 20_000, paused: 3, bounced: 44 },
      },
      pausedBecause: '10 permanent failures in a row from the relay smtp.example.com, the last one 550 5.7.1 not allowed here',
      scheduledFor: lisbon,
      isTooOld: true,
      rate: 0.5,
      forecast: null,
      signs: true,
    }
    const text = formatSendProposal(whole, paint, 80)
    for (const line of text.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(80)
    expect(text.replace(/\s+/g, ' ')).toContain('not to 1,200 unsubscribed, 44 bounced, 3 paused, 20,000 outside the segment')
    expect(text).toContain('10 % try A and 10 % B; the others wait for --winner')
    expect(text).toContain('at         Mon 9 Feb 2026, 09:00 (Europe/Lisbon)')
    expect(text).toContain('at most 30 a minute')
    expect(text).toContain('to         1 recipient\n')
  })

  it('says how much of a sending that goes on is left', () => {
    const soFar = sumOf({ ...noDeliveries, accepted: 1990, uncertain: 10, pending: 900, deferred: 100 }, 3000)
    expect(formatSendProposal({ ...proposal, audience: null, soFar, retriesUncertain: true }, paint, 100)).toContain(
      '  to       1,000 left, and 10 recipients once more who may have it already, of 3,000',
    )
    expect(formatSendProposal({ ...proposal, audience: null, soFar }, paint, 80)).toContain(
      '  to       1,000 of 3,000 recipients left; 2,000 settled before, 10 of them\n           uncertain\n',
    )
  })
})

const report: SendReport = {
  edition: '2026-w06',
  kind: 'edition',
  outcome: { kind: 'finished' },
  sum: sumOf({ ...noDeliveries, accepted: 2950, rejected: 50 }, 3000),
  milliseconds: 12_000,
  acceptedNow: 2950,
  markedFile: 'content/editions/2026-w06.md',
  problems: [],
}

describe('formatSendReport()', () => {
  it('says how it ended, the sum that closes, and what comes next', () => {
    expect(formatSendReport(report, paint, 80)).toBe(`✓ 2026-w06 is sent in 12 s (246/s)
recipients 3,000 = accepted 2,950 + rejected 50
Who was rejected, and why:
  news-digest status 2026-w06
content/editions/2026-w06.md says that it is sent. Commit that file.
`)
  })

  it.each<[SendOutcome, Partial<SendReport>, string]>([
    [
      { kind: 'finished' },
      { sum: sumOf({ ...noDeliveries, expired: 1, accepted: 2 }, 3) },
      '✗ The sending of 2026-w06 is over in 12 s (246/s): its time ran out\n  (send.notAfter) before all was sent\nrecipients 3 =',
    ],
    [{ kind: 'finished' }, { sum: sumOf({ ...noDeliveries, uncertain: 1 }, 1) }, '! 2026-w06 is sent'],
    [{ kind: 'over' }, { milliseconds: 0 }, '· 2026-w06 was sent before, and nothing of it is left to send'],
    [{ kind: 'waits-for-winner' }, {}, '✓ Both subjects of 2026-w06 are out in 12 s (246/s); the others wait for the'],
    [{ kind: 'paused', reason: 'the relay said no' }, {}, '✗ 2026-w06 is paused after 12 s (246/s): the relay said no'],
    [{ kind: 'stopped', reason: 'no relay' }, { acceptedNow: 0 }, '✗ The sending of 2026-w06 stopped after 12 s: no relay'],
    [{ kind: 'interrupted' }, { milliseconds: 300 }, '! The sending of 2026-w06 was interrupted after 1 s'],
    [
      { kind: 'still-scheduled', scheduledFor: lisbon },
      { sum: null },
      '! 2026-w06 still has its time, Mon 9 Feb 2026, 09:00 (Europe/Lisbon), but',
    ],
    [{ kind: 'declined' }, { sum: null }, '· Nothing was sent'],
    [{ kind: 'cancelled' }, { sum: null }, '✓ 2026-w06 has no time any more, and nothing was sent'],
    [{ kind: 'finished' }, { kind: 'late' }, '✓ 2026-w06 to those who joined since is sent'],
  ])('%j %j begins with: %s', (outcome, changes, beginning) => {
    const text = formatSendReport({ ...report, ...changes, outcome }, paint, 80)
    expect(text.startsWith(beginning), text).toBe(true)
    for (const line of text.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(80)
  })

  it('names the command that goes on, also of late ones', () => {
    const late = formatSendReport({ ...report, kind: 'late', outcome: { kind: 'interrupted' }, markedFile: null }, paint, 80)
    expect(late).toContain('\n  news-digest send 2026-w06 --late\n')
  })
})

const progress: ShownProgress = {
  counts: { ...noDeliveries, accepted: 12_000, rejected: 30, deferred: 1500, uncertain: 2, pending: 16_468 },
  recipients: 30_000,
  acceptedNow: 12_000,
  elapsed: 60_000,
  waitsFor: null,
}

describe('formatSendProgress()', () => {
  it('shows states, rate and the time that is left on one line of a terminal', () => {
    expect(formatSendProgress(progress, 120)).toBe(
      '████████░░░░░░░░░░░░ 40%  12,000 accepted, 1,500 deferred, 30 rejected, 2 uncertain  200/s, 90 s left',
    )
  })

  it.each([80, 60, 40])('keeps within %i columns, whatever it waits for', columns => {
    for (const waitsFor of [null, 'a relay: smtp.example.com cannot be reached: connect ECONNREFUSED 192.0.2.1:587, said the system']) {
      expect(stringWidth(formatSendProgress({ ...progress, waitsFor }, columns))).toBeLessThan(columns)
    }
  })

  it('is an object of numbers for a program', () => {
    expect(sendProgressJson(progress)).toMatchObject({
      recipients: 30_000,
      accepted: 12_000,
      pending: 16_468,
      perSecond: 200,
      secondsLeft: 90,
      seconds: 60,
    })
  })
})
