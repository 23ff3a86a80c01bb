/** Plain words for data: sizes, days, places. */

import type { Place } from '../../../errors.ts'
import type { FindingPlace } from '../../../inspect/finding.ts'
import type { EditionEntry } from '../api.ts'

const numbers = new Intl.NumberFormat('en-GB')
const kilobytes = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1, minimumFractionDigits: 1 })

/** `1,234`. */
export function describeCount(count: number): string {
  return numbers.format(count)
}

/** `81.4 kB`, of 1,000 bytes as the limits of mail programs are given; `312 bytes` below that. */
export function describeBytes(bytes: number): string {
  return bytes < 1000 ? `${bytes} bytes` : `${kilobytes.format(bytes / 1000)} kB`
}

/** `2–8 Feb 2026`: both days included. */
export function describeDays(first: string, last: string): string {
  const format = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
  const [from, to] = [new Date(`${first}T00:00:00Z`), new Date(`${last}T00:00:00Z`)]
  if (Number.isNaN(from.getTime()) || Number.isNaN(to.getTime())) return `${first} – ${last}`
  return format.formatRange(from, to)
}

/** `content/blog/tides.md:12:3`. */
export function describePlace({ file, line, column }: Place): string {
  return [file, line, line === undefined ? undefined : column].filter(part => part !== undefined).join(':')
}

const parts: Readonly<Record<FindingPlace['part'], string>> = {
  subject: 'subject',
  preheader: 'preheader',
  html: 'email.html',
  text: 'email.txt',
  message: 'email.eml',
  settings: 'configuration',
  edition: 'edition file',
}

/** `email.html:1:1375`. */
export function describeFindingPlace({ part, line, column }: FindingPlace): string {
  return [parts[part], line, column].filter(part => part !== null).join(':')
}

/** What an edition is, in words for badges: `next` and `draft`, `sent`, `built`, … */
export function describeKinds({ kind, status, next }: EditionEntry): readonly string[] {
  if (kind === 'built') return status === 'sent' ? ['sent', 'built'] : ['built']
  const words = [next ? 'next' : null, status].filter(word => word !== null)
  return words.length > 0 ? words : ['from content']
}

/** `1 finding`, `3 findings`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${describeCount(count)} ${count === 1 ? one : many}`
}
