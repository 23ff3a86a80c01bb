/** Topic words: what two sentences are compared by. */

import type { Phrases } from './phrases/phrases.ts'

const magnitudes = new Map([
  ['k', 'thousand'],
  ['m', 'million'],
  ['b', 'billion'],
  ['bn', 'billion'],
  ['t', 'trillion'],
])
// Cutting a word's end brings "automate", "automated" and "automation" together in any language with endings, well enough to compare by.
const stemLength = 7

const amountWithMagnitude = /^(\p{Nd}[\p{Nd}.,]*)(k|m|bn?|t)$/u
const withEndings = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{M}]+$/u
const ending = /(?<=\p{L}{3})(?:es|ed|s)$/u

/** The topic words of a sentence in order, in one spelling each: `$30B` and `$30 billion` are alike, `launches` and `launched` too. */
export function termsOf(words: readonly string[], phrases: Phrases): readonly string[] {
  const terms: string[] = []
  for (const word of words) {
    const plain = word.normalize('NFKC').toLowerCase().replaceAll('’', "'")
    if (phrases.functionWords.has(plain)) continue
    const [, amount, magnitude = ''] = amountWithMagnitude.exec(plain) ?? []
    if (amount) terms.push(amount, magnitudes.get(magnitude) ?? magnitude)
    else terms.push(stem(plain))
  }
  return terms
}

function stem(word: string): string {
  const bare = word.replace(/'s?$/u, '')
  if (!withEndings.test(bare)) return bare
  return bare.length > stemLength ? bare.slice(0, stemLength) : bare.replace(ending, '')
}
