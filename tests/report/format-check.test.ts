import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/inspect/finding.ts'
import type { LinkAnswer } from '../../src/inspect/link-answer.ts'
import { type CheckReport, formatCheck } from '../../src/report/format-check.ts'
import { createPaint } from '../../src/report/paint.ts'

const answerOf = (address: string, changes: Partial<LinkAnswer> = {}): LinkAnswer => ({
  address,
  outcome: { kind: 'answered', status: 200, type: 'text/html' },
  redirects: [],
  picture: null,
  ...changes,
})

const findingOf = (rule: string, excerpt: string): Finding => ({
  rule,
  severity: 'error',
  message: 'a link cannot be reached',
  place: { part: 'html', excerpt, line: 1, column: 1 },
  origin: null,
  help: 'correct the address',
})

const report: CheckReport = {
  id: '2026-w06',
  subject: 'Lamps at low water',
  second: null,
  findings: [],
  checksOff: [],
  configOff: { file: 'news-digest.yaml', rules: [] },
  weight: { bytes: 20_000, limit: 102_000, left: 82_000, parts: [], advice: [] },
  answers: null,
  spam: null,
}

describe('formatCheck()', () => {
  it('tells of an address once: as a finding, or with what it answered', () => {
    const gone = answerOf('https://harbour.example/gone', { outcome: { kind: 'answered', status: 404, type: null } })
    const moved = answerOf('https://harbour.example/old', { redirects: [{ status: 301, to: 'https://harbour.example/new' }] })
    const findings = [
      findingOf('link-unreachable', gone.address),
      findingOf('link-redirected', `${moved.address} → https://harbour.example/new`),
    ]
    const answers = [answerOf('https://harbour.example/lamps'), gone, moved, answerOf('https://harbour.example/gone/too')]
    const text = formatCheck({ ...report, findings, answers }, createPaint(false))
    for (const { address } of [gone, moved]) expect(text.match(new RegExp(`${address}(?!/)`, 'g')), address).toHaveLength(1)
    expect(text).toContain(
      'network  4 addresses asked for, 2 of them told of above\n  200       https://harbour.example/lamps\n  200       https://harbour.example/gone/too\n',
    )
  })

  it('leaves out what there is nothing to say of', () => {
    const text = formatCheck({ ...report, answers: [answerOf('https://harbour.example/')] }, createPaint(false))
    expect(text).toContain('network  1 address asked for\n')
    expect(text).not.toMatch(/switched off|told of above/)
  })
})
