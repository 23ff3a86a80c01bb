/** How a publication counts its windows, and arithmetic with calendar days. A day is a date on the wall, in no zone. */

import type { CalendarDay } from '../content/post.ts'
import type { Rhythm } from './selection.ts'

/** Monday first, as ISO 8601 counts. */
export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

/** A day of the week. */
export type Weekday = (typeof weekdays)[number]

/** When windows begin: each day, each week on `weekStartsOn` or on the first of each month, at `startsAt` (`HH:MM`) in an IANA zone. */
export interface Calendar {
  readonly timeZone: string
  readonly rhythm: Rhythm
  readonly weekStartsOn: Weekday
  readonly startsAt: string
}

/** A day of 24 hours. */
export const millisecondsPerDay = 86_400_000

/** Whether a text is a day that exists, `YYYY-MM-DD`, between 1970 and 2999. */
export function isCalendarDay(text: string): boolean {
  if (!/^(?:19[7-9]\d|2\d{3})-\d{2}-\d{2}$/.test(text)) return false
  const instant = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(instant) && toDay(instant) === text
}

/** The day `count` days later, or earlier where it is negative. */
export function addDays(day: CalendarDay, count: number): CalendarDay {
  return toDay(atUtc(day) + count * millisecondsPerDay)
}

/** The same day `count` months later, or earlier where it is negative; the month's last where it has no such day. */
export function addMonths(day: CalendarDay, count: number): CalendarDay {
  const { year, month, date } = partsOf(day)
  const daysInMonth = new Date(Date.UTC(year, month + count + 1, 0)).getUTCDate()
  return toDay(Date.UTC(year, month + count, Math.min(date, daysInMonth)))
}

/** The last day on or before `day` that falls on `weekday`. */
export function weekdayOnOrBefore(day: CalendarDay, weekday: Weekday): CalendarDay {
  return addDays(day, -((weekdayIndex(day) - weekdays.indexOf(weekday) + 7) % 7))
}

/** The ISO 8601 week that a day is in: the year is that of the week's Thursday. */
export function isoWeekOf(day: CalendarDay): { readonly year: number; readonly week: number } {
  const thursday = addDays(day, 3 - weekdayIndex(day))
  const { year } = partsOf(thursday)
  const daysIntoYear = (atUtc(thursday) - Date.UTC(year, 0, 1)) / millisecondsPerDay
  return { year, week: Math.floor(daysIntoYear / 7) + 1 }
}

/** The Monday of an ISO 8601 week, or null when the year has no such week. */
export function mondayOfIsoWeek(year: number, week: number): CalendarDay | null {
  const monday = addDays(weekdayOnOrBefore(toDay(Date.UTC(year, 0, 4)), 'monday'), (week - 1) * 7)
  const found = isoWeekOf(monday)
  return found.year === year && found.week === week ? monday : null
}

function weekdayIndex(day: CalendarDay): number {
  return (new Date(atUtc(day)).getUTCDay() + 6) % 7
}

function partsOf(day: CalendarDay): { year: number; month: number; date: number } {
  const at = new Date(atUtc(day))
  return { year: at.getUTCFullYear(), month: at.getUTCMonth(), date: at.getUTCDate() }
}

function atUtc(day: CalendarDay): number {
  return Date.parse(`${day}T00:00:00Z`)
}

function toDay(instant: number): CalendarDay {
  return new Date(instant).toISOString().slice(0, 10)
}
