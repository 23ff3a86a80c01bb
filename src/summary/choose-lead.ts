/** The lead: what an item says under its title. */

import type { Verdict } from './judge-sentence.ts'
import { addsNothingTo, anyRepeats, type Told } from './near-duplicate.ts'
import type { Candidate, Relevance } from './relevance.ts'
import type { PostTexts, SourceText } from './source-texts.ts'
import { standalonePassages } from './standalone-passages.ts'

/** Words that a lead should keep to, words that it may not pass, and what was said already (topic words). */
export interface LeadRoom {
  readonly wanted: number
  readonly most: number
  readonly told: Told
}

/**
 * The lead of a post: as many sentences of its description as fit, without teasers; else the weightiest sentence of the answers or
 * the body; else a teaser of the description. Never one that repeats the title or what was told. Null when nothing fits.
 */
export function chooseLead(texts: PostTexts, relevance: Relevance, room: LeadRoom): Candidate | null {
  const fromDescription = (isWelcome: (verdict: Verdict) => boolean): Candidate | null =>
    texts.description && leadFromDescription(texts.description, relevance, room, isWelcome)
  return (
    fromDescription(({ teaser, titleLike }) => !teaser && !titleLike) ??
    fromDescription(({ teaser }) => !teaser) ??
    leadFromTexts(texts, relevance, room) ??
    fromDescription(() => true)
  )
}

function leadFromDescription(
  description: SourceText,
  relevance: Relevance,
  room: LeadRoom,
  isWelcome: (verdict: Verdict) => boolean,
): Candidate | null {
  const { sentences } = description
  const first = sentences.findIndex(
    ({ words, termSet, verdict }, index) =>
      isWelcome(verdict) && words <= room.most && !(index > 0 && verdict.reference) && isNews([termSet], relevance, room),
  )
  if (first < 0) return null
  let last = first
  let words = sentences[first]?.words ?? 0
  for (const { words: more, termSet, verdict } of sentences.slice(first + 1)) {
    words += more
    const said = [...room.told, ...sentences.slice(first, last + 1).map(each => each.termSet)]
    if (words > room.wanted || verdict.teaser || !isWelcome(verdict) || !isNews([termSet], relevance, { ...room, told: said })) break
    last += 1
  }
  return relevance.weigh(description, first, last)
}

function leadFromTexts(texts: PostTexts, relevance: Relevance, room: LeadRoom): Candidate | null {
  const candidates = [...texts.answers, ...texts.body]
    .flatMap(source => standalonePassages(source, room.most, null).map(([first, last]) => relevance.weigh(source, first, last)))
    .filter(({ told }) => isNews(told, relevance, room))
  const short = candidates.filter(({ words }) => words <= room.wanted)
  return (short.length > 0 ? short : candidates).reduce<Candidate | null>(
    (best, each) => (best && openingOf(best) >= openingOf(each) ? best : each),
    null,
  )
}

// A lead has to introduce: what comes first in a post was written to.
function openingOf({ relevance, place }: Candidate): number {
  return relevance + 0.2 * place
}

function isNews(sentences: Told, { title }: Relevance, { told }: LeadRoom): boolean {
  return !sentences.every(terms => addsNothingTo(title, terms)) && !anyRepeats(sentences, told)
}
