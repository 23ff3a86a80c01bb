import { quoteValue } from '../config/quote-value.ts'
import type { CalendarDay } from '../content/post.ts'
import { UserError } from '../errors.ts'
import { isCalendarDay, mondayOfIsoWeek } from './calendar.ts'
import type { Rhythm } from './selection.ts'

/** What an edition's id says of its window: an ISO week, a month, a day, or a span of days, both included. */
type WindowName =
  | { readonly kind: 'week'; readonly year: number; readonly week: number }
  | { readonly kind: 'month'; readonly firstDay: CalendarDay }
  | { readonly kind: 'day'; readonly day: CalendarDay }
  | { readonly kind: 'span'; readonly from: CalendarDay; readonly to: CalendarDay }

/** An edition's id taken apart. `windowId` is the id without the language that an edition in another language than the site's carries at its end. */
export type EditionId = WindowName & { readonly id: string; readonly windowId: string; readonly language: string | null }

/**
 * Reads `2026-w06`, `2026-02`, `2026-02-26` or `2026-02-01--2026-02-28`, each also with a language behind it (`2026-w06-de`). An id names files and
 * folders, so nothing else is let through: throws UserError `edition-id-invalid` for all other text, among it weeks and days that do not exist.
 * `2026-W06` is read as `2026-w06`.
 */
export function parseEditionId(text: string): EditionId {
  const parsed = tryParse(text.toLowerCase())
  if (parsed !== null) return parsed
  throw new UserError({
    code: 'edition-id-invalid',
    message: 'this does not name an edition',
    expected: '2026-w06 (a week), 2026-02 (a month), 2026-02-26 (a day), 2026-02-01--2026-02-28 (a span) or latest',
    got: quoteValue(text),
    hint: 'Write the edition as one of these; weeks are ISO weeks, and the week or day must exist.',
  })
}

/** Whether `parseEditionId` would accept a text as it stands, in lower case. */
export function isEditionId(text: string): boolean {
  return tryParse(text) !== null
}

/** The rhythm that an edition with this id belongs to; null for a span given by hand. */
export function rhythmOf(id: Pick<EditionId, 'kind'>): Rhythm | null {
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

/** The id of an edition of a window: with the language at its end where that is not the site's. */
export function editionIdOf(windowId: string, language: string, siteLanguage: string): string {
  return language.toLowerCase() === siteLanguage.toLowerCase() ? windowId : `${windowId}-${language.toLowerCase()}`
}

function tryParse(id: string): EditionId | null {
  const [, windowId = id, language = null] = /^(.*?)-([a-z]{2,3}(?:-[a-z0-9]{2,8})*)$/.exec(id) ?? []
  const name = parseWindowName(windowId)
  return name === null ? null : { ...name, id, windowId, language }
}

function parseWindowName(id: string): WindowName | null {
  const [, year, week] = /^(\d{4})-w(\d{2})$/.exec(id) ?? []
  if (year !== undefined && week !== undefined) return parseWeek(Number(year), Number(week))
  const [from, to, ...rest] = id.split('--')
  if (from === undefined || rest.length > 0) return null
  if (to !== undefined) return isCalendarDay(from) && isCalendarDay(to) && from <= to ? { kind: 'span', from, to } : null
  if (isCalendarDay(from)) return { kind: 'day', day: from }
  return /^\d{4}-\d{2}$/.test(from) && isCalendarDay(`${from}-01`) ? { kind: 'month', firstDay: `${from}-01` } : null
}

function parseWeek(year: number, week: number): WindowName | null {
  return isCalendarDay(`${year}-01-01`) && mondayOfIsoWeek(year, week) !== null ? { kind: 'week', year, week } : null
}
