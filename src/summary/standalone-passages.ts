/** Passages that a reader understands without the rest of the post. */

import type { JudgedSentence, SourceText } from './source-texts.ts'

// A passage that needs more than this before it is a paragraph.
const mostSentences = 3

/**
 * The passages of a source that stand on their own and keep to `words`, as first and last sentence: one sentence, with those before
 * it as long as the first refers to something. With `question` the passages stand under their question, which resolves the first
 * sentence's references and "Yes"; null: they stand alone.
 */
export function standalonePassages(source: SourceText, words: number, question: string | null): readonly (readonly [number, number])[] {
  const passages: (readonly [number, number])[] = []
  for (const last of source.sentences.keys()) {
    const first = firstNeeded(source.sentences, last, question !== null)
    if (first === null) continue
    const quoted = source.sentences.slice(first, last + 1)
    if (
      quoted.some(isUnfit) ||
      quoted.every(({ verdict }) => verdict.short) ||
      quoted.reduce((sum, sentence) => sum + sentence.words, 0) > words
    )
      continue
    passages.push([first, last])
  }
  return passages
}

// Null: what it refers to does not stand before it, or is too far away.
function firstNeeded(sentences: readonly JudgedSentence[], last: number, underQuestion: boolean): number | null {
  for (let first = last; first >= 0 && last - first < mostSentences; first -= 1) {
    const verdict = sentences[first]?.verdict
    if (!verdict) return null
    if (first === 0 && underQuestion) return 0
    const opens = !verdict.reference && verdict.reply === 'none'
    const afterReply = underQuestion && first === 1 && sentences[0]?.verdict.reply === 'bare'
    if (opens && !afterReply) return first
  }
  return null
}

function isUnfit({ verdict }: JudgedSentence): boolean {
  return verdict.unfit || verdict.teaser
}
