/** Posts as rows of text: what the index holds, and what reading keeps in memory. */

import type { HiddenReason, Post, PostDate } from './post.ts'
import type { Outcome } from './to-post.ts'
import { startOfDay } from './zone-time.ts'

/** Separates the columns of a row. Cleaned text holds no control characters, and a file whose name does is not indexed. */
export const columnMark = '\u001f'
const listMark = '\u001e'
const nothing: readonly string[] = []

/** An outcome as the columns of a row, the file's name not among them. */
export function toColumns(outcome: Outcome): string {
  if (outcome.kind !== 'post')
    return [outcome.kind, JSON.stringify(outcome.kind === 'broken' ? outcome.broken : outcome.warnings)].join(columnMark)
  const { post, warnings } = outcome
  // One join makes one flat string: slices of it do not keep the text of the whole file alive.
  return [
    'post',
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

/** Reads rows back. Equal dates and lists become one object, which 20,000 posts share by the hundred. */
export function rowReader(timeZone: string): (file: string, columns: readonly string[], first: number) => Outcome {
  const dates = new Map<string, PostDate>()
  const lists = new Map<string, readonly string[]>()
  const date = (text: string) => remembered(dates, text, () => toDate(text, timeZone))
  const list = (text: string) => (text === '' ? nothing : remembered(lists, text, () => text.split(listMark)))
  return (file, columns, first) => {
    const at = (index: number) => columns[first + index] ?? ''
    const kind = at(0)
    if (kind === 'broken') return { kind, broken: JSON.parse(at(1)) }
    if (kind !== 'post') return { kind: 'passed-over', warnings: JSON.parse(at(1)) }
    const flags = at(9)
    const post: Post = {
      file,
      language: at(2),
      slug: at(3),
      title: at(4),
      url: at(5),
      publishedAt: date(at(6)),
      updatedAt: at(7) === '' ? null : date(at(7)),
      hidden: (at(8) || null) as HiddenReason | null,
      featured: flags.includes('f'),
      pinned: flags.includes('p'),
      tags: list(at(10)),
      category: at(11) || null,
      authors: list(at(12)),
      canonical: at(13) || null,
      aliases: list(at(14)),
      translationKey: at(15) || null,
    }
    return { kind, post, warnings: at(1) === '' ? [] : JSON.parse(at(1)) }
  }
}

function dateText(date: PostDate): string {
  return date.precision === 'day' ? date.day : date.instant + date.day
}

function toDate(text: string, timeZone: string): PostDate {
  if (text.length === 10) return { instant: startOfDay(text, timeZone), day: text, precision: 'day' }
  return { instant: text.slice(0, 24), day: text.slice(24), precision: 'instant' }
}

function remembered<T>(known: Map<string, T>, text: string, make: () => T): T {
  const ready = known.get(text)
  if (ready !== undefined) return ready
  const made = make()
  known.set(text, made)
  return made
}
