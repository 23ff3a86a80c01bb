/** Posts that claim one identity: language and slug. */

import type { Problem } from '../errors.ts'
import { problemIn } from './content-problem.ts'
import type { BrokenPost, Post } from './post.ts'

/** Posts whose identities are their own, those that share one, and a warning where languages share addresses. */
export interface SortedOut {
  readonly posts: readonly Post[]
  readonly broken: readonly BrokenPost[]
  readonly problems: readonly Problem[]
}

/** Parts posts that share language and slug from the rest: both sides of a pair are broken, since nobody can tell which is meant. Hidden posts may share. */
export function findDuplicates(posts: readonly Post[], shownAs: (file: string) => string): SortedOut {
  const byLanguage = new Map<string, Map<string, Post | Post[]>>()
  const repeated: Post[][] = []
  for (const post of posts) {
    if (post.hidden !== null) continue
    const groups = byLanguage.get(post.language) ?? new Map<string, Post | Post[]>()
    byLanguage.set(post.language, groups)
    const earlier = groups.get(post.slug)
    if (earlier === undefined) groups.set(post.slug, post)
    else if (Array.isArray(earlier)) earlier.push(post)
    else {
      const group = [earlier, post]
      groups.set(post.slug, group)
      repeated.push(group)
    }
  }
  const problems = byLanguage.size > 1 ? sharedAddresses(posts, shownAs) : []
  if (repeated.length === 0) return { posts, broken: [], problems }
  const broken = new Map<Post, BrokenPost>()
  for (const group of repeated) {
    const problems = duplicate(group, shownAs)
    for (const post of group) broken.set(post, { file: post.file, day: post.publishedAt.day, problems })
  }
  return { posts: posts.filter(post => !broken.has(post)), broken: [...broken.values()], problems }
}

/** Translations that a pattern without `{language}` gives the address of the original: one warning for all of them. */
function sharedAddresses(posts: readonly Post[], shownAs: (file: string) => string): Problem[] {
  const byUrl = new Map<string, Post>()
  const shared: [Post, Post][] = []
  for (const post of posts) {
    if (post.hidden !== null) continue
    const earlier = byUrl.get(post.url)
    if (earlier === undefined) byUrl.set(post.url, post)
    else if (earlier.language !== post.language) shared.push([earlier, post])
  }
  const [first] = shared
  if (first === undefined) return []
  const [earlier, post] = first
  const more = shared.length > 1 ? `, and ${shared.length - 1} more like it` : ''
  return [
    problemIn(shownAs(post.file), {
      code: 'url-invalid',
      severity: 'warning',
      message: `the post has the address of ${shownAs(earlier.file)}, which is in another language${more}`,
      expected: 'an address for each language',
      got: post.url,
      hint: 'Put {language} into content.url, or give translations a permalink.',
    }),
  ]
}

/** One problem for the whole group, the very same object: whoever shows it by its posts shows it once. */
function duplicate(group: readonly Post[], shownAs: (file: string) => string): readonly Problem[] {
  const [post, ...more] = group
  if (post === undefined) return []
  const others = more.map(each => shownAs(each.file))
  const list = others.length > 3 ? `${others.slice(0, 3).join(', ')} and ${others.length - 3} more` : others.join(' and ')
  return [
    problemIn(shownAs(post.file), {
      code: 'slug-duplicate',
      message: `the slug "${post.slug}" (language ${post.language}) is also the slug of ${list}`,
      line: 1,
      expected: 'one post for each slug and language',
      got: post.slug,
      hint: 'Give one of them another slug, mark it draft: true, or set its language.',
    }),
  ]
}
