/** What makes a sentence that could be quoted a weaker choice, in the measure of relevance (0 to 1). */

import type { Phrases } from './phrases/phrases.ts'

const fewestGood = 8
const mostGood = 32
const mostTied = 3
const label = /^[\p{L}\p{N}][^:.!?。]{1,40}:\s/u
const smallBeginning = /^\p{Ll}[\p{Ll}-]*(?:\s|$)/u

/** From 0: short or long, in a list or quoted, under a label, tied to what stands before it ("these", "also"). */
export function weaknessOf(text: string, words: readonly string[], kind: 'prose' | 'list-item' | 'quote', phrases: Phrases): number {
  const ties = words.slice(1).filter(word => phrases.ties.has(word.toLowerCase())).length
  return (
    0.03 * Math.max(0, fewestGood - words.length) +
    0.005 * Math.max(0, words.length - mostGood) +
    0.04 * Math.min(mostTied, ties) +
    (kind === 'prose' ? 0 : 0.15) +
    (label.test(text) ? 0.05 : 0) +
    (smallBeginning.test(text) ? 0.1 : 0) +
    (/!\P{L}*$/u.test(text) ? 0.03 : 0)
  )
}
