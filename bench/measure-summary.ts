/** Figures of one summary, by code that shares nothing with what chose it but the splitting into words. */

import type { FullPost } from '../src/content/post.ts'
import { splitWords } from '../src/summary/segmenters.ts'

/** Figures of one summary; shares are from 0 to 1. */
export interface SummaryFigures {
  readonly words: number
  /** The highest cosine between the word counts of two sentences. */
  readonly redundancy: number
  /** Share of the body's words (ROUGE-1 recall) and of its pairs of words (ROUGE-2 recall) that the summary holds. */
  readonly rouge1: number
  readonly rouge2: number
  /** Sentences that stand in no source word for word. */
  readonly foreign: number
  /** Passages, and how many of them open with a word that only what stood before explains (English only). */
  readonly passages: number
  readonly dangling: number
}

const pointing =
  /^["“'(]*(?:they|this|that|these|those|it|its|he|she|his|her|their|such|however|but|and|or|so|instead|also|then|therefore|thus|yes|no)\b/i

/** Measures a summary: `passages` as a reader meets them, `sentences` the same text sentence by sentence. */
export function measureSummary(post: FullPost, passages: readonly string[], sentences: readonly string[]): SummaryFigures {
  const counts = sentences.map(sentence => countsOf(wordsOf(sentence, post)))
  const body = post.body.map(({ text }) => wordsOf(text, post))
  const summary = passages.map(text => wordsOf(text, post))
  const sources = [post.description ?? '', ...post.faq.map(({ answer }) => answer), ...post.body.map(({ text }) => text)].map(fold)
  return {
    words: summary.flat().length,
    redundancy: Math.max(0, ...counts.flatMap((a, index) => counts.slice(index + 1).map(b => cosine(a, b)))),
    rouge1: recall(body.flat(), summary.flat()),
    rouge2: recall(body.flatMap(pairsOf), summary.flatMap(pairsOf)),
    foreign: sentences.filter(sentence => !sources.some(source => source.includes(fold(sentence)))).length,
    passages: passages.length,
    dangling: post.language.startsWith('en') ? passages.filter(passage => pointing.test(passage)).length : 0,
  }
}

function fold(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function wordsOf(text: string, { language }: FullPost): readonly string[] {
  return splitWords(text, language).map(word => word.toLowerCase())
}

function pairsOf(words: readonly string[]): readonly string[] {
  return words.slice(1).map((word, index) => `${words[index]} ${word}`)
}

function countsOf(words: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}

// Clipped: a word of the reference counts as often as the summary has it, at most (Lin 2004).
function recall(reference: readonly string[], summary: readonly string[]): number {
  const [wanted, had] = [countsOf(reference), countsOf(summary)]
  let found = 0
  for (const [word, count] of wanted) found += Math.min(count, had.get(word) ?? 0)
  return reference.length === 0 ? 0 : found / reference.length
}

function cosine(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let product = 0
  for (const [word, count] of a) product += count * (b.get(word) ?? 0)
  return product === 0 ? 0 : product / (length(a) * length(b))
}

function length(counts: ReadonlyMap<string, number>): number {
  return Math.hypot(...counts.values())
}
