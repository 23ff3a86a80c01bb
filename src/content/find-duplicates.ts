/** Posts that claim one identity: language and slug. */

import type { Problem } from '../errors.ts'
import { problemIn } from './content-problem.ts'
import type { BrokenPost, Post } from './post.ts'
import { localizedPath } from './post-language.ts'
import { namesFromPath } from './post-url.ts'

/** Posts whose identities are their own, and those that share one. */
export interface SortedOut {
  readonly posts: readonly Post[]
  readonly broken: readonly BrokenPost[]
}

/**
 * Parts posts that share language and slug from the rest; hidden posts may. Slugs that were only made from file names of different folders
 * (`2025/news.md`, `2026/news.md`), whose addresses differ, become paths instead.
 */
export function findDuplicates(
  posts: readonly Post[],
  localeFolders: ReadonlyMap<string, string>,
  siteLanguage: string,
  shownAs: (file: string) => string,
): SortedOut {
  const seen = new Map<string, Post | Post[]>()
  let repeated = false
  for (const post of posts) {
    if (post.hidden !== null) continue
    const key = `${post.language} ${post.slug}`
    const earlier = seen.get(key)
    if (earlier === undefined) {
      seen.set(key, post)
      continue
    }
    repeated = true
    if (Array.isArray(earlier)) earlier.push(post)
    else seen.set(key, [earlier, post])
  }
  if (!repeated) return { posts, broken: [] }

  const replaced = new Map<Post, Post>()
  const broken = new Map<Post, BrokenPost>()
  for (const group of seen.values()) {
    if (!Array.isArray(group)) continue
    const apart = byPaths(group, localeFolders, siteLanguage)
    for (const post of group) {
      const other = apart.get(post)
      if (other !== undefined) replaced.set(post, other)
      else broken.set(post, { file: post.file, day: post.publishedAt.day, problems: [duplicate(post, group, shownAs)] })
    }
  }
  return { posts: posts.filter(post => !broken.has(post)).map(post => replaced.get(post) ?? post), broken: [...broken.values()] }
}

function byPaths(group: readonly Post[], localeFolders: ReadonlyMap<string, string>, siteLanguage: string): Map<Post, Post> {
  if (new Set(group.map(post => post.url)).size < group.length) return new Map()
  const named = group.map(post => ({ post, names: namesFromPath(localizedPath(post.file, localeFolders, siteLanguage).path) }))
  if (
    named.some(({ post, names }) => names.slug.normalize('NFC') !== post.slug) ||
    new Set(named.map(({ names }) => names.path)).size < group.length
  )
    return new Map()
  return new Map(named.map(({ post, names }) => [post, { ...post, slug: names.path.normalize('NFC') }]))
}

function duplicate(post: Post, group: readonly Post[], shownAs: (file: string) => string): Problem {
  const others = group.filter(each => each !== post).map(each => shownAs(each.file))
  const list = others.length > 3 ? `${others.slice(0, 3).join(', ')} and ${others.length - 3} more` : others.join(' and ')
  return problemIn(shownAs(post.file), {
    code: 'slug-duplicate',
    message: `the slug "${post.slug}" (language ${post.language}) is also the slug of ${list}`,
    line: 1,
    expected: 'one post for each slug and language',
    got: post.slug,
    hint: 'Give one of them another slug, mark it draft: true, or set its language.',
  })
}
