/** Whether two texts tell the same thing. */

// Share of the shorter text's topic words, from which on a reader takes the one for the other.
const sameShare = 0.6
const fewestTerms = 3

/** Whether a and b say nearly the same: most topic words of the shorter one stand in the other. */
export function repeats(a: readonly string[], b: readonly string[]): boolean {
  const [few, many] = bySize(new Set(a), new Set(b))
  if (few.size < fewestTerms) return few.size > 0 && [...few].every(term => many.has(term)) && many.size <= 2 * few.size
  return shareOf(few, many) >= sameShare
}

/** Whether `text` adds next to nothing to `known` (a title, say): most of its topic words stand there already. */
export function addsNothingTo(known: readonly string[], text: readonly string[]): boolean {
  const terms = new Set(text)
  return terms.size > 0 && shareOf(terms, new Set(known)) >= sameShare
}

function shareOf(terms: ReadonlySet<string>, among: ReadonlySet<string>): number {
  return [...terms].filter(term => among.has(term)).length / terms.size
}

function bySize(a: ReadonlySet<string>, b: ReadonlySet<string>): readonly [ReadonlySet<string>, ReadonlySet<string>] {
  return a.size < b.size ? [a, b] : [b, a]
}
