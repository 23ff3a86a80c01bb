/** The day of a post that cannot be read: looked for in its raw text, so that it stops only the editions it could belong to. */

import { dateAliases } from './field-aliases.ts'
import type { CalendarDay } from './post.ts'
import { readDate, readDateInPath } from './post-date.ts'

/** The day that a date-like line of the front matter names, else the file's name, its folder or a `path` field; null without any. */
export function salvageDay(raw: string, path: string, timeZone: string): CalendarDay | null {
  for (const name of dateAliases) {
    const value = new RegExp(`(?:^|[{,])[ \\t]*["']?${name}["']?[ \\t]*[:=][ \\t]*["']?([^"'#\\n\\r]{4,60})`, 'm')
      .exec(raw)?.[1]
      ?.replace(/,\s*$/, '')
    const reading = value === undefined ? null : readDate(value, timeZone)
    if (reading?.kind === 'date') return reading.date.day
  }
  const inPathField = /^[ \t]*["']?path["']?[ \t]*[:=][ \t]*["']?([^"'#\n\r]{8,200})/m.exec(raw)?.[1]
  for (const text of [path, inPathField]) {
    const reading = text === undefined ? null : readDateInPath(text, timeZone)
    if (reading?.kind === 'date') return reading.date.day
  }
  return null
}
