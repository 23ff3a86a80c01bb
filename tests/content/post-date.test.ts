import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readDate, readDateInPath } from '../../src/content/post-date.ts'

function read(value: unknown, timeZone = 'UTC') {
  const reading = readDate(value, timeZone)
  if (reading.kind !== 'date') throw new Error(`${String(value)} ${reading.reason}`)
  return reading.date
}

function refusal(value: unknown) {
  const reading = readDate(value, 'UTC')
  if (reading.kind === 'date') throw new Error(`${String(value)} was read as ${reading.date.day}`)
  return [reading.reason, reading.suggestion]
}

describe('readDate()', () => {
  test.each([
    ['2026-02-26', '2026-02-26'],
    ['2026-2-6', '2026-02-06'],
    ['2026/02/26', '2026-02-26'],
    ['2026.02.26', '2026-02-26'],
    ['20260226', '2026-02-26'],
    ['Jan 12, 2026', '2026-01-12'],
    ['January 12th, 2026', '2026-01-12'],
    ['12 January 2026', '2026-01-12'],
    ['Sun, 12 Jul 2026', '2026-07-12'],
    ['2024-02-29', '2024-02-29'],
  ])('reads %s as a calendar day', (text, day) => {
    expect(read(text)).toEqual({ instant: `${day}T00:00:00.000Z`, day, precision: 'day' })
  })

  test.each([
    ['2024-03-21 4:00:00 +0000', '2024-03-21T04:00:00.000Z'],
    ['2026-02-26T09:30:00Z', '2026-02-26T09:30:00.000Z'],
    ['2026-02-26T09:30:00.123456+02:00', '2026-02-26T07:30:00.123Z'],
    ['2026-02-26 09:30 -0500', '2026-02-26T14:30:00.000Z'],
    ['2026-02-26T09:30:00+09', '2026-02-26T00:30:00.000Z'],
    ['2026-02-26T23:30:00-03:00', '2026-02-27T02:30:00.000Z'],
    ['Mon Nov 25 20:23:46 +0000 2024', '2024-11-25T20:23:46.000Z'],
    ['Mon, 25 Nov 2024 20:23:46 GMT', '2024-11-25T20:23:46.000Z'],
    ['Mon, 25 Nov 2024 20:23:46 EST', '2024-11-26T01:23:46.000Z'],
    ['Mon Nov 25 2024 20:23:46 GMT+0100 (Central European Standard Time)', '2024-11-25T19:23:46.000Z'],
    ['Jan 12, 2026 at 3:04 PM', '2026-01-12T15:04:00.000Z'],
    ['Jan 12, 2026 12:00 am', '2026-01-12T00:00:00.000Z'],
    ['1772096400', '2026-02-26T09:00:00.000Z'],
    [1772096400000, '2026-02-26T09:00:00.000Z'],
    [new Date('2026-02-26T09:00:00Z'), '2026-02-26T09:00:00.000Z'],
  ])('keeps the instant of %s', (value, instant) => {
    expect(read(value)).toMatchObject({ instant, precision: 'instant' })
  })

  test('takes a date without a time for a day in the zone of the publication, not for midnight in Greenwich', () => {
    expect(read('2026-02-26', 'America/New_York')).toEqual({ instant: '2026-02-26T05:00:00.000Z', day: '2026-02-26', precision: 'day' })
    expect(read('2026-07-01', 'Asia/Kolkata').instant).toBe('2026-06-30T18:30:00.000Z')
  })

  test('gives an instant the day that clocks of the publication show', () => {
    expect(read('2026-02-26T03:00:00Z', 'America/New_York').day).toBe('2026-02-25')
    expect(read('2023-12-25T00:00:00.000Z', 'Asia/Tokyo').day).toBe('2023-12-25')
  })

  test('takes a time without an offset for the clock of the publication', () => {
    expect(read('2026-07-01 09:00', 'Europe/Berlin').instant).toBe('2026-07-01T07:00:00.000Z')
    expect(read('2026-01-05T09:00:00', 'Europe/Berlin').instant).toBe('2026-01-05T08:00:00.000Z')
  })

  test('begins a day at one o’clock where the clocks skip midnight', () => {
    expect(read('2018-11-04', 'America/Sao_Paulo').instant).toBe('2018-11-04T03:00:00.000Z')
    expect(read('2022-03-22', 'Asia/Tehran').instant).toBe('2022-03-21T20:30:00.000Z')
  })

  test('takes the first of two equal times when clocks are set back', () => {
    expect(read('2026-10-25 02:30', 'Europe/Berlin').instant).toBe('2026-10-25T00:30:00.000Z')
    expect(read('2026-03-29 02:30', 'Europe/Berlin').instant).toBe('2026-03-29T01:30:00.000Z')
  })

  test.each([
    ['2026-02-31', 'does not exist: that month ends on day 28', '2026-02-28'],
    ['2024-02-30', 'does not exist: that month ends on day 29', '2024-02-29'],
    ['2026-04-31T10:00:00Z', 'does not exist: that month ends on day 30', '2026-04-30'],
    ['2026-06-00', 'does not exist: that month ends on day 30', '2026-06-01'],
    ['2026-13-01', 'has no month 13', '2026-01-13'],
    ['2026-14-15', 'has no month 14', null],
    ['Feb 31, 2026', 'does not exist: that month ends on day 28', '2026-02-28'],
    ['2026-02-26 25:00', 'has an impossible time of day', '2026-02-26'],
    ['2026-02-26 13:00 pm', 'has an impossible time of day', '2026-02-26'],
    ['2026-02-26T10:00:00+99:00', 'has an impossible time zone', '2026-02-26'],
  ])('refuses the impossible %s and suggests the nearest', (text, reason, suggestion) => {
    expect(refusal(text)).toEqual([reason, suggestion])
  })

  test.each([
    ['2022-05-xx', 'is a placeholder', null],
    ['2025-05-TODO', 'is a placeholder', null],
    ['TBD', 'is a placeholder', null],
    ['YYYY-MM-DD', 'is a placeholder', null],
    ['0001-01-01T00:00:00Z', 'is a placeholder', null],
    ['2026-03', 'has no day', '2026-03-01'],
    ['03/04/2026', 'can be read in two ways', '2026-03-04 or 2026-04-03'],
    ['25.12.2026', 'does not begin with the year', '2026-12-25'],
    ['next Tuesday', 'is not a date', null],
    ['', 'is not a date', null],
    [true, 'is not a date', null],
    [['2026-01-01'], 'is not a date', null],
    [new Date(Number.NaN), 'is not a date', null],
    ['9'.repeat(100_000), 'is not a date', null],
  ])('refuses %s, which leaves the day open', (value, reason, suggestion) => {
    expect(refusal(value)).toEqual([reason, suggestion])
  })

  test('reads every day that it writes, in every zone', () => {
    const zones = ['UTC', 'America/New_York', 'Asia/Tehran', 'Pacific/Apia', 'Australia/Lord_Howe', 'Africa/Cairo', 'Pacific/Chatham']
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 36_500 }), fc.constantFrom(...zones), (days, zone) => {
        const day = new Date(days * 86_400_000).toISOString().slice(0, 10)
        // Samoa had no 30 December 2011, and Tokelau neither.
        fc.pre(day !== '2011-12-30')
        const date = read(day, zone)
        expect(date.day).toBe(day)
        expect(read(date.instant, zone).day).toBe(day)
      }),
    )
  })

  test('never throws, whatever it is given', () => {
    fc.assert(fc.property(fc.anything(), value => ['date', 'unreadable'].includes(readDate(value, 'Europe/Berlin').kind)))
    fc.assert(
      fc.property(fc.stringMatching(/^[\d\-/:. TZ+apmAPMJan,]{0,40}$/), text =>
        ['date', 'unreadable'].includes(readDate(text, 'UTC').kind),
      ),
    )
  })
})

describe('readDateInPath()', () => {
  test.each([
    ['2024-01-02-hello', '2024-01-02'],
    ['2024-01-02-hello/index', '2024-01-02'],
    ['2024/01/02/hello', '2024-01-02'],
    ['2016/04/19/notes', '2016-04-19'],
    ['posts/2024-01-02', '2024-01-02'],
    ['old/2023-01-01-a/2024-01-02-b', '2024-01-02'],
  ])('finds the day in %s', (path, day) => {
    expect(readDateInPath(path, 'UTC')).toMatchObject({ kind: 'date', date: { day } })
  })

  test.each(['hello', '2024/01/hello', 'v1-2024-01-022', '1.45.1-prerelease', '2024-0102-x'])('finds none in %s', path => {
    expect(readDateInPath(path, 'UTC')).toBeNull()
  })

  test('says that a day in a path does not exist', () => {
    expect(readDateInPath('2026-02-30-hello', 'UTC')).toMatchObject({ kind: 'unreadable', suggestion: '2026-02-28' })
  })
})
