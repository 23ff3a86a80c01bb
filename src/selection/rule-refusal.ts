import type { Post } from '../content/post.ts'
import type { IncludeExclude, LeftOutReason, SelectionRules } from './selection.ts'

/** The rule of the publication that keeps a post out whatever its date: category, tag, author, then not being featured. Null when none does. */
export function makeRuleRefusal(rules: SelectionRules): (post: Post) => LeftOutReason | null {
  const category = makeListRule('category', rules.categories)
  const tag = makeListRule('tag', rules.tags)
  const author = makeListRule('author', rules.authors)
  return post =>
    category(post.category === null ? [] : [post.category]) ??
    tag(post.tags) ??
    author(post.authors) ??
    (rules.featuredOnly && !post.featured ? { kind: 'not-featured' } : null)
}

function makeListRule(kind: 'category' | 'tag' | 'author', lists: IncludeExclude): (values: readonly string[]) => LeftOutReason | null {
  const include = new Set(lists.include.map(folded))
  const exclude = new Set(lists.exclude.map(folded))
  return values => {
    const excluded = values.find(value => exclude.has(folded(value)))
    if (excluded !== undefined) return { kind, value: excluded, rule: 'excluded' }
    if (include.size === 0 || values.some(value => include.has(folded(value)))) return null
    return { kind, value: values[0] ?? null, rule: 'not-included' }
  }
}

function folded(text: string): string {
  return text.trim().normalize('NFKC').toLowerCase()
}
