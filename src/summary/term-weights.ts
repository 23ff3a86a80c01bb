/** TF-IDF: how much a topic word tells about a sentence among the sentences of its post. */

/** A direction in the space of topic words, of length 1 (empty: no topic). */
export type TermVector = ReadonlyMap<string, number>

/** Weighs texts by how rare their topic words are among the sentences it was made from. */
export interface TermWeights {
  readonly vectorOf: (terms: readonly string[]) => TermVector
  /** Weighted by how rare each word is; 1 for a word of every sentence. */
  readonly weightOf: (term: string) => number
}

/** Counts the sentences that each topic word stands in. */
export function termWeightsOf(sentences: readonly (readonly string[])[]): TermWeights {
  const frequency = new Map<string, number>()
  for (const terms of sentences) for (const term of new Set(terms)) frequency.set(term, (frequency.get(term) ?? 0) + 1)
  const weightOf = (term: string): number => 1 + Math.log((1 + sentences.length) / (1 + (frequency.get(term) ?? 0)))
  const vectorOf = (terms: readonly string[]): TermVector => {
    const counts = new Map<string, number>()
    for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1)
    for (const [term, count] of counts) counts.set(term, (1 + Math.log(count)) * weightOf(term))
    return ofLengthOne(counts)
  }
  return { vectorOf, weightOf }
}

/** The direction between several, each as heavy as its factor says. */
export function blend(parts: readonly (readonly [TermVector, number])[]): TermVector {
  const sum = new Map<string, number>()
  for (const [vector, factor] of parts) for (const [term, weight] of vector) sum.set(term, (sum.get(term) ?? 0) + factor * weight)
  return ofLengthOne(sum)
}

/** From 0 (no topic word in common) to 1 (the same direction). */
export function cosine(a: TermVector, b: TermVector): number {
  const [few, many] = a.size < b.size ? [a, b] : [b, a]
  let sum = 0
  for (const [term, weight] of few) sum += weight * (many.get(term) ?? 0)
  return sum
}

/** Shortens `vector` itself. */
function ofLengthOne(vector: Map<string, number>): TermVector {
  let squares = 0
  for (const weight of vector.values()) squares += weight * weight
  const length = Math.sqrt(squares)
  if (length === 0) return new Map()
  for (const [term, weight] of vector) vector.set(term, weight / length)
  return vector
}
