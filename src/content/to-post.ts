/** Front matter and a file's path to a post: every field read, every problem found. */

import type { Problem } from '../errors.ts'
import type { AuthorBook } from './author-names.ts'
import { problemIn } from './content-problem.ts'
import type { FieldName, FieldReader, FrontMatterData } from './field-aliases.ts'
import { lineOf, namesOf, truthOf } from './field-values.ts'
import { hiddenReason } from './hidden-reason.ts'
import { isSection } from './is-section.ts'
import type { BrokenPost, Post, PostDate } from './post.ts'
import { readDateInPath } from './post-date.ts'
import {
  dateFinding,
  firstCategory,
  type Notes,
  notesFor,
  readAliases,
  readAuthors,
  readDateField,
  readLanguage,
  readSlug,
  readTitle,
  readUrl,
} from './post-fields.ts'
import { localizedPath } from './post-language.ts'
import { namesFromPath, resolveUrl } from './post-url.ts'
import { salvageDay } from './salvage-day.ts'

/** What turning a file into a post has to know of the publication. */
export interface PostContext {
  readonly siteUrl: string
  readonly language: string
  readonly timeZone: string
  readonly urlPattern: string
  readonly fields: FieldReader
  readonly localeFolders: ReadonlyMap<string, string>
  /** True where strings of tags are split at blanks, as Jekyll does. */
  readonly jekyll: boolean
}

/** One parsed file. */
export interface ParsedFile {
  /** Relative to the content folder. */
  readonly file: string
  /** As problems name it. */
  readonly shownAs: string
  readonly data: FrontMatterData
  /** The front matter's text and the line it begins on; null without front matter. */
  readonly source: { readonly raw: string; readonly line: number } | null
  readonly authors: AuthorBook
  /** The body, for a title that stands nowhere else. */
  readonly body: () => string
}

/** A post with its warnings, a post that cannot be read, or a file that is none. */
export type Outcome =
  | { readonly kind: 'post'; readonly post: Post; readonly warnings: readonly Problem[] }
  | { readonly kind: 'broken'; readonly broken: BrokenPost }
  | { readonly kind: 'passed-over'; readonly warnings: readonly Problem[] }

/**
 * Reads every field of a file. Passed over are sections of a site, files without front matter and date, and hidden posts without a readable
 * date: none of them can belong to an edition.
 */
export function toPost(parsed: ParsedFile, context: PostContext): Outcome {
  const { file, data, source } = parsed
  const { fields, timeZone } = context
  const raw = source?.raw ?? ''
  const notes = notesFor(raw, source?.line ?? 1)
  const found = (field: FieldName) => fields.first(data, field)
  const problems = () => notes.findings.map(finding => problemIn(parsed.shownAs, finding))

  const localized = localizedPath(file, context.localeFolders, context.language)
  const hidden = hiddenReason(file, data, fields)
  const publishedAt = readPublished(parsed, localized.path, hidden !== null, context, notes)
  if (publishedAt === 'none') return { kind: 'passed-over', warnings: problems() }

  const names = namesFromPath(localized.path)
  const language = readLanguage(found('language'), localized.language, context.language, notes)
  const slug = readSlug(found('slug'), names.slug, notes)
  const title = readTitle(found('title'), parsed.body, names.slug, notes)
  const updated = found('updatedAt')
  const updatedAt = updated === null ? null : readDateField(updated, timeZone, 'error', notes)
  const parts = { slug, path: names.path, language, day: publishedAt?.day ?? '' }
  const url = readUrl(found('url'), data, { url: context.siteUrl, pattern: context.urlPattern }, parts, notes)
  const authors = readAuthors(found('author'), parsed.authors, notes)

  if (publishedAt === null || notes.findings.some(finding => finding.severity !== 'warning')) {
    return { kind: 'broken', broken: { file, day: publishedAt?.day ?? salvageDay(raw, file, timeZone), problems: problems() } }
  }
  const tags = found('tags')
  const canonical = lineOf(found('canonical')?.value)
  const post: Post = {
    file,
    language,
    slug,
    title,
    url,
    publishedAt,
    updatedAt,
    hidden,
    featured: truthOf(found('featured')?.value) ?? false,
    pinned: truthOf(found('pinned')?.value) ?? false,
    tags: tags === null ? [] : namesOf(tags.value, context.jekyll).map(tag => tag.replace(/^#(?=\S)/, '')),
    category: firstCategory(found('category'), context.jekyll),
    authors,
    canonical: canonical === null ? null : resolveUrl(url, canonical),
    aliases: readAliases(found('aliases')),
    translationKey: lineOf(found('translationKey')?.value),
  }
  return { kind: 'post', post, warnings: notes.findings.length === 0 ? [] : problems() }
}

/** The date by field, file name, folder or `path`; null when it is wrong or missing where a post needs one, 'none' when the file is no post. */
function readPublished(parsed: ParsedFile, path: string, hidden: boolean, context: PostContext, notes: Notes): PostDate | null | 'none' {
  const { data, source, file } = parsed
  const severity = hidden ? 'warning' : 'error'
  const wrong = hidden ? 'none' : null
  const found = context.fields.first(data, 'publishedAt', value =>
    typeof value === 'string' ? truthOf(value) === null || value.trim().length > 3 : typeof value !== 'boolean',
  )
  if (found !== null) return readDateField(found, context.timeZone, severity, notes) ?? wrong
  const inPath =
    readDateInPath(path, context.timeZone) ?? (typeof data['path'] === 'string' ? readDateInPath(data['path'], context.timeZone) : null)
  if (inPath?.kind === 'date') return inPath.date
  if (inPath !== null) {
    notes.findings.push(dateFinding(inPath, 'date', path, severity))
    return wrong
  }
  if (hidden || isSection(file, data)) return 'none'
  if (source === null) {
    notes.findings.push({
      code: 'date-missing',
      severity: 'warning',
      message: 'the file has no front matter and no date, so it does not count as a post',
      hint: 'Add front matter with a title and a date, or list the file under content.ignore.',
    })
    return 'none'
  }
  notes.findings.push({
    code: 'date-missing',
    message: 'the post has no date',
    line: source.line,
    column: 1,
    expected: 'a field such as date: 2026-02-26, or a file name such as 2026-02-26-my-post.md',
    hint: 'Add the day it appears, mark it draft: true, or list the file under content.ignore.',
  })
  return null
}
