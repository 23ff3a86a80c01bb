/** Whether two texts tell the same thing. */

/** The topic words of sentences, a set for each. */
export type Told = readonly ReadonlySet<string>[]

// Share of the shorter text's topic words, from which on a reader takes the one for the other; of a title, whose words come back of themselves.
const sameShare = 0.6
const sameShareOfTitle = 0.7
const fewestTerms = 3

/** Whether one of the sentences in `a` says nearly the same as one in `b`. */
export function anyRepeats(a: Told, b: Told): boolean {
  return a.some(one => b.some(other => repeats(one, other)))
}

// Most of the smaller set stands in the other.
function repeats(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [few, many] = a.size < b.size ? [a, b] : [b, a]
  if (few.size < fewestTerms) return few.size > 0 && many.size <= 2 * few.size && shareOf(few, many) === 1
  return shareOf(few, many) >= sameShare
}

/** Whether `terms` add next to nothing to what is known (a title, say): most of them stand there already. */
export function addsNothingTo(known: ReadonlySet<string>, terms: ReadonlySet<string>): boolean {
  return terms.size > 0 && shareOf(terms, known) >= sameShareOfTitle
}

function shareOf(terms: ReadonlySet<string>, among: ReadonlySet<string>): number {
  let shared = 0
  for (const term of terms) if (among.has(term)) shared += 1
  return shared / terms.size
}
