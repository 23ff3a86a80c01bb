import type { Post } from '../content/post.ts'
import { dateOf } from './date-is-in.ts'
import type { SelectionRules } from './selection.ts'

/** Compares two posts by the rules' order. Never a tie: posts of one date go by slug, language and file, so that every build has one order. */
export function makePostOrder({ order, by }: Pick<SelectionRules, 'order' | 'by'>): (a: Post, b: Post) => number {
  const direction = order === 'oldest' ? -1 : 1
  return (a, b) =>
    (order === 'pinned' ? Number(b.pinned) - Number(a.pinned) : 0) ||
    direction * compare(dateOf(b, by).instant, dateOf(a, by).instant) ||
    compare(a.slug, b.slug) ||
    compare(a.language, b.language) ||
    compare(a.file, b.file)
}

// By code unit: the order of a locale differs between machines.
function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
