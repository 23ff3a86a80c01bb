/** Questions and answers of a post, in the shapes that site generators and schema.org write them. */

import { cleanLines } from './clean-text.ts'
import { isMap } from './field-aliases.ts'
import type { FaqEntry } from './post.ts'

const questionKeys = ['question', 'q', 'name', 'title', 'Question', 'Q']
const answerKeys = ['answer', 'a', 'acceptedAnswer', 'text', 'content', 'Answer', 'A']
const listKeys = ['mainEntity', 'items', 'questions', 'entries', 'faq', 'faqs']
const mostEntries = 200

/**
 * Reads a list of maps (question/answer, q/a, schema.org's name/acceptedAnswer), a map that holds such a list, or a map from questions to answers.
 * Texts are still Markdown. Pairs that lack a half are left out.
 */
export function faqEntries(value: unknown): FaqEntry[] {
  if (Array.isArray(value)) return value.slice(0, mostEntries).flatMap(entryOf)
  if (!isMap(value)) return []
  for (const key of listKeys) if (Array.isArray(value[key])) return faqEntries(value[key])
  const single = entryOf(value)
  if (single.length > 0) return single
  return Object.entries(value)
    .slice(0, mostEntries)
    .flatMap(([question, answer]) => pair(question, textOf(answer)))
}

function entryOf(value: unknown): FaqEntry[] {
  if (!isMap(value)) return []
  const question = questionKeys.map(key => (Object.hasOwn(value, key) ? textOf(value[key]) : null)).find(text => text !== null)
  const answer = answerKeys.map(key => (Object.hasOwn(value, key) ? textOf(value[key]) : null)).find(text => text !== null)
  if (question !== undefined || answer !== undefined) return pair(question ?? null, answer ?? null)
  // - "How long does it take?": "Ten minutes."
  const entries = Object.entries(value)
  const [only] = entries
  return entries.length === 1 && only !== undefined ? pair(only[0], textOf(only[1])) : []
}

function pair(question: string | null, answer: string | null): FaqEntry[] {
  return question === null || answer === null || question.startsWith('@') ? [] : [{ question, answer }]
}

function textOf(value: unknown): string | null {
  if (isMap(value)) return textOf(value.text ?? value.answer)
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' ? cleanLines(value) || null : null
}
