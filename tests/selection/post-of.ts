/** Posts, rules and earlier editions for tests. All of them in UTC unless a test says otherwise. */

import type { Post, PostDate } from '../../src/content/post.ts'
import { selectPosts } from '../../src/selection/select-posts.ts'
import type { Decision, PastEdition, Selection, SelectionRules, Window } from '../../src/selection/selection.ts'
import { resolveWindow } from '../../src/selection/windows.ts'

/** A calendar day of UTC (`2026-02-03`), or an instant (`2026-02-03T10:00:00.000Z`). */
function dateOn(text: string): PostDate {
  const day = text.slice(0, 10)
  return text.length > 10 ? { instant: text, day, precision: 'instant' } : { instant: `${day}T00:00:00.000Z`, day, precision: 'day' }
}

/** A featured English post of Tuesday 3 February 2026, in week 2026-w06. */
export function postOf(changes: Partial<Omit<Post, 'publishedAt' | 'updatedAt'>> & { on?: string; updated?: string } = {}): Post {
  const { on = '2026-02-03', updated, ...fields } = changes
  const slug = fields.slug ?? 'tide-tables'
  return {
    file: `${slug}.md`,
    language: 'en',
    slug,
    title: `Post ${slug}`,
    url: `https://harbour.example/blog/${slug}`,
    publishedAt: dateOn(on),
    updatedAt: updated === undefined ? null : dateOn(updated),
    hidden: null,
    featured: true,
    pinned: false,
    tags: [],
    category: null,
    authors: [],
    canonical: null,
    aliases: [],
    translationKey: null,
    ...fields,
  }
}

/** The defaults of the configuration. */
export function rulesOf(changes: Partial<SelectionRules> = {}): SelectionRules {
  const all = { include: [], exclude: [] }
  return {
    language: 'en',
    featuredOnly: true,
    by: 'publishedAt',
    order: 'newest',
    limit: null,
    min: 1,
    whenFewer: 'skip',
    categories: all,
    tags: all,
    authors: all,
    lateArrivals: { mode: 'include', days: 14 },
    ...changes,
  }
}

/** Weeks from Monday 00:00, UTC. */
export const calendar = { timeZone: 'UTC', rhythm: 'weekly', weekStartsOn: 'monday', startsAt: '00:00' } as const

/** The window of an edition's id by that calendar. */
export function windowOf(id: string): Window {
  return resolveWindow({ kind: 'edition', id }, calendar, new Date(0), [])
}

/** A sent edition of that calendar that ran the given slugs; null: nobody wrote down what it ran. */
export function sentEdition(id: string, slugs: readonly string[] | null, changes: Partial<PastEdition> = {}): PastEdition {
  const { from, to, rhythm } = windowOf(id)
  const ran = slugs?.map(slug => ({ slug, canonical: null, updatedAt: null })) ?? null
  return { id, rhythm, status: 'sent', sentAt: to, from, to, language: 'en', ran, dropped: [], ...changes }
}

/** Slugs of the picks, in order. */
export function pickedSlugs(selection: Selection): readonly string[] {
  return selection.picks.map(({ post }) => post.slug)
}

/** What became of the post with a slug. */
export function reasonOf({ decisions }: Selection, slug: string): Decision['reason'] | undefined {
  return decisions.find(({ post }) => post.slug === slug)?.reason
}

/** What a selection of a test depends on; the window is week 2026-w06 and the clock stands well after it. */
interface Given {
  readonly rules?: Partial<SelectionRules>
  readonly past?: readonly PastEdition[]
  readonly now?: string
  readonly window?: Window
}

/** Selects by the default rules, with changes. */
export function select(posts: readonly Post[], { rules = {}, past = [], now = '2026-02-20T00:00:00.000Z', window }: Given = {}): Selection {
  return selectPosts(posts, { window: window ?? windowOf('2026-w06'), rules: rulesOf(rules), past, now })
}
