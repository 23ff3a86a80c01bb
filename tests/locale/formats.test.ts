import { describe, expect, it } from 'vitest'
import { directionOf } from '../../src/locale/direction.ts'
import { formatDateRange, formatDay } from '../../src/locale/format-date.ts'
import { formatList } from '../../src/locale/format-list.ts'
import { formatNumber } from '../../src/locale/format-number.ts'
import { readingMinutes } from '../../src/locale/reading-time.ts'

describe('formatDay()', () => {
  it.each([
    ['en', 'February 2, 2026'],
    ['de', '2. Februar 2026'],
    ['fa', '۱۳ بهمن ۱۴۰۴'],
  ])('writes a day in %s', (language, expected) => {
    expect(formatDay('2026-02-02', language)).toBe(expected)
  })
})

describe('formatDateRange()', () => {
  it.each([
    ['en', '2026-02-02', '2026-02-08', 'February 2 – 8, 2026'],
    ['en', '2026-01-26', '2026-02-01', 'January 26 – February 1, 2026'],
    ['en', '2025-12-29', '2026-01-04', 'December 29, 2025 – January 4, 2026'],
    ['de', '2026-02-02', '2026-02-08', '2.–8. Februar 2026'],
    ['fa', '2026-02-02', '2026-02-08', '۱۳ تا ۱۹ بهمن ۱۴۰۴'],
    ['en', '2026-02-02', '2026-02-02', 'February 2, 2026'],
  ])('writes a span in %s once for what both days share (%s, %s)', (language, first, last, expected) => {
    expect(formatDateRange(first, last, language)).toBe(expected)
  })
})

describe('formatList()', () => {
  it('joins names as the language does, without invisible marks', () => {
    expect(formatList(['Ada', 'Bo', 'Cy'], 'en')).toBe('Ada, Bo, and Cy')
    expect(formatList(['Ada', 'Bo'], 'de')).toBe('Ada und Bo')
    expect(formatList(['آدا', 'بو', 'سی'], 'fa')).toBe('آدا، بو، و سی')
  })
})

describe('formatNumber()', () => {
  it('uses the digits and the grouping of the language', () => {
    expect([formatNumber(1234, 'en'), formatNumber(1234, 'de'), formatNumber(1234, 'fa')]).toEqual(['1,234', '1.234', '۱٬۲۳۴'])
  })
})

describe('readingMinutes()', () => {
  it('is at least one minute and rounds up', () => {
    expect([0, 1, 238, 239, 900].map(readingMinutes)).toEqual([1, 1, 1, 2, 4])
  })
})

describe('directionOf()', () => {
  it('knows the languages written from the right, and lets a script decide before them', () => {
    const rightToLeft = ['fa', 'fa-IR', 'ar', 'he', 'ur', 'az-Arab']
    const leftToRight = ['pa-Guru', 'en', 'de-CH', 'fa-Latn']
    expect(rightToLeft.filter(language => directionOf(language) !== 'rtl')).toEqual([])
    expect(leftToRight.filter(language => directionOf(language) !== 'ltr')).toEqual([])
  })
})
