/** The times that a mail log writes. */

import { fromWallTime } from '../../content/zone-time.ts'

/** What a time without a year, or without a zone, is read by. */
export interface LogClock {
  /** Milliseconds since 1970. A log ends before it: a day that would be later than tomorrow is last year's. */
  readonly now: number
  /** The relay's time zone (IANA). Traditional syslog writes local time and does not say whose. */
  readonly timeZone: string
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const day = 86_400_000

/**
 * The time at the beginning of a line: `Feb  9 09:00:01` (RFC 3164 §4.1.2), perhaps with a year, or `2026-02-09T09:00:01.123456+01:00` (RFC 5424 §6.2.3).
 * Gives the instant, null where it is no day of the calendar, and the length of what was read; null where the line begins with something else.
 */
export function readLogTime(line: string, { now, timeZone }: LogClock): { readonly at: number | null; readonly length: number } | null {
  const iso = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(\.\d{1,9})?(Z|[+-]\d\d:?\d\d)?(?=\s)/.exec(line)
  if (iso !== null) {
    const [whole, date, time, fraction = '', zone] = iso
    const wall = Date.parse(`${date}T${time}${fraction.slice(0, 4)}Z`)
    const at = zone === undefined ? fromWall(wall, timeZone) : wall - offsetOf(zone)
    return { at: finite(at), length: whole.length }
  }
  const traditional = /^([A-Z][a-z]{2}) {1,2}(\d{1,2}) (?:(\d{4}) )?(\d\d):(\d\d):(\d\d)(?:\.\d{1,9})?(?=\s)/.exec(line)
  const month = months.indexOf(traditional?.[1] ?? '')
  if (traditional === null || month < 0) return null
  const [whole, , date, year, hours, minutes, seconds] = traditional
  const inYear = (each: number) => fromWall(Date.UTC(each, month, Number(date), Number(hours), Number(minutes), Number(seconds)), timeZone)
  const thisYear = new Date(now).getUTCFullYear()
  // Around the new year a log may also run ahead of the clock's UTC year.
  const found =
    year === undefined ? [thisYear + 1, thisYear, thisYear - 1].map(inYear).find(each => each <= now + day) : inYear(Number(year))
  return { at: finite(found ?? Number.NaN), length: whole.length }
}

function fromWall(wall: number, timeZone: string): number {
  return Number.isNaN(wall) ? wall : fromWallTime(wall, timeZone)
}

function offsetOf(zone: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(zone) ?? []
  return hours === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
}

function finite(at: number): number | null {
  return Number.isFinite(at) ? at : null
}
