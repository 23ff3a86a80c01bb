/** One function per field that can be wrong: each returns what it read and notes what it could not. */

import { quoteValue } from '../config/quote-value.ts'
import { type AuthorBook, authorNames } from './author-names.ts'
import type { Fault } from './content-problem.ts'
import type { FoundField, FrontMatterData } from './field-aliases.ts'
import { placeOfField } from './field-place.ts'
import { lineOf, namesOf } from './field-values.ts'
import type { PostDate } from './post.ts'
import { type DateReading, readDate } from './post-date.ts'
import { isLanguageTag, normalLanguage } from './post-language.ts'
import { firstHeading, plainTitle, titleFromSlug } from './post-title.ts'
import { encodePath, slugFault, type UrlMaker, type UrlParts, underSite, withoutOuterSlashes } from './post-url.ts'

/** Collects faults of one file. `at` places one at a field's value. */
export interface Notes {
  readonly faults: Fault[]
  readonly at: (name: string, fault: Fault) => void
}

/** Notes for a file whose front matter is `raw`, beginning on line `first`. */
export function notesFor(raw: string, first: number): Notes {
  const faults: Fault[] = []
  return { faults, at: (name, fault) => faults.push({ ...fault, ...placeOfField(raw, first, name) }) }
}

/** The title: its field, else the first heading of the body, else the file's name (with a warning). */
export function readTitle(found: FoundField | null, body: () => string, slug: () => string, notes: Notes): string {
  if (found !== null) {
    const text = typeof found.value === 'boolean' ? String(found.value) : lineOf(found.value)
    if (text !== null) return plainTitle(text)
    notes.at(found.name, {
      code: 'field-invalid',
      message: 'the title is not text',
      expected: 'one line of text',
      got: quoteValue(found.value),
      hint: `Write ${found.name}: "The title of this post"`,
    })
    return ''
  }
  const heading = firstHeading(body())
  if (heading !== null) return heading
  const title = titleFromSlug(slug())
  notes.faults.push({
    code: 'title-missing',
    severity: 'warning',
    message: `the post has no title; "${title}" is made from its file name`,
    line: 1,
    hint: 'Add a title field to the front matter.',
  })
  return title
}

/** A date field; notes what is wrong with it, as an error or (for drafts) a warning. */
export function readDateField(found: FoundField, timeZone: string, severity: 'error' | 'warning', notes: Notes): PostDate | null {
  const reading = readDate(found.value, timeZone)
  if (reading.kind === 'date') return reading.date
  notes.at(found.name, dateFault(reading, found.name, quoteValue(found.value), severity))
  return null
}

/** What to say of a date that cannot be read. */
export function dateFault(
  reading: DateReading & { readonly kind: 'unreadable' },
  name: string,
  got: string,
  severity: 'error' | 'warning',
): Fault {
  return {
    code: 'date-invalid',
    severity,
    message: `the date ${reading.reason}`,
    expected: 'a day such as 2026-02-26, or a time such as 2026-02-26T09:00:00+01:00',
    got,
    hint:
      reading.suggestion === null
        ? `Write the day as ${name}: YYYY-MM-DD.`
        : `Write ${name}: ${reading.suggestion}${reading.suggestion.includes(' or ') ? ', whichever is meant' : ', if that is the day meant'}.`,
  }
}

/** The language that a field names, else the one of the path, else the site's. */
export function readLanguage(found: FoundField | null, ofPath: string | null, ofSite: string, notes: Notes): string {
  const otherwise = ofPath ?? normalLanguage(ofSite)
  if (found === null) return otherwise
  const text = lineOf(found.value)
  if (text !== null && isLanguageTag(text)) return normalLanguage(text)
  notes.at(found.name, {
    code: 'field-invalid',
    severity: 'warning',
    message: `the language cannot be read, so the post counts as "${otherwise}"`,
    expected: 'a language tag such as en, de or pt-BR',
    got: quoteValue(found.value),
    hint: `Write ${found.name}: ${otherwise}`,
  })
  return otherwise
}

/** The slug that a field gives, else the path's; one that leads out of its folder is refused. */
export function readSlug(found: FoundField | null, ofPath: () => string, notes: Notes): string {
  if (found !== null && typeof found.value === 'string' && /^[a-z0-9-]+$/i.test(found.value)) return found.value
  const given = found === null ? null : lineOf(found.value)
  // Read before cleaning, so that a control character is refused rather than lost.
  const written = found !== null && typeof found.value === 'string' ? found.value.trim() : given
  const slug = (written === null ? ofPath() : withoutOuterSlashes(written)).normalize('NFC')
  const wrong = slugFault(slug)
  if (wrong === null) return slug
  const fault: Fault = {
    code: 'slug-invalid',
    message: `the slug ${wrong}`,
    expected: 'letters, digits and hyphens',
    got: quoteValue(slug),
    hint: found === null ? 'Rename the file, or add a slug field.' : `Write ${found.name}: ${suggestSlug(slug)}`,
  }
  if (found === null) notes.faults.push(fault)
  else notes.at(found.name, fault)
  return slug
}

/** The address: a permalink or path that the post names itself, else the site's pattern. */
export function readUrl(
  permalink: FoundField | null,
  data: FrontMatterData,
  site: { readonly siteUrl: string; readonly urls: UrlMaker },
  parts: UrlParts,
  notes: Notes,
): string {
  const path = typeof data.path === 'string' && data.path.trim() !== '' ? { name: 'path', value: data.path } : null
  const own = permalink ?? path
  const text = own === null ? null : lineOf(own.value)
  if (own !== null && text !== null) {
    const url = ownUrl(own.name, expand(text, parts), site.siteUrl, notes)
    if (url !== null) return url
  }
  return site.urls.urlOf(parts)
}

/** Display names of a field's authors; ids that the authors file lacks are kept with a warning. */
export function readAuthors(found: FoundField | null, book: AuthorBook, notes: Notes): readonly string[] {
  if (found === null) return []
  const { names, unknown } = authorNames(found.value, book)
  for (const id of unknown) {
    notes.at(found.name, {
      code: 'author-unknown',
      severity: 'warning',
      message: `no authors file knows the author "${id}", so the id is shown as the name`,
      expected: `one of ${[...book.keys()].slice(0, 8).join(', ')}`,
      got: quoteValue(id),
      hint: `Add "${id}" with a name to the authors file, or write the name itself.`,
    })
  }
  return names
}

/** Tags without the hash signs that some write before them. */
export function readTags(value: unknown, blanks: boolean): string[] {
  return namesOf(value, blanks).map(tag => (tag.charCodeAt(0) === 0x23 ? tag.slice(1).trim() || tag : tag))
}

/** The first category of a field. Only a list called `categories` is split: `category: Food, Drink` is one name. */
export function firstCategory(found: FoundField | null, blanks: boolean): string | null {
  if (found === null) return null
  if (typeof found.value === 'string' && !found.name.endsWith('categories')) return lineOf(found.value)
  return namesOf(found.value, blanks)[0] ?? null
}

/** Former slugs and paths, without the slashes around them. */
export function readAliases(found: FoundField | null): string[] {
  return found === null
    ? []
    : namesOf(found.value)
        .map(alias => withoutOuterSlashes(alias))
        .filter(alias => alias !== '')
}

function ownUrl(name: string, text: string, siteUrl: string, notes: Notes): string | null {
  if (/[{}]|(?:^|\/):[a-z]/.test(text)) return warnUrl(name, text, 'uses placeholders that only the site generator knows', notes)
  if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(text)) {
    if (URL.canParse(text, siteUrl) && /^https?:/i.test(text) && new URL(text).host === new URL(siteUrl).host) return new URL(text).href
    return warnUrl(name, text, 'leads away from the site', notes)
  }
  const wrong = slugFault(withoutOuterSlashes(text) || 'index')
  if (wrong === null) return underSite(siteUrl, encodePath(text.normalize('NFC')))
  notes.at(name, {
    code: 'url-invalid',
    message: `the address ${wrong}`,
    expected: 'a path below the site, such as /blog/my-post',
    got: quoteValue(text),
    hint: `Write ${name}: /blog/my-post`,
  })
  return null
}

function warnUrl(name: string, text: string, reason: string, notes: Notes): null {
  notes.at(name, {
    code: 'url-invalid',
    severity: 'warning',
    message: `the address ${reason}, so content.url makes it`,
    expected: 'a path below the site, such as /blog/my-post',
    got: quoteValue(text),
    hint: 'Check the link of this post, and write the whole path if it is wrong.',
  })
  return null
}

function expand(permalink: string, parts: UrlParts): string {
  if (!permalink.includes(':')) return permalink
  const [year = '', month = '', day = ''] = parts.day.split('-')
  const values: Readonly<Record<string, string>> = { year, month, day, title: parts.slug, slug: parts.slug }
  return permalink.replace(/(?<=^|[/-]):(year|month|day|title|slug)(?![a-z_])/g, (_, name: string) => values[name] ?? '')
}

function suggestSlug(slug: string): string {
  return (
    slug
      .split(/[/\\]/)
      .map(part => part.replace(/[^\p{L}\p{N}\p{M}_.-]+/gu, '-').replace(/^[-.]+|(?<![-.])[-.]+$/g, ''))
      .filter(part => part !== '')
      .join('-')
      .slice(0, 80) || 'my-post'
  )
}
