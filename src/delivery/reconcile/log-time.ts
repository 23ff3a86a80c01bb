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

/** A time at the beginning of a line: the instant, null where it is no day of the calendar, and the length of what was read. */
export interface LogTime {
  readonly at: number | null
  readonly length: number
}

/**
 * Reads the time at the beginning of a line: `Feb  9 09:00:01` (RFC 3164 §4.1.2), perhaps with a year, or `2026-02-09T09:00:01.123456+01:00`
 * (RFC 5424 §6.2.3); null where the line begins with something else. Remembers the last minute, since asking for a zone's offset costs as much as all the
 * rest of a line.
 */
export function logTimeReader(clock: LogClock): (line: string) => LogTime | null {
  let minute = ''
  let start: number | null = null
  return line => {
    const [whole, begun, seconds, zone = ''] = times.map(pattern => pattern.exec(line)).find(each => each !== null) ?? []
    if (whole === undefined || begun === undefined) return null
    if (begun + zone !== minute) {
      minute = begun + zone
      start = startOfMinute(begun, zone, clock)
    }
    return { at: start === null ? null : start + Math.trunc(Number(seconds) * 1000), length: whole.length }
  }
}

const times = [
  /^([A-Z][a-z]{2} {1,2}\d{1,2} (?:\d{4} )?\d\d:\d\d):(\d\d(?:\.\d{1,9})?)()(?=\s)/,
  /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d):(\d\d(?:\.\d{1,9})?)(Z|[+-]\d\d:?\d\d)?(?=\s)/,
]

function startOfMinute(begun: string, zone: string, { now, timeZone }: LogClock): number | null {
  if (/^\d/.test(begun)) {
    const wall = Date.parse(`${begun.replace(' ', 'T')}:00Z`)
    return finite(zone ? wall - offsetOf(zone) : fromWall(wall, timeZone))
  }
  const [, name = '', date, year, hours, minutes] = /^(\w{3}) +(\d+) (?:(\d{4}) )?(\d\d):(\d\d)$/.exec(begun) ?? []
  const month = months.indexOf(name)
  if (month < 0) return null
  const inYear = (each: number) => fromWall(Date.UTC(each, month, Number(date), Number(hours), Number(minutes)), timeZone)
  const thisYear = new Date(now).getUTCFullYear()
  // Around the new year a log may also run ahead of the clock's UTC year.
  const found =
    year === undefined ? [thisYear + 1, thisYear, thisYear - 1].map(inYear).find(each => each <= now + day) : inYear(Number(year))
  return finite(found ?? Number.NaN)
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
