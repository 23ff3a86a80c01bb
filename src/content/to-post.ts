/** Front matter and a file's path to a post: every field read, every problem found. */

import type { Problem } from '../errors.ts'
import type { AuthorBook } from './author-names.ts'
import { problemIn } from './content-problem.ts'
import type { FieldName, FieldReader, FrontMatterData } from './field-aliases.ts'
import { lineOf, truthOf } from './field-values.ts'
import { hiddenReason } from './hidden-reason.ts'
import type { BrokenPost, Post } from './post.ts'
import {
  firstCategory,
  notesFor,
  readAliases,
  readAuthors,
  readDateField,
  readLanguage,
  readSlug,
  readTags,
  readTitle,
  readUrl,
} from './post-fields.ts'
import { localizedPath } from './post-language.ts'
import { resolveUrl, type UrlMaker } from './post-url.ts'
import { publishedDate } from './published-date.ts'
import { salvageDay } from './salvage-day.ts'

/** What turning a file into a post has to know of the publication. */
export interface PostContext {
  readonly siteUrl: string
  readonly language: string
  readonly timeZone: string
  /** Makes the address of a post that names none itself. */
  readonly urls: UrlMaker
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
  readonly shownAs: () => string
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
 * Reads every field of a file. Passed over are sections of a site, files without front matter and date, and hidden posts that cannot be read: none
 * of them can belong to an edition.
 */
export function toPost(parsed: ParsedFile, context: PostContext): Outcome {
  const { file, data, source } = parsed
  const { fields, timeZone } = context
  const raw = source?.raw ?? ''
  const notes = notesFor(raw, source?.line ?? 1)
  const found = (field: FieldName) => fields.first(data, field)
  const problems = () => notes.faults.map(fault => problemIn(parsed.shownAs(), fault))

  const localized = localizedPath(file, context.localeFolders, context.language)
  const hidden = hiddenReason(file, data, fields)
  const publishedAt = publishedDate({ data, path: localized.path, source, hidden: hidden !== null }, fields, timeZone, notes)
  if (publishedAt === 'no-post') return { kind: 'passed-over', warnings: problems() }

  const ofPath = () => context.urls.slugFromPath(localized.path)
  const language = readLanguage(found('language'), localized.language, context.language, notes)
  const slug = readSlug(found('slug'), ofPath, notes)
  const title = readTitle(found('title'), parsed.body, ofPath, notes)
  const updated = found('updatedAt')
  const updatedAt = updated === null ? null : readDateField(updated, timeZone, 'error', notes)
  const url = readUrl(found('url'), data, context, { slug, path: ofPath, language, day: publishedAt?.day ?? '' }, notes)
  const authors = readAuthors(found('author'), parsed.authors, notes)

  if (publishedAt === null || notes.faults.some(fault => fault.severity !== 'warning')) {
    if (hidden !== null) return { kind: 'passed-over', warnings: problems().map(problem => ({ ...problem, severity: 'warning' })) }
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
    tags: tags === null ? [] : readTags(tags.value, context.jekyll),
    category: firstCategory(found('category'), context.jekyll),
    authors,
    canonical: canonical === null ? null : resolveUrl(url, canonical),
    aliases: readAliases(found('aliases')),
    translationKey: lineOf(found('translationKey')?.value),
  }
  return { kind: 'post', post, warnings: notes.faults.length === 0 ? [] : problems() }
}
