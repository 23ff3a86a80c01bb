/** Stops that end a word and not a sentence. */

import type { Phrases } from './phrases/phrases.ts'

const dotted = /(?:[\p{L}\p{M}]+\.\s?)*[\p{L}\p{M}]+\.$/u
const number = /(?:^|[\s(])\p{Nd}{1,3}\.$/u
// "2. Then": the number of a list entry, alone or after what announced the list.
const entryNumber = /(?:^|[:;]\s)\(?(?:\p{Nd}{1,2}|\p{L})[.)]$/u
// Bounds the search in a word of a million letters.
const longestAbbreviation = 40
const firstWord = /^[\p{Ps}\p{Pi}"'„‚]*([\p{L}\p{M}\p{N}'’]+)/u

/** Whether the stop at the end of `before` belongs to an abbreviation, an initial, an ordinal or a list entry's number, going by what comes after. */
export function endsInAbbreviation(before: string, after: string, phrases: Phrases): boolean {
  if (!before.endsWith('.')) return false
  if (entryNumber.test(before)) return true
  const opensSentence = isFunctionWord(firstWord.exec(after)?.[1] ?? '', phrases)
  if (number.test(before)) return phrases.abbreviations.ordinals && /^\p{L}/u.test(after) && !opensSentence && !isNumbered(before, phrases)
  const words = dotted.exec(before.slice(-longestAbbreviation))?.[0]
  if (!words) return false
  const { neverLast, seldomLast, beforeNumber } = phrases.abbreviations
  const endings = endingsOf(words.toLowerCase())
  if (endings.some(each => neverLast.includes(each))) return true
  if (endings.some(each => beforeNumber.includes(each)) && /^[\p{Nd}#]/u.test(after)) return true
  const seldom = endings.some(each => seldomLast.includes(each)) || isInitials(words)
  return seldom && !opensSentence
}

// "S. 12." is a page and no ordinal.
function isNumbered(before: string, phrases: Phrases): boolean {
  const word = /(\S+)\s\S+$/u.exec(before.slice(-longestAbbreviation))?.[1] ?? ''
  return phrases.abbreviations.beforeNumber.includes(word.toLowerCase())
}

// "as z. B. could be the abbreviation "z.b." or "b.": each tail without its blanks, the whole first.
function endingsOf(words: string): readonly string[] {
  const parts = words.split(/\s+/u)
  return parts.map((_, index) => parts.slice(index).join(''))
}

// "K." of "J. K. Rowling", "z." of "z. B.", "U.S.A.": single letters with stops.
function isInitials(words: string): boolean {
  return /(?:^|\s|\.)(?:\p{L}\p{M}*\.)+$/u.test(words)
}

function isFunctionWord(word: string, phrases: Phrases): boolean {
  return phrases.functionWords.has(word.replaceAll('’', "'").toLowerCase())
}
