import type { CalendarDay } from '../content/post.ts'
import { UserError } from '../errors.ts'
import { isCalendarDay, mondayOfIsoWeek } from './calendar.ts'
import type { Rhythm } from './selection.ts'

/** What an edition's id says: an ISO week, a month, a day, or a span of days, both included. */
export type EditionId =
  | { readonly kind: 'week'; readonly id: string; readonly year: number; readonly week: number }
  | { readonly kind: 'month'; readonly id: string; readonly firstDay: CalendarDay }
  | { readonly kind: 'day'; readonly id: string; readonly day: CalendarDay }
  | { readonly kind: 'span'; readonly id: string; readonly from: CalendarDay; readonly to: CalendarDay }

/**
 * Reads `2026-w06`, `2026-02`, `2026-02-26` or `2026-02-01--2026-02-28`. An id names files and folders, so nothing else is let through: throws
 * UserError `edition-id-invalid` for all other text, among it weeks and days that do not exist. `2026-W06` is read as `2026-w06`.
 */
export function parseEditionId(text: string): EditionId {
  const parsed = tryParse(text.toLowerCase())
  if (parsed !== null) return parsed
  throw new UserError({
    code: 'edition-id-invalid',
    message: 'this does not name an edition',
    expected: '2026-w06 (a week), 2026-02 (a month), 2026-02-26 (a day), 2026-02-01--2026-02-28 (a span) or latest',
    got: JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}…` : text),
    hint: 'Write the edition as one of these; weeks are ISO weeks, and the week or day must exist.',
  })
}

/** Whether `parseEditionId` would accept a text as it stands, in lower case. */
export function isEditionId(text: string): boolean {
  return tryParse(text) !== null
}

/** The rhythm that an edition with this id belongs to; null for a span given by hand. */
export function rhythmOf(id: EditionId): Rhythm | null {
  switch (id.kind) {
    case 'week':
      return 'weekly'
    case 'month':
      return 'monthly'
    case 'day':
      return 'daily'
    case 'span':
      return null
  }
}

function tryParse(id: string): EditionId | null {
  const [, year, week] = /^(\d{4})-w(\d{2})$/.exec(id) ?? []
  if (year !== undefined && week !== undefined) return parseWeek(id, Number(year), Number(week))
  const [from, to, ...rest] = id.split('--')
  if (from === undefined || rest.length > 0) return null
  if (to !== undefined) return isCalendarDay(from) && isCalendarDay(to) && from <= to ? { kind: 'span', id, from, to } : null
  if (isCalendarDay(from)) return { kind: 'day', id, day: from }
  return /^\d{4}-\d{2}$/.test(from) && isCalendarDay(`${from}-01`) ? { kind: 'month', id, firstDay: `${from}-01` } : null
}

function parseWeek(id: string, year: number, week: number): EditionId | null {
  return isCalendarDay(`${year}-01-01`) && mondayOfIsoWeek(year, week) !== null ? { kind: 'week', id, year, week } : null
}
