/** Between instants and what a wall clock in a time zone shows. Instants are milliseconds since 1970, UTC. */

import { tzOffset } from '@date-fns/tz/tzOffset'
import type { CalendarDay } from '../content/post.ts'

const hour = 3_600_000
// Wider than any zone's distance from UTC (-12 to +14 hours), so that a day skipped whole (Apia, 2011-12-30) lies inside.
const widestOffset = 16 * hour

/** The calendar day that a clock in `timeZone` shows at an instant. */
export function dayAt(instant: number, timeZone: string): CalendarDay {
  return new Date(instant + offsetAt(instant, timeZone)).toISOString().slice(0, 10)
}

/**
 * The first instant at which a clock in `timeZone` shows `day` at `time` (`HH:MM`) or later. Where the clock jumps over that time, it is the
 * jump; where the clock shows it twice, the first. Worked out from offsets alone: `TZDate` goes through the machine's own time zone and is an
 * hour off where the two change together, and a build must not depend on where it runs.
 */
export function instantAt(day: CalendarDay, time: string, timeZone: string): number {
  const shown = Date.parse(`${day}T${time}:00Z`)
  const before = offsetAt(shown - widestOffset, timeZone)
  const after = offsetAt(shown + widestOffset, timeZone)
  const [earlier, later] = [shown - Math.max(before, after), shown - Math.min(before, after)]
  if (earlier + offsetAt(earlier, timeZone) === shown) return earlier
  if (later + offsetAt(later, timeZone) === shown) return later
  return changeBetween(shown - widestOffset, shown + widestOffset, timeZone)
}

function changeBetween(start: number, end: number, timeZone: string): number {
  const before = offsetAt(start, timeZone)
  let [unchanged, changed] = [start, end]
  while (changed - unchanged > 1) {
    const middle = Math.floor((unchanged + changed) / 2)
    if (offsetAt(middle, timeZone) === before) unchanged = middle
    else changed = middle
  }
  return changed
}

function offsetAt(instant: number, timeZone: string): number {
  return Math.round(tzOffset(timeZone, new Date(instant)) * 60) * 1000
}
