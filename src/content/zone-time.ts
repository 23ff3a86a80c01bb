/** Calendar days and wall-clock times in a time zone. */

import { tzOffset } from '@date-fns/tz/tzOffset'
import type { CalendarDay } from './post.ts'

const minute = 60_000
const dayLength = 86_400_000

// A blog has far fewer days than posts, and asking Intl for an offset costs microseconds.
const startsOfDays = new Map<string, string>()
const rememberedDays = 20_000

/** The instant, UTC in ISO 8601, at which a calendar day begins in a zone: 01:00 where midnight is skipped by a clock change. */
export function startOfDay(day: CalendarDay, timeZone: string): string {
  if (timeZone === 'UTC') return `${day}T00:00:00.000Z`
  const key = `${day} ${timeZone}`
  const known = startsOfDays.get(key)
  if (known !== undefined) return known
  const start = new Date(fromWallTime(Date.parse(`${day}T00:00:00.000Z`), timeZone)).toISOString()
  if (startsOfDays.size >= rememberedDays) startsOfDays.clear()
  startsOfDays.set(key, start)
  return start
}

/** The calendar day that a clock in `timeZone` shows at an instant (milliseconds since 1970). */
export function dayInZone(instant: number, timeZone: string): CalendarDay {
  return new Date(instant + offsetAt(instant, timeZone)).toISOString().slice(0, 10)
}

/**
 * The instant at which a clock in `timeZone` shows a wall-clock time, given as if it were UTC. A time that comes twice means the first one;
 * a time that a clock change skips means as much after the change.
 */
export function fromWallTime(wall: number, timeZone: string): number {
  const before = wall - offsetAt(wall - dayLength, timeZone)
  const after = wall - offsetAt(wall + dayLength, timeZone)
  const right = [before, after].filter(instant => instant + offsetAt(instant, timeZone) === wall)
  return right.length === 0 ? before : Math.min(...right)
}

function offsetAt(instant: number, timeZone: string): number {
  return timeZone === 'UTC' ? 0 : tzOffset(timeZone, new Date(instant)) * minute
}
