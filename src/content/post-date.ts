/** Dates as people write them in front matter, read without guessing. */

import type { CalendarDay, PostDate } from './post.ts'
import { dayInZone, fromWallTime, startOfDay } from './zone-time.ts'

/** A date, or why a value is none: a clause that completes "the date …", and what to write instead where that can be told. */
export type DateReading =
  | { readonly kind: 'date'; readonly date: PostDate }
  | { readonly kind: 'unreadable'; readonly reason: string; readonly suggestion: string | null }

interface Clock {
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly millisecond: number
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
// RFC 5322 §4.3, obsolete zones that feeds and exports still write.
const zoneNames: Readonly<Record<string, number>> = {
  z: 0,
  utc: 0,
  gmt: 0,
  ut: 0,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
}
const zonePattern = '(?:(?:UTC|GMT)?\\s?[+-]\\d{2}:?\\d{2}|[+-]\\d{1,2}|Z|UTC|GMT|UT|[ECMP][SD]T)'
const clockPattern = '(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?(?:\\s?([ap])\\.?m\\.?)?'
const numeric = new RegExp(`^(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})(?:(?:T|\\s+)${clockPattern}(?:\\s*(${zonePattern}))?)?$`, 'i')
const clock = new RegExp(`(?:^|\\s)${clockPattern}(?:\\s?(${zonePattern}))?(?=\\s|$)`, 'i')
const placeholder = /x{2,}|\?{2,}|todo|tbd|tba|yyyy|fixme|^0{4}|^-+$/i
const longestDate = 80

/**
 * Reads a date. A date without a time is a calendar day in `timeZone`; a time with an offset is that instant; a time without one is a
 * wall-clock time in `timeZone`. Impossible days (31 February), placeholders (`2026-05-xx`) and numbers whose order cannot be told
 * (`03/04/2026`) are refused.
 */
export function readDate(value: unknown, timeZone: string): DateReading {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? unreadable('is not a date') : fromInstant(value.getTime(), timeZone)
  if (typeof value !== 'string' && typeof value !== 'number') return unreadable('is not a date')
  const text = String(value).trim()
  if (isPlainDay(text)) return fromDay(Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8)), timeZone)
  if (text.length > longestDate) return unreadable('is not a date')
  return (
    readNumeric(text, timeZone) ??
    readDigits(text, timeZone) ??
    refuseKnownMistakes(text) ??
    readNamedMonth(text, timeZone) ??
    unreadable('is not a date')
  )
}

/** The last calendar day in a path: `2024-01-02-slug`, `2024/01/02/slug`. Impossible days count as a reading that failed. Null without any. */
export function readDateInPath(path: string, timeZone: string): DateReading | null {
  const found = [...path.matchAll(/(?:^|\/)(\d{4})([-/])(\d{2})\2(\d{2})(?=[-_./]|$)/g)].at(-1)
  return found === undefined ? null : fromDay(Number(found[1]), Number(found[3]), Number(found[4]), timeZone)
}

function isPlainDay(text: string): boolean {
  return text.length === 10 && /^\d{4}-\d{2}-\d{2}$/.test(text)
}

function readNumeric(text: string, timeZone: string): DateReading | null {
  const match = numeric.exec(text)
  if (match === null) return null
  const [, year, , month, day, hour, minute, second, fraction, half, zone] = match
  const date = fromDay(Number(year), Number(month), Number(day), timeZone)
  if (date.kind !== 'date' || hour === undefined) return date
  return atClock(date.date.day, readClock(hour, minute, second, fraction, half), zone, timeZone)
}

/** `20260131` is a day; ten digits are seconds and thirteen milliseconds since 1970. */
function readDigits(text: string, timeZone: string): DateReading | null {
  if (/^(?:19|20)\d{6}$/.test(text)) return fromDay(Number(text.slice(0, 4)), Number(text.slice(4, 6)), Number(text.slice(6)), timeZone)
  if (/^\d{10}$/.test(text)) return fromInstant(Number(text) * 1000, timeZone)
  if (/^\d{13}$/.test(text)) return fromInstant(Number(text), timeZone)
  return null
}

function refuseKnownMistakes(text: string): DateReading | null {
  if (placeholder.test(text)) return unreadable('is a placeholder')
  const short = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})\b/.exec(text)
  if (short !== null) {
    const orders = [dayText(short[4], short[1], short[3]), dayText(short[4], short[3], short[1])].filter(day => day !== null)
    const choices = [...new Set(orders)]
    return unreadable(
      choices.length > 1 ? 'can be read in two ways' : 'does not begin with the year',
      choices.length === 0 ? null : choices.join(' or '),
    )
  }
  const month = /^(\d{4})[-/.](\d{1,2})$/.exec(text)
  if (month !== null) return unreadable('has no day', dayText(month[1], month[2], '1'))
  return null
}

/** `Jan 12, 2026`, `12 January 2026 3:04 PM`, `Mon, 25 Nov 2024 20:23:46 +0000`, `Mon Nov 25 20:23:46 +0000 2024`. */
function readNamedMonth(text: string, timeZone: string): DateReading | null {
  const time = clock.exec(text)
  const rest = (time === null ? text : text.replace(time[0], ' ')).replace(/\([^()]*\)/g, ' ')
  const words = rest
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(word => word !== '' && word !== 'at' && !/^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?$/.test(word))
  const year = words.find(word => /^\d{4}$/.test(word))
  const day = words.find(word => /^\d{1,2}(?:st|nd|rd|th|\.)?$/.test(word))
  const name = words.find(word => /^[a-z]{3,9}\.?$/.test(word) && months.includes(word.slice(0, 3)))
  if (words.length !== 3 || year === undefined || day === undefined || name === undefined) return null
  const date = fromDay(Number(year), months.indexOf(name.slice(0, 3)) + 1, Number.parseInt(day, 10), timeZone)
  if (date.kind !== 'date' || time === null) return date
  const [, hour, minute, second, fraction, half, zone] = time
  return atClock(date.date.day, readClock(hour, minute, second, fraction, half), zone, timeZone)
}

function readClock(hour = '0', minute = '0', second = '0', fraction = '', half = ''): Clock | null {
  const hours = Number(hour)
  if (half !== '' && (hours < 1 || hours > 12)) return null
  const afternoon = half === '' ? hours : (hours % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
  const time = { hour: afternoon, minute: Number(minute), second: Number(second), millisecond: Number(`${fraction}000`.slice(0, 3)) }
  return time.hour > 23 || time.minute > 59 || time.second > 59 ? null : time
}

function atClock(day: CalendarDay, time: Clock | null, zone: string | undefined, timeZone: string): DateReading {
  if (time === null) return unreadable('has an impossible time of day', day)
  const wall = Date.parse(`${day}T00:00:00.000Z`) + ((time.hour * 60 + time.minute) * 60 + time.second) * 1000 + time.millisecond
  if (zone === undefined) return fromInstant(fromWallTime(wall, timeZone), timeZone)
  const offset = zoneOffset(zone)
  return offset === null ? unreadable('has an impossible time zone', day) : fromInstant(wall - offset * 60_000, timeZone)
}

/** Minutes east of Greenwich; null for an offset that no clock has. */
function zoneOffset(zone: string): number | null {
  const named = zoneNames[zone.toLowerCase()]
  if (named !== undefined) return named
  const match = /([+-])(\d{1,2}):?(\d{2})?$/.exec(zone)
  if (match === null) return null
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0)
  return minutes > 15 * 60 ? null : match[1] === '-' ? -minutes : minutes
}

function fromDay(year: number, month: number, day: number, timeZone: string): DateReading {
  // Hugo and Go write year 1 for "no date".
  if (year < 1900) return unreadable('is a placeholder')
  if (month < 1 || month > 12) return unreadable(`has no month ${month}`, dayText(String(year), String(day), String(month)))
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
  if (day < 1 || day > last) {
    const nearest = `${year}-${two(month)}-${two(Math.min(Math.max(day, 1), last))}`
    return unreadable(`does not exist: that month ends on day ${last}`, nearest)
  }
  const text = `${year}-${two(month)}-${two(day)}`
  return { kind: 'date', date: { instant: startOfDay(text, timeZone), day: text, precision: 'day' } }
}

function fromInstant(instant: number, timeZone: string): DateReading {
  const year = new Date(instant).getUTCFullYear()
  if (!(year >= 1900 && year <= 9998)) return unreadable('is a placeholder')
  return { kind: 'date', date: { instant: new Date(instant).toISOString(), day: dayInZone(instant, timeZone), precision: 'instant' } }
}

function dayText(year = '', month = '', day = ''): CalendarDay | null {
  const text = `${year}-${two(Number(month))}-${two(Number(day))}`
  const parsed = new Date(`${text}T00:00:00.000Z`)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text) ? text : null
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}

function unreadable(reason: string, suggestion: string | null = null): DateReading {
  return { kind: 'unreadable', reason, suggestion }
}
