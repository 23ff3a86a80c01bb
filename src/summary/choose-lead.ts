/** The lead: what an item says under its title. */

import { addsNothingTo, repeats } from './near-duplicate.ts'
import type { Candidate, Relevance } from './relevance.ts'
import type { JudgedSentence, PostTexts, SourceText } from './source-texts.ts'
import { standalonePassages } from './standalone-passages.ts'

/** Words that a lead should keep to, words that it may not pass, and what was said already (topic words). */
export interface LeadRoom {
  readonly wanted: number
  readonly most: number
  readonly told: readonly (readonly string[])[]
}

/**
 * The lead of a post: its description without teasers, as many of its sentences as fit; else the weightiest sentence of the answers
 * or the body; else a teaser of the description. Never one that repeats the title or what was told. Null when nothing fits.
 */
export function chooseLead(texts: PostTexts, relevance: Relevance, room: LeadRoom): Candidate | null {
  return (
    leadFromDescription(texts.description, relevance, room, false) ??
    leadFromTexts(texts, relevance, room) ??
    leadFromDescription(texts.description, relevance, room, true)
  )
}

function leadFromDescription(description: SourceText | null, relevance: Relevance, room: LeadRoom, teasers: boolean): Candidate | null {
  if (!description) return null
  const { sentences } = description
  const fits = (sentence: JudgedSentence): boolean => teasers || !sentence.verdict.teaser
  for (const [first, sentence] of sentences.entries()) {
    if (!fits(sentence) || sentence.words > room.most || (first > 0 && sentence.verdict.reference)) continue
    if (!isNews(sentence.terms, relevance, room)) continue
    let last = first
    let words = sentence.words
    for (const next of sentences.slice(first + 1)) {
      words += next.words
      if (!fits(next) || words > room.wanted || addsNothingTo(relevance.title, next.terms)) break
      last += 1
    }
    return relevance.weigh(description, first, last)
  }
  return null
}

function leadFromTexts(texts: PostTexts, relevance: Relevance, room: LeadRoom): Candidate | null {
  const candidates = [...texts.answers, ...texts.body]
    .flatMap(source => standalonePassages(source, room.most, null).map(([first, last]) => relevance.weigh(source, first, last)))
    .filter(({ terms }) => isNews(terms, relevance, room))
  return candidates.reduce<Candidate | null>((best, each) => (best && best.relevance >= each.relevance ? best : each), null)
}

function isNews(terms: readonly string[], relevance: Relevance, { told }: LeadRoom): boolean {
  return !addsNothingTo(relevance.title, terms) && !told.some(each => repeats(each, terms))
}
