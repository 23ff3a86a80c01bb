/** Posts as rows of text: what the index holds, and what reading keeps in memory. */

import type { HiddenReason, Post, PostDate } from './post.ts'
import type { Outcome } from './to-post.ts'
import { startOfDay } from './zone-time.ts'

/** Separates the columns of a row. Cleaned text holds no control characters, and neither do the files that are read. */
export const columnMark = '\u001f'
const listMark = '\u001e'
const nothing: readonly never[] = []

/**
 * What one file said. Columns: the file; the key of its state ('' where it must be read again next time); the digest that settles an ambiguous
 * key ('' where the key is enough); then the outcome. A row is one flat string: what is cut out of it does not keep the file's text alive.
 */
export function toRow(file: string, key: string, digest: string, outcome: Outcome): string {
  const start = [file, key, digest, outcome.kind]
  if (outcome.kind === 'broken') return [...start, JSON.stringify(outcome.broken)].join(columnMark)
  if (outcome.kind === 'passed-over') return [...start, JSON.stringify(outcome.warnings)].join(columnMark)
  const { post, warnings } = outcome
  return [
    ...start,
    warnings.length === 0 ? '' : JSON.stringify(warnings),
    post.language,
    post.slug,
    post.title,
    post.url,
    dateText(post.publishedAt),
    post.updatedAt === null ? '' : dateText(post.updatedAt),
    post.hidden ?? '',
    `${post.featured ? 'f' : ''}${post.pinned ? 'p' : ''}`,
    post.tags.join(listMark),
    post.category ?? '',
    post.authors.join(listMark),
    post.canonical ?? '',
    post.aliases.join(listMark),
    post.translationKey ?? '',
  ].join(columnMark)
}

/** Reads the outcome of a row, cut into its columns. Equal dates and lists become one object, which 20,000 posts share by the hundred (10 MB less). */
export function rowReader(timeZone: string): (columns: readonly string[]) => Outcome {
  const date = remembering(text => toDate(text, timeZone))
  const list = remembering(text => (text === '' ? nothing : text.split(listMark)))
  return columns => {
    const [file = '', , , kind, warnings = '', language = '', slug = '', title = '', url = ''] = columns
    if (kind === 'broken') return { kind, broken: JSON.parse(warnings) }
    if (kind !== 'post') return { kind: 'passed-over', warnings: JSON.parse(warnings) }
    const text = (index: number) => columns[index] || null
    const flags = columns[12] ?? ''
    const updatedAt = text(10)
    const post: Post = {
      file,
      language,
      slug,
      title,
      url,
      publishedAt: date(columns[9] ?? ''),
      updatedAt: updatedAt === null ? null : date(updatedAt),
      hidden: text(11) as HiddenReason | null,
      featured: flags.includes('f'),
      pinned: flags.includes('p'),
      tags: list(columns[13] ?? ''),
      category: text(14),
      authors: list(columns[15] ?? ''),
      canonical: text(16),
      aliases: list(columns[17] ?? ''),
      translationKey: text(18),
    }
    return { kind, post, warnings: warnings === '' ? nothing : JSON.parse(warnings) }
  }
}

function dateText(date: PostDate): string {
  return date.precision === 'day' ? date.day : date.instant + date.day
}

function toDate(text: string, timeZone: string): PostDate {
  if (text.length === 10) return { instant: startOfDay(text, timeZone), day: text, precision: 'day' }
  return { instant: text.slice(0, 24), day: text.slice(24), precision: 'instant' }
}

function remembering<T extends object>(make: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return text => {
    const ready = known.get(text)
    if (ready !== undefined) return ready
    const made = make(text)
    known.set(text, made)
    return made
  }
}
