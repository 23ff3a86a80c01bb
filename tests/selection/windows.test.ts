import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { UserError } from '../../src/errors.ts'
import { type Calendar, weekdays } from '../../src/selection/calendar.ts'
import { previousWindow, resolveWindow, type WindowRequest, windowContaining } from '../../src/selection/windows.ts'
import { calendar, sentEdition } from './post-of.ts'

const berlin: Calendar = { ...calendar, timeZone: 'Europe/Berlin' }

function resolve(request: Exclude<WindowRequest, { kind: 'latest' }>, by: Calendar = berlin, now = '2026-02-12T10:00:00Z') {
  return resolveWindow(request, by, new Date(now), [])
}

const edition = (id: string, by: Calendar = berlin) => resolve({ kind: 'edition', id }, by)

describe('resolveWindow()', () => {
  test('takes a week from Monday to Monday in the publication’s zone', () => {
    expect(edition('2026-w06')).toEqual({
      id: '2026-w06',
      rhythm: 'weekly',
      from: '2026-02-01T23:00:00.000Z',
      to: '2026-02-08T23:00:00.000Z',
      timeZone: 'Europe/Berlin',
      firstDay: '2026-02-02',
      lastDay: '2026-02-08',
    })
  })

  test('takes a month and a day although the rhythm is weekly', () => {
    expect(edition('2026-02')).toMatchObject({ rhythm: 'monthly', firstDay: '2026-02-01', lastDay: '2026-02-28' })
    expect(edition('2026-02-26')).toMatchObject({ rhythm: 'daily', firstDay: '2026-02-26', lastDay: '2026-02-26' })
  })

  test('begins a week on another day and at an hour, and names it for its fourth day', () => {
    const friday: Calendar = { ...berlin, weekStartsOn: 'friday', startsAt: '09:00' }
    expect(edition('2026-w07', friday)).toMatchObject({
      from: '2026-02-06T08:00:00.000Z',
      to: '2026-02-13T08:00:00.000Z',
      firstDay: '2026-02-06',
      lastDay: '2026-02-13',
    })
  })

  test('begins a month at its hour', () => {
    expect(edition('2026-02', { ...berlin, startsAt: '09:30' })).toMatchObject({
      from: '2026-02-01T08:30:00.000Z',
      to: '2026-03-01T08:30:00.000Z',
    })
  })

  test.each([
    ['2026-w13', 'Europe/Berlin', 167],
    ['2026-w43', 'Europe/Berlin', 169],
    ['2026-w10', 'America/New_York', 167],
    ['2026-w44', 'America/New_York', 169],
    ['2026-w14', 'Australia/Lord_Howe', 168.5],
    ['2026-w40', 'Australia/Lord_Howe', 167.5],
    ['2022-w12', 'Asia/Tehran', 167],
    // Midnight itself is skipped on Sunday 4 November 2018.
    ['2018-11-04', 'America/Sao_Paulo', 23],
    ['2011-w52', 'Pacific/Apia', 144],
  ])('makes %s in %s %d hours long, as its clocks do', (id, timeZone, hours) => {
    const { from, to } = edition(id, { ...calendar, timeZone })
    expect((Date.parse(to) - Date.parse(from)) / 3_600_000).toBe(hours)
  })

  test('refuses a day that its zone went over', () => {
    expect(() => edition('2011-12-30', { ...calendar, timeZone: 'Pacific/Apia' })).toThrow(UserError)
    expect(edition('2011-12-31', { ...calendar, timeZone: 'Pacific/Apia' }).from).toBe('2011-12-30T10:00:00.000Z')
  })

  test('takes week 53 and the days of a new year that still belong to it', () => {
    expect(edition('2020-w53')).toMatchObject({ firstDay: '2020-12-28', lastDay: '2021-01-03' })
    expect(windowContaining(new Date('2021-01-03T12:00:00Z'), berlin).id).toBe('2020-w53')
    expect(windowContaining(new Date('2024-12-30T12:00:00Z'), berlin).id).toBe('2025-w01')
  })

  test('takes a span with both its days, from midnight whatever hour the rhythm begins at', () => {
    const span = resolve({ kind: 'span', from: '2026-02-01', to: '2026-02-28' }, { ...berlin, startsAt: '09:00' })
    expect(span).toMatchObject({
      id: '2026-02-01--2026-02-28',
      rhythm: null,
      from: '2026-01-31T23:00:00.000Z',
      to: '2026-02-28T23:00:00.000Z',
    })
    expect(edition(span.id)).toEqual(span)
  })

  test('ends a span without a last day today', () => {
    expect(resolve({ kind: 'span', from: '2026-02-01' }).id).toBe('2026-02-01--2026-02-12')
  })

  test.each([{ from: '2026-02-31', to: '2026-03-01' }, { from: '2026-02-02', to: '2026-02-01' }, { to: '2026-02-01' }, { from: 'x' }])(
    'refuses the span %j',
    days => {
      expect(() => resolve({ kind: 'span', ...days })).toThrow(UserError)
    },
  )

  test.each([
    [7, 'd', '2026-02-06--2026-02-12'],
    [1, 'd', '2026-02-12--2026-02-12'],
    [2, 'w', '2026-01-30--2026-02-12'],
    [1, 'm', '2026-01-13--2026-02-12'],
  ] as const)('counts the last %d%s back from today', (count, unit, id) => {
    expect(resolve({ kind: 'last', count, unit }).id).toBe(id)
  })

  test('counts a month back from the 31st to the last day of a shorter month', () => {
    expect(resolve({ kind: 'last', count: 1, unit: 'm' }, berlin, '2026-03-31T10:00:00Z').id).toBe('2026-03-01--2026-03-31')
  })

  test('knows which day "today" is in the publication’s zone', () => {
    expect(resolve({ kind: 'last', count: 1, unit: 'd' }, berlin, '2026-02-12T23:30:00Z').lastDay).toBe('2026-02-13')
  })

  test('takes the last complete window when nothing is asked for', () => {
    expect(resolve({ kind: 'default' }).id).toBe('2026-w06')
    expect(resolve({ kind: 'default' }, berlin, '2026-02-15T22:59:59Z').id).toBe('2026-w06')
    expect(resolve({ kind: 'default' }, berlin, '2026-02-15T23:00:00Z').id).toBe('2026-w07')
  })

  describe('since the last edition', () => {
    const sinceLast = (...past: Parameters<typeof resolveWindow>[3]) =>
      resolveWindow({ kind: 'since-last' }, calendar, new Date('2026-02-12T10:00:00Z'), past)

    test('begins where the newest sent window ended', () => {
      expect(sinceLast(sentEdition('2026-w06', []), sentEdition('2026-w05', []))).toMatchObject({
        id: '2026-02-09--2026-02-12',
        rhythm: null,
        from: '2026-02-09T00:00:00.000Z',
        to: '2026-02-13T00:00:00.000Z',
      })
    })

    test('begins when the edition was sent, if that was before its window ended', () => {
      const early = sentEdition('2026-w06', [], { sentAt: '2026-02-08T16:00:00.000Z' })
      expect(sinceLast(early).from).toBe('2026-02-08T16:00:00.000Z')
    })

    test('does not count drafts and editions of another rhythm', () => {
      const draft = sentEdition('2026-w06', [], { status: 'draft', sentAt: null })
      expect(sinceLast(draft, sentEdition('2026-01', []), sentEdition('2026-w04', [])).firstDay).toBe('2026-01-26')
    })

    test('says so when none was sent', () => {
      expect(() => sinceLast()).toThrow('no edition has been sent yet')
    })
  })
})

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Tehran',
  'America/Sao_Paulo',
  'Pacific/Apia',
  'Pacific/Kwajalein',
  'Africa/Cairo',
  'Asia/Beirut',
  'America/Havana',
  'Africa/Casablanca',
  'Asia/Kathmandu',
]
const calendars: fc.Arbitrary<Calendar> = fc.record({
  timeZone: fc.constantFrom(...zones),
  rhythm: fc.constantFrom('daily', 'weekly', 'monthly'),
  weekStartsOn: fc.constantFrom(...weekdays),
  startsAt: fc.constantFrom('00:00', '00:30', '02:30', '09:00', '23:59'),
})
const instants = fc.oneof(
  fc.date({ min: new Date('1985-01-01'), max: new Date('2035-01-01'), noInvalidDate: true }),
  // Around the day that Samoa left out, and a week in which many zones change their clocks.
  fc.date({ min: new Date('2011-12-27'), max: new Date('2012-01-03'), noInvalidDate: true }),
  fc.date({ min: new Date('2026-03-27'), max: new Date('2026-04-06'), noInvalidDate: true }),
)

describe('windows of a rhythm', () => {
  test('hold every instant in exactly one of them', () => {
    fc.assert(
      fc.property(calendars, instants, (by, instant) => {
        const window = windowContaining(instant, by)
        const at = instant.toISOString()
        expect(window.from <= at && at < window.to).toBe(true)
        expect(windowContaining(new Date(window.from), by)).toEqual(window)
        expect(windowContaining(new Date(Date.parse(window.to) - 1), by)).toEqual(window)
      }),
      { numRuns: 1500 },
    )
  })

  test('follow each other without gap or overlap', () => {
    fc.assert(
      fc.property(calendars, instants, (by, instant) => {
        const window = windowContaining(instant, by)
        const before = previousWindow(window, by)
        expect(before.to).toBe(window.from)
        expect(before.from < before.to).toBe(true)
        expect(before.id).not.toBe(window.id)
      }),
      { numRuns: 1500 },
    )
  })

  test('are named so that the name leads back to them', () => {
    fc.assert(
      fc.property(calendars, instants, (by, instant) => {
        const window = windowContaining(instant, by)
        expect(resolveWindow({ kind: 'edition', id: window.id }, by, new Date(0), [])).toEqual(window)
      }),
      { numRuns: 1500 },
    )
  })

  test('have the ISO week as their name when weeks begin on Monday', () => {
    fc.assert(
      fc.property(instants, instant => {
        const thursday = new Date(instant)
        thursday.setUTCDate(thursday.getUTCDate() + 4 - (thursday.getUTCDay() || 7))
        const year = thursday.getUTCFullYear()
        const week = Math.ceil(
          ((Date.UTC(year, thursday.getUTCMonth(), thursday.getUTCDate()) - Date.UTC(year, 0, 1)) / 86_400_000 + 1) / 7,
        )
        expect(windowContaining(instant, calendar).id).toBe(`${year}-w${String(week).padStart(2, '0')}`)
      }),
    )
  })
})
