/** A post as the texts that a summary may quote, cut into sentences and judged. */

import type { FullPost } from '../content/post.ts'
import { foldBlanks } from './fold-blanks.ts'
import { judgeSentence, type Verdict } from './judge-sentence.ts'
import { phrasesOf } from './phrases/phrases-of.ts'
import { splitWords } from './segmenters.ts'
import { splitSentences } from './split-sentences.ts'
import type { Passage, SummarySource } from './summary.ts'
import { termsOf } from './terms.ts'

/** One sentence of a source with what choosing needs: its length in words, its topic words in order and as a set, and what speaks against it. */
export interface JudgedSentence {
  readonly text: string
  readonly start: number
  readonly end: number
  readonly words: number
  readonly terms: readonly string[]
  readonly termSet: ReadonlySet<string>
  readonly verdict: Verdict
}

/** One text of a post: the description, an answer, or a block of the body. */
export interface SourceText {
  readonly source: SummarySource
  /** Blanks folded; sentences are slices of it. */
  readonly text: string
  /** The FAQ question that it answers. */
  readonly question: string | null
  readonly heading: string | null
  readonly kind: 'description' | 'answer' | 'paragraph' | 'list-item' | 'quote'
  readonly sentences: readonly JudgedSentence[]
}

/** All texts of a post that a summary may quote. */
export interface PostTexts {
  readonly language: string
  readonly title: string
  readonly description: SourceText | null
  readonly answers: readonly SourceText[]
  readonly body: readonly SourceText[]
}

/** Cuts a post's description, answers and body into judged sentences. */
export function sourceTextsOf(post: FullPost): PostTexts {
  const { language } = post
  const cut = (text: string, rest: Omit<SourceText, 'text' | 'sentences'>): SourceText => cutText(text, rest, language)
  return {
    language,
    title: foldBlanks(post.title),
    description:
      post.description === null
        ? null
        : cut(post.description, { source: { kind: 'description' }, kind: 'description', question: null, heading: null }),
    answers: post.faq.map(({ question, answer }, index) =>
      cut(answer, { source: { kind: 'faq', index }, kind: 'answer', question: foldBlanks(question), heading: null }),
    ),
    body: post.body.map(({ kind, text, heading }, block) => cut(text, { source: { kind: 'body', block }, kind, question: null, heading })),
  }
}

/** The sentences from `first` to `last` (both included) as they stand in their source, with what lies between them. */
export function passageOf(source: SourceText, first: number, last: number): Passage {
  const from = source.sentences[first]?.start ?? 0
  return { text: source.text.slice(from, source.sentences[last]?.end ?? from), source: source.source }
}

function cutText(text: string, rest: Omit<SourceText, 'text' | 'sentences'>, language: string): SourceText {
  const phrases = phrasesOf(language)
  const folded = foldBlanks(text)
  const sentences = splitSentences(folded, language).map(({ text: sentence, start, end }) => {
    const words = splitWords(sentence, language)
    const terms = termsOf(words, phrases)
    return judgedLater({ text: sentence, start, end, words: words.length, terms, termSet: new Set(terms) }, () =>
      judgeSentence(sentence, words, rest.kind === 'list-item' || rest.kind === 'quote' ? rest.kind : 'prose', phrases),
    )
  })
  return { ...rest, text: folded, sentences }
}

// Where description and answers say enough, no sentence of the body is ever judged: two fifths of the work.
function judgedLater(sentence: Omit<JudgedSentence, 'verdict'>, judge: () => Verdict): JudgedSentence {
  let verdict: Verdict | null = null
  return {
    ...sentence,
    get verdict() {
      verdict ??= judge()
      return verdict
    },
  }
}
