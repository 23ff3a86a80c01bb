/** TextRank for sentences, after Mihalcea and Tarau (2004), with no more tricks than the paper has. */

const damping = 0.85
const closeEnough = 1e-4
const mostRounds = 100

/** One sentence: its words for likeness (lower case, without function words), and its length in words. */
export interface RankedSentence {
  readonly terms: readonly string[]
  readonly words: number
}

/** Indices of the sentences that TextRank ranks highest and that fit `words` together, in the order of the text. */
export function textRank(sentences: readonly RankedSentence[], words: number): readonly number[] {
  const ranks = rank(likenesses(sentences.map(({ terms }) => new Set(terms))))
  const byRank = [...ranks.keys()].sort((a, b) => (ranks[b] ?? 0) - (ranks[a] ?? 0) || a - b)
  const chosen: number[] = []
  let left = words
  for (const index of byRank) {
    const length = sentences[index]?.words ?? 0
    if (length === 0 || length > left) continue
    chosen.push(index)
    left -= length
  }
  return chosen.sort((a, b) => a - b)
}

// Words in common, over the logarithms of both lengths (the paper's equation 3).
function likenesses(sets: readonly ReadonlySet<string>[]): readonly Float64Array[] {
  const rows = sets.map(() => new Float64Array(sets.length))
  for (const [a, first] of sets.entries()) {
    for (let b = a + 1; b < sets.length; b++) {
      const second = sets[b] ?? new Set()
      if (first.size < 2 || second.size < 2) continue
      let common = 0
      for (const term of first) if (second.has(term)) common += 1
      const likeness = common / (Math.log(first.size) + Math.log(second.size))
      rows[a]?.fill(likeness, b, b + 1)
      rows[b]?.fill(likeness, a, a + 1)
    }
  }
  return rows
}

// PageRank on the weighted graph (equation 2).
function rank(rows: readonly Float64Array[]): readonly number[] {
  const out = rows.map(row => row.reduce((sum, each) => sum + each, 0))
  let ranks = rows.map(() => 1)
  for (let round = 0; round < mostRounds; round++) {
    const next = rows.map(
      row => 1 - damping + damping * row.reduce((sum, weight, b) => sum + (weight > 0 ? (weight / (out[b] ?? 1)) * (ranks[b] ?? 0) : 0), 0),
    )
    const change = Math.max(0, ...next.map((each, index) => Math.abs(each - (ranks[index] ?? 0))))
    ranks = next
    if (change < closeEnough) break
  }
  return ranks
}
