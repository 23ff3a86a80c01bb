/** Which span an edition covers. Windows of one rhythm follow each other without a gap: every instant is in exactly one. */

import type { CalendarDay } from '../content/post.ts'
import { dayInZone, fromWallTime, startOfDay } from '../content/zone-time.ts'
import { UserError } from '../errors.ts'
import { addDays, addMonths, type Calendar, isCalendarDay, isoWeekOf, mondayOfIsoWeek, weekdayOnOrBefore } from './calendar.ts'
import { type EditionId, parseEditionId, rhythmOf } from './edition-id.ts'
import type { PastEdition, Rhythm, Window } from './selection.ts'

/** How a window may be asked for. Days are `YYYY-MM-DD` in the publication's zone, first and last both included. */
export type WindowRequest =
  | { readonly kind: 'edition'; readonly id: string }
  | { readonly kind: 'span'; readonly from?: CalendarDay; readonly to?: CalendarDay }
  | { readonly kind: 'last'; readonly count: number; readonly unit: 'd' | 'w' | 'm' }
  | { readonly kind: 'since-last' }
  | { readonly kind: 'latest' }
  | { readonly kind: 'default' }

/**
 * The window that is asked for. `latest` needs the posts: see `latestWindow`. A span covers whole days, from 00:00, whatever hour the rhythm begins
 * at; `last` counts back from the end of today; `since-last` begins where the last sent edition of this rhythm (or given by hand) stopped: at its
 * window's end, or when it was sent if that was earlier. Throws UserError `edition-id-invalid` or `window-invalid`.
 */
export function resolveWindow(
  request: Exclude<WindowRequest, { kind: 'latest' }>,
  calendar: Calendar,
  now: Date,
  past: readonly PastEdition[],
): Window {
  switch (request.kind) {
    case 'edition':
      return windowOfEdition(parseEditionId(request.id), calendar)
    case 'span':
      return spanWindow(request, calendar, now)
    case 'last':
      return lastWindow(request.count, request.unit, calendar, now)
    case 'since-last':
      return windowSinceLast(past, calendar, now)
    case 'default':
      return previousWindow(windowContaining(now, calendar), calendar)
  }
}

/** The window of the calendar's rhythm that an instant lies in. */
export function windowContaining(instant: Date, calendar: Calendar): Window {
  const at = instant.getTime()
  let first = firstDayOfWindow(dayInZone(at, calendar.timeZone), calendar)
  // The hour may not have struck yet on the day a window begins, or a day may be missing from the calendar.
  while (at < startOf(first, calendar)) first = shift(first, calendar, -1)
  while (at >= startOf(shift(first, calendar, 1), calendar)) first = shift(first, calendar, 1)
  return rhythmWindow(first, calendar)
}

/** The window of its own rhythm before this one; before a span, the one of the calendar's rhythm that ends last before it begins. */
export function previousWindow(window: Window, calendar: Calendar): Window {
  const before = new Date(Date.parse(window.from) - 1)
  return windowContaining(before, { ...calendar, rhythm: window.rhythm ?? calendar.rhythm })
}

/** The window that an edition's id names, whatever the calendar's own rhythm. Throws UserError `window-invalid` for a day that its zone left out. */
export function windowOfEdition(id: EditionId, calendar: Calendar): Window {
  const rhythm = rhythmOf(id)
  if (id.kind === 'span') return spanOfDays(id.from, id.to, calendar.timeZone)
  const window = rhythmWindow(firstDayNamed(id, calendar), { ...calendar, rhythm: rhythm ?? calendar.rhythm })
  if (window.from < window.to) return window
  throw skippedDay(id.id, calendar.timeZone)
}

/** A window between two instants, both UTC ISO 8601 (`to` not included): for an edition file that names them. */
export function windowBetween(from: string, to: string, timeZone: string, name: { id: string; rhythm: Rhythm | null }): Window {
  return makeWindow(name.id, name.rhythm, Date.parse(from), Date.parse(to), timeZone)
}

function firstDayNamed(id: Exclude<EditionId, { kind: 'span' }>, calendar: Calendar): CalendarDay {
  if (id.kind === 'month') return id.firstDay
  if (id.kind === 'day') return id.day
  const monday = mondayOfIsoWeek(id.year, id.week)
  if (monday === null) throw new Error(`${id.id} was parsed, so its week exists`)
  // A week is named for its fourth day, so it begins at most three days before or after the ISO week's Monday.
  return weekdayOnOrBefore(addDays(monday, 3), calendar.weekStartsOn)
}

function rhythmWindow(firstDay: CalendarDay, calendar: Calendar): Window {
  const next = shift(firstDay, calendar, 1)
  return makeWindow(nameOf(firstDay, calendar), calendar.rhythm, startOf(firstDay, calendar), startOf(next, calendar), calendar.timeZone)
}

function nameOf(firstDay: CalendarDay, { rhythm }: Calendar): string {
  if (rhythm === 'daily') return firstDay
  if (rhythm === 'monthly') return firstDay.slice(0, 7)
  const { year, week } = isoWeekOf(addDays(firstDay, 3))
  return `${year}-w${String(week).padStart(2, '0')}`
}

function firstDayOfWindow(day: CalendarDay, { rhythm, weekStartsOn }: Calendar): CalendarDay {
  if (rhythm === 'daily') return day
  return rhythm === 'monthly' ? `${day.slice(0, 7)}-01` : weekdayOnOrBefore(day, weekStartsOn)
}

function shift(firstDay: CalendarDay, { rhythm }: Calendar, windows: number): CalendarDay {
  if (rhythm === 'monthly') return addMonths(firstDay, windows)
  return addDays(firstDay, windows * (rhythm === 'weekly' ? 7 : 1))
}

function startOf(firstDay: CalendarDay, { startsAt, timeZone }: Calendar): number {
  return fromWallTime(Date.parse(`${firstDay}T${startsAt}:00Z`), timeZone)
}

function midnight(day: CalendarDay, timeZone: string): number {
  return Date.parse(startOfDay(day, timeZone))
}

function spanWindow(request: { from?: CalendarDay; to?: CalendarDay }, { timeZone }: Calendar, now: Date): Window {
  const { from, to = dayInZone(now.getTime(), timeZone) } = request
  for (const day of [from, to])
    if (day !== undefined && !isCalendarDay(day))
      throw invalid('this is not a day of the calendar', day, 'Write a day that exists, as YYYY-MM-DD.')
  if (from === undefined) throw invalid('the span has a last day and no first', `--to ${to}`, 'Add --from with the first day.')
  if (from > to) throw invalid('the span ends before it begins', `${from} to ${to}`, 'Put the earlier day first.')
  return spanOfDays(from, to, timeZone)
}

function lastWindow(count: number, unit: 'd' | 'w' | 'm', { timeZone }: Calendar, now: Date): Window {
  const today = dayInZone(now.getTime(), timeZone)
  const before = unit === 'm' ? addMonths(today, -count) : addDays(today, -count * (unit === 'w' ? 7 : 1))
  const from = addDays(before, 1)
  if (count < 1 || !isCalendarDay(from))
    throw invalid('the span reaches back too far', `${count}${unit}`, 'Take a shorter one, such as --last 4w.')
  return spanOfDays(from, today, timeZone)
}

function windowSinceLast(past: readonly PastEdition[], { timeZone, rhythm }: Calendar, now: Date): Window {
  const stops = past
    .filter(edition => edition.status === 'sent' && (edition.rhythm === rhythm || edition.rhythm === null))
    .map(({ to, sentAt }) => Math.min(Date.parse(to), sentAt === null ? Number.POSITIVE_INFINITY : Date.parse(sentAt)))
  const today = dayInZone(now.getTime(), timeZone)
  if (stops.length === 0)
    throw invalid('no edition has been sent yet', 'no sent edition', 'Name a span for the first one, such as --last 7d.')
  const from = Math.max(...stops)
  const to = midnight(addDays(today, 1), timeZone)
  if (from >= to) throw invalid('the last sent edition reaches beyond today', new Date(from).toISOString(), 'Wait, or name a span.')
  return makeWindow(`${dayInZone(from, timeZone)}--${today}`, null, from, to, timeZone)
}

function spanOfDays(from: CalendarDay, to: CalendarDay, timeZone: string): Window {
  const [start, end] = [midnight(from, timeZone), midnight(addDays(to, 1), timeZone)]
  if (start >= end) throw skippedDay(from, timeZone)
  return makeWindow(`${from}--${to}`, null, start, end, timeZone)
}

function makeWindow(id: string, rhythm: Rhythm | null, from: number, to: number, timeZone: string): Window {
  return {
    id,
    rhythm,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    timeZone,
    firstDay: dayInZone(from, timeZone),
    lastDay: dayInZone(to - 1, timeZone),
  }
}

function skippedDay(day: CalendarDay, timeZone: string): UserError {
  return invalid(`the day does not exist in ${timeZone}: its clocks went over it`, day, 'Take the day before or after it.')
}

function invalid(message: string, got: string, hint: string): UserError {
  const expected = 'two days such as --from 2026-02-01 --to 2026-02-28 (both included), or --last 7d'
  return new UserError({ code: 'window-invalid', message, expected, got, hint })
}
