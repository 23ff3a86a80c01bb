/** The day a post appeared, and which files without one are no posts at all. */

import { type FieldReader, type FrontMatterData, isMap } from './field-aliases.ts'
import { truthOf } from './field-values.ts'
import { isSection } from './is-section.ts'
import type { PostDate } from './post.ts'
import { readDateInPath } from './post-date.ts'
import { dateFault, type Notes, readDateField } from './post-fields.ts'

/** A file as far as its date goes. `path` has no extension, locale folder or locale suffix. */
interface DatedFile {
  readonly data: FrontMatterData
  readonly path: string
  readonly source: { readonly line: number } | null
  readonly hidden: boolean
}

/**
 * The date of a field, else of the file's name, its folder or a `path` field. Null when it is wrong, or missing where a post needs one, with what to
 * say of it in `notes`. `no-post` for a hidden post without a readable date, a section of the site, and a file that has neither title nor date.
 */
export function publishedDate(file: DatedFile, fields: FieldReader, timeZone: string, notes: Notes): PostDate | null | 'no-post' {
  const { data, path, hidden } = file
  const severity = hidden ? 'warning' : 'error'
  const unread = hidden ? 'no-post' : null
  const found = fields.first(data, 'publishedAt', isDateLike)
  if (found !== null) return readDateField(found, timeZone, severity, notes) ?? unread
  const inPath = readDateInPath(path, timeZone) ?? (typeof data.path === 'string' ? readDateInPath(data.path, timeZone) : null)
  if (inPath?.kind === 'date') return inPath.date
  if (inPath !== null) {
    notes.faults.push(dateFault(inPath, 'date', path, severity))
    return unread
  }
  if (hidden || isSection(path, data)) return 'no-post'
  return noteMissing(file, fields, notes)
}

/** `published: yes` is no date; nor is a map. */
function isDateLike(value: unknown): boolean {
  if (typeof value === 'string') return truthOf(value) === null || value.trim().length > 3
  return typeof value !== 'boolean' && !isMap(value)
}

function noteMissing({ data, source }: DatedFile, fields: FieldReader, notes: Notes): null | 'no-post' {
  if (source === null || fields.first(data, 'title') === null) {
    notes.faults.push({
      code: 'date-missing',
      severity: 'warning',
      message:
        source === null
          ? 'the file has no front matter and no date, so it is no post'
          : 'the file has neither title nor date, so it is no post',
      hint: 'Add front matter with a title and a date, or list the file under content.ignore.',
    })
    return 'no-post'
  }
  notes.faults.push({
    code: 'date-missing',
    message: 'the post has no date',
    line: source.line,
    column: 1,
    expected: 'a field such as date: 2026-02-26, or a file name such as 2026-02-26-my-post.md',
    hint: 'Add the day it appears, mark it draft: true, or list the file under content.ignore.',
  })
  return null
}
