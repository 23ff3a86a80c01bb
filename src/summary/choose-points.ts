/** Key points: what a post tells beyond its lead, weighty and not the same twice. */

import { addsNothingTo, anyRepeats, type Told } from './near-duplicate.ts'
import type { Candidate, Relevance } from './relevance.ts'
import { countWords } from './segmenters.ts'
import type { PostTexts, SourceText } from './source-texts.ts'
import { standalonePassages } from './standalone-passages.ts'
import type { SummaryStyle } from './summary.ts'
import { cosine } from './term-weights.ts'

/** Words and number of points there is room for, the style, and what was said already (topic words; the lead among it). */
export interface PointsRoom {
  readonly words: number
  readonly points: number
  readonly style: SummaryStyle
  readonly told: Told
}

// Maximal marginal relevance (Carbonell and Goldstein 1998): how much relevance counts against likeness to what is chosen already.
const relevanceShare = 0.7
// A passage with less than this share of the best one's relevance is no point.
const worthwhileShare = 0.45
// How much a point loses that takes twice its fair share of the words.
const lengthPenalty = 0.15

/** The key points in the post's order: of the FAQ answers, at most one of each; of the body where no answer gives one. */
export function choosePoints(texts: PostTexts, relevance: Relevance, room: PointsRoom, lead: Candidate | null): readonly Candidate[] {
  if (room.style === 'lead' || room.points === 0) return []
  const answers = texts.answers.flatMap(answer =>
    room.style === 'answers' ? underQuestion(answer, texts.language, relevance, room) : candidatesOf(answer, relevance, room),
  )
  const points = pickByMargin(room.style === 'answers' ? answers : worthwhile(answers), room, lead)
  if (points.length > 0) return points
  return pickByMargin(worthwhile(texts.body.flatMap(block => candidatesOf(block, relevance, room))), room, lead)
}

function candidatesOf(source: SourceText, relevance: Relevance, room: PointsRoom, question: string | null = null): readonly Candidate[] {
  return standalonePassages(source, room.words, question)
    .map(([first, last]) => relevance.weigh(source, first, last))
    .filter(({ told }) => !told.every(terms => addsNothingTo(relevance.title, terms)) && !anyRepeats(told, room.told))
}

// Under its question nothing but the answer will do, however much a later sentence tells. The question's words count.
function underQuestion(answer: SourceText, language: string, relevance: Relevance, room: PointsRoom): readonly Candidate[] {
  const question = answer.question ?? ''
  const questionWords = countWords(question, language)
  const candidates = candidatesOf(answer, relevance, { ...room, words: room.words - questionWords }, question)
  const best = candidates.reduce<Candidate | null>((most, each) => (most && most.directness >= each.directness ? most : each), null)
  return best ? [{ ...best, words: best.words + questionWords }] : []
}

// Rather one point fewer than a weak one.
function worthwhile(candidates: readonly Candidate[]): readonly Candidate[] {
  const best = candidates.reduce((most, each) => Math.max(most, each.relevance), 0)
  return candidates.filter(each => each.relevance >= worthwhileShare * best)
}

function pickByMargin(candidates: readonly Candidate[], room: PointsRoom, lead: Candidate | null): readonly Candidate[] {
  const chosen: Candidate[] = []
  let left = room.words
  let open = candidates
  while (chosen.length < room.points) {
    const fitting = open.filter(each => each.words <= left)
    const best = bestOf(fitting, lead ? [lead, ...chosen] : chosen, left / (room.points - chosen.length))
    if (!best) break
    chosen.push(best)
    left -= best.words
    open = fitting.filter(each => !isSameAnswer(each, best) && !anyRepeats(each.told, best.told))
  }
  return chosen.sort((a, b) => a.order[0] - b.order[0] || a.order[1] - b.order[1])
}

function bestOf(candidates: readonly Candidate[], known: readonly Candidate[], fairShare: number): Candidate | null {
  let best: Candidate | null = null
  let highest = Number.NEGATIVE_INFINITY
  for (const candidate of candidates) {
    const likeness = Math.max(0, ...known.map(each => cosine(each.vector, candidate.vector)))
    const tooLong = Math.max(0, candidate.words / fairShare - 1)
    const margin = relevanceShare * candidate.relevance - (1 - relevanceShare) * likeness - lengthPenalty * tooLong
    if (margin > highest) {
      best = candidate
      highest = margin
    }
  }
  return best
}

function isSameAnswer(a: Candidate, b: Candidate): boolean {
  if (a.passage.source.kind !== b.passage.source.kind) return false
  if (a.passage.source.kind === 'faq') return a.order[0] === b.order[0]
  return a.order[0] === b.order[0] && a.passage.text.includes(b.passage.text)
}
