/** Calendar days (`YYYY-MM-DD`) as a reader sees them. A day has no hour, so nothing here depends on a time zone. */

/** One day in full: `5 February 2026` in the language's order, digits and calendar (Persian dates are Persian). */
export function formatDay(day: string, language: string): string {
  return plainBlanks(longDate(language).format(noonOf(day)))
}

/** A month with its year: `February 2026`. */
export function formatMonth(day: string, language: string): string {
  return plainBlanks(new Intl.DateTimeFormat(language, { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(noonOf(day)))
}

/** A span of days, both included, without repeating what they share: `February 2 – 8, 2026`. A single day stands alone. */
export function formatDateRange(firstDay: string, lastDay: string, language: string): string {
  return plainBlanks(longDate(language).formatRange(noonOf(firstDay), noonOf(lastDay)))
}

// Making one takes a hundred times as long as using it, and a list of editions has one language, or a few.
const longDates = new Map<string, Intl.DateTimeFormat>()

function longDate(language: string): Intl.DateTimeFormat {
  const known = longDates.get(language)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat(language, { year: 'numeric', month: 'long', day: 'numeric', timeZone: 'UTC' })
  longDates.set(language, made)
  return made
}

function noonOf(day: string): Date {
  return new Date(`${day}T12:00:00Z`)
}

// Unicode CLDR puts thin spaces around a range's dash; some mail clients' fonts draw a box for them.
function plainBlanks(text: string): string {
  return text.replace(/[\u2009\u202f]/g, ' ')
}
