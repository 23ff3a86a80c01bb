import type { Post } from '../content/post.ts'

/** Whether something written in one language serves an edition in another: the same, or one with a region more (`pt` and `pt-br`). */
export function languageFits(language: string, edition: string): boolean {
  const [a, b] = [language.toLowerCase(), edition.toLowerCase()]
  return a === b || a.startsWith(`${b}-`) || b.startsWith(`${a}-`)
}

/**
 * Among translations of one post that all fit the edition's language (`pt` and `pt-br`), finds the one that counts: the exact language, else the
 * first by name. Answers with the winner's slug for every other one of them.
 */
export function findLesserTranslations(posts: readonly Post[], edition: string): ReadonlyMap<Post, string> {
  const best = new Map<string, Post>()
  const rank = (post: Post) => `${post.language.toLowerCase() === edition.toLowerCase() ? 0 : 1}${post.language}`
  const fitting = posts.filter(post => post.hidden === null && languageFits(post.language, edition))
  for (const post of fitting) {
    const rival = best.get(keyOf(post))
    if (rival === undefined || rank(post) < rank(rival)) best.set(keyOf(post), post)
  }
  const lesser = new Map<Post, string>()
  for (const post of fitting) {
    const winner = best.get(keyOf(post))
    if (winner !== undefined && winner.language !== post.language) lesser.set(post, winner.slug)
  }
  return lesser
}

function keyOf(post: Post): string {
  return post.translationKey ?? post.slug
}
