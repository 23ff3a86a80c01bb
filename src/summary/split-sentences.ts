/** Sentences of plain text: `Intl.Segmenter` proposes where one ends, and what it does not know (abbreviations, ordinals, quotations) is mended. */

import { endsInAbbreviation } from './ends-in-abbreviation.ts'
import { foldBlanks } from './fold-blanks.ts'
import { endsInsideAside } from './open-asides.ts'
import type { Phrases } from './phrases/phrases.ts'
import { phrasesOf } from './phrases/phrases-of.ts'
import { segmenterOf } from './segmenters.ts'

/** One sentence: `text` is `folded.slice(start, end)` of the text with its blanks folded. */
export interface Sentence {
  readonly text: string
  readonly start: number
  readonly end: number
}

const closers = `\\p{Pe}\\p{Pi}\\p{Pf}"'`
// French sets a blank before the closing mark.
const stopBeforeBlank = new RegExp(`[.!?…؟۔][${closers}]*(?: [»›])?(?=\\s)`, 'gu')
const trailingOpeners = /[\p{Ps}\p{Pi}„‚]+$/u
const leadingPictures = /^(?:\s|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200D|\uFE0F)+(?=\s|$)/u
const asciiStop = new RegExp(`[.!?…][${closers}]*$`, 'u')
const listLabel = /^\p{Ll}[.)]\s\p{Lu}/u
const wordless = /^[^\p{L}\p{N}]*$/u
// How many characters around a possible end are looked at: a bound, so that a text without an end costs no more than another.
const lookBack = 700
const lookAhead = 300

/**
 * The sentences of `text` in order, blanks folded first (fold-blanks.ts). They leave out nothing but the blanks between them.
 * Rather one sentence too few than one cut: where an end is in doubt, the text goes on.
 */
export function splitSentences(text: string, language: string): readonly Sentence[] {
  const folded = foldBlanks(text)
  const phrases = phrasesOf(language)
  const sentences: Sentence[] = []
  let start = 0
  for (const end of possibleEnds(folded, language)) {
    if (end <= start || goesOn(folded, start, end, phrases)) continue
    sentences.push(sentenceAt(folded, start, end))
    start = end
  }
  if (start < folded.length) sentences.push(sentenceAt(folded, start, folded.length))
  return joinWordless(sentences, folded)
}

function sentenceAt(folded: string, from: number, to: number): Sentence {
  const raw = folded.slice(from, to)
  const start = from + raw.length - raw.trimStart().length
  return { text: raw.trim(), start, end: start + raw.trim().length }
}

function possibleEnds(folded: string, language: string): readonly number[] {
  const ends = new Set<number>()
  for (const { segment, index } of segmenterOf(language, 'sentence').segment(folded)) {
    const trimmed = segment.trimEnd()
    const openers = trimmed === segment ? (trailingOpeners.exec(segment)?.[0].length ?? 0) : 0
    ends.add(index + trimmed.length - openers)
  }
  for (const match of folded.matchAll(stopBeforeBlank)) ends.add(match.index + match[0].length)
  return [...ends].sort((a, b) => a - b).map(end => end + (leadingPictures.exec(folded.slice(end, end + 40))?.[0].length ?? 0))
}

/** Whether the sentence that begins at `start` goes on after `end`, a place where it may end. */
function goesOn(folded: string, start: number, end: number, phrases: Phrases): boolean {
  const before = folded.slice(Math.max(start, end - lookBack), end).trim()
  const rest = folded.slice(end, end + lookAhead)
  const after = rest.trimStart()
  if (after === '') return false
  if (wordless.test(before) || (asciiStop.test(before) && rest === after)) return true
  return (
    goesOnInLowerCase(before, after) ||
    endsInAbbreviation(before, after, phrases) ||
    endsInsideAside(before, after) ||
    isClauseAroundAside(before, after)
  )
}

// "Yahoo! bought" and "'Stop!' she said" go on; xAI, iPhone and eBay begin a sentence without a capital.
function goesOnInLowerCase(before: string, after: string): boolean {
  if (!asciiStop.test(before) || listLabel.test(after)) return false
  const word = /^[\p{Ps}\p{Pi}"'„‚¿¡]*([\p{L}\p{M}\p{N}]*)/u.exec(after)?.[1] ?? ''
  if (!/^\p{Ll}/u.test(word)) return /^[,;:)\]–—-]/u.test(after)
  return !(/^\p{Ll}{1,2}\p{Lu}/u.test(word) && /[.!?]$/u.test(before))
}

// 「はい。」と言った and 速く（とても！）なる: the clause goes on after the aside without a blank.
function isClauseAroundAside(before: string, after: string): boolean {
  return /[」』）]$/u.test(before) && /^\p{Script=Hiragana}/u.test(after)
}

function joinWordless(sentences: readonly Sentence[], folded: string): readonly Sentence[] {
  const joined: Sentence[] = []
  for (const sentence of sentences) {
    const last = joined.at(-1)
    if (last && wordless.test(sentence.text)) joined.splice(-1, 1, sentenceAt(folded, last.start, sentence.end))
    else joined.push(sentence)
  }
  return joined
}
