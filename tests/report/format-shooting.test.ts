import { describe, expect, it } from 'vitest'
import { formatPercent } from '../../src/report/format-percent.ts'
import { formatOver, formatShooting, type ShootingSummary } from '../../src/report/format-shooting.ts'
import { createPaint } from '../../src/report/paint.ts'

const shooting: ShootingSummary = {
  id: '2026-w06',
  folder: 'out/2026-w06/shots/',
  sheet: 'out/2026-w06/shots/contact-sheet.png',
  shots: [
    { id: 'mobile', width: 375, height: 3044, changes: [] },
    { id: 'outlook-windows', width: 1024, height: 2246, changes: ['no rounded corners'] },
  ],
  comparison: null,
}

describe('formatShooting()', () => {
  it('names every picture with its size, says what is simulated, and where to look', () => {
    expect(formatShooting(shooting, createPaint(false))).toBe(`✓ 2 pictures of 2026-w06 in out/2026-w06/shots/

  mobile           375 × 3044
  outlook-windows  1024 × 2246, simulated: 1 change

  look at out/2026-w06/shots/contact-sheet.png
`)
  })

  it('says how much of each has changed, and what is over the limit', () => {
    const differences = [
      { id: 'mobile', percent: 0 },
      { id: 'outlook-windows', percent: 12.34 },
    ]
    const comparison = { against: '2026-w05', differences, sheet: 'out/2026-w06/shots/diff/contact-sheet.png', failOver: 5 }
    const text = formatShooting({ ...shooting, comparison }, createPaint(false))
    expect(text.slice(text.indexOf('Against'))).toBe(`Against 2026-w05:

  mobile           the same
  outlook-windows  12.3 % changed, over 5.0 %

  look at out/2026-w06/shots/diff/contact-sheet.png
`)
  })
})

describe('formatOver()', () => {
  it('names only what is over the limit, and nothing where there is none', () => {
    const differences = [0, 5, 12.34].map((percent, index) => ({ id: `view-${index}`, percent }))
    const over = (failOver: number | null) =>
      formatOver({ ...shooting, comparison: { against: '2026-w05', differences, sheet: null, failOver } }, createPaint(false))
    expect(over(5)).toBe('2026-w06 against 2026-w05: view-2  12.3 % changed, over 5.0 %\n')
    expect([over(20), over(null), formatOver(shooting, createPaint(false))]).toEqual(['', '', ''])
  })
})

describe('formatPercent()', () => {
  it.each([
    [0, '0 %'],
    [0.0001, 'under 0.01 %'],
    [0.034, '0.03 %'],
    [5, '5.0 %'],
    [99.99, '99.9 %'],
    [100, '100 %'],
  ])('writes %d as %s', (percent, text) => {
    expect(formatPercent(percent)).toBe(text)
  })
})
