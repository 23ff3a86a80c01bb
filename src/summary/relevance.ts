/** How much a passage tells of its post: nearness to what the post says it is about, to what it talks about, and its place. */

import type { Told } from './near-duplicate.ts'
import { phrasesOf } from './phrases/phrases-of.ts'
import { splitWords } from './segmenters.ts'
import { type PostTexts, passageOf, type SourceText } from './source-texts.ts'
import type { Passage } from './summary.ts'
import { blend, cosine, type TermVector, termWeightsOf } from './term-weights.ts'
import { termsOf } from './terms.ts'

/** A passage that could be quoted, weighed. `relevance` is about 0 to 1. */
export interface Candidate {
  readonly passage: Passage
  readonly question: string | null
  readonly words: number
  readonly told: Told
  readonly vector: TermVector
  readonly relevance: number
  /** How directly it answers the question of its source. */
  readonly directness: number
  /** From 0 to 1: nearness to the beginning. */
  readonly place: number
  /** The place of its source in the post, and of its first sentence there. */
  readonly order: readonly [number, number]
}

/** Weighs the passages of one post. */
export interface Relevance {
  /** Topic words of the title. */
  readonly title: ReadonlySet<string>
  readonly weigh: (source: SourceText, first: number, last: number) => Candidate
}

const weightOf = { subject: 0.35, body: 0.25, question: 0.1, anchor: 0.1, place: 0.2 }
const perFurtherSentence = 0.04

/** Counts the post's words once; weighing a passage is then quick. */
export function relevanceOf(texts: PostTexts): Relevance {
  const { language } = texts
  const phrases = phrasesOf(language)
  const terms = (text: string): readonly string[] => termsOf(splitWords(text, language), phrases)
  const told = [...texts.answers, ...texts.body]
  const sentences = told.flatMap(source => source.sentences)
  const weights = termWeightsOf(sentences.map(sentence => sentence.terms))
  const title = terms(texts.title)
  const headings = [...new Set(texts.body.map(block => block.heading ?? ''))]
  const subject = blend([
    [weights.vectorOf(title), 3],
    [weights.vectorOf((texts.description?.sentences ?? []).flatMap(sentence => sentence.terms)), 2],
    [weights.vectorOf(headings.flatMap(terms)), 1],
    [weights.vectorOf(texts.answers.flatMap(({ question }) => terms(question ?? ''))), 1],
  ])
  const centre = blend(sentences.map(sentence => [weights.vectorOf(sentence.terms), 1]))
  const questions = new Map(texts.answers.map(({ question }) => [question, weights.vectorOf(terms(question ?? ''))]))
  // An answer that takes up no word of its question or the title is often no sentence without them: "Three things: …".
  const titleVector = weights.vectorOf(title)
  const weigh = (source: SourceText, first: number, last: number): Candidate => {
    const quoted = source.sentences.slice(first, last + 1)
    const vector = weights.vectorOf(quoted.flatMap(sentence => sentence.terms))
    const question = questions.get(source.question)
    const likeQuestion = question ? cosine(vector, question) : 0
    const weakness =
      quoted.reduce((sum, { verdict }) => sum + verdict.weakness, 0) / quoted.length + perFurtherSentence * (quoted.length - 1)
    const anchored = likeQuestion > 0 || cosine(vector, titleVector) > 0
    const place = placeOf(source, first)
    const relevance =
      weightOf.subject * cosine(vector, subject) +
      weightOf.body * cosine(vector, centre) +
      weightOf.question * likeQuestion +
      (anchored ? weightOf.anchor : 0) +
      weightOf.place * place -
      weakness
    return {
      passage: passageOf(source, first, last),
      question: source.question,
      words: quoted.reduce((sum, sentence) => sum + sentence.words, 0),
      told: quoted.map(sentence => sentence.termSet),
      vector,
      relevance,
      directness: 0.5 * likeQuestion + 0.5 * (1 / (1 + first)) - weakness,
      place,
      order: [indexOf(source), first],
    }
  }
  return { title: new Set(title), weigh }
}

// What a text begins with is what it is about: first sentences, and a body's first blocks.
function placeOf(source: SourceText, first: number): number {
  const inText = 1 / (1 + first)
  if (source.source.kind !== 'body') return inText
  return 0.4 * inText + 0.6 / (1 + indexOf(source) / 4)
}

function indexOf({ source }: SourceText): number {
  if (source.kind === 'faq') return source.index
  return source.kind === 'body' ? source.block : 0
}
