import { de } from './de.ts'
import { en } from './en.ts'
import { fa } from './fa.ts'
import { ja } from './ja.ts'
import type { Phrases } from './phrases.ts'

const byLanguage = new Map<string, Phrases>([
  ['en', en],
  ['de', de],
  ['fa', fa],
  ['ja', ja],
])

const none: Phrases = {
  abbreviations: { neverLast: [], seldomLast: [], beforeNumber: [], ordinals: false },
  functionWords: new Set(),
  references: [],
  notReferences: [],
  leadIns: [],
  replies: [],
  ties: new Set(),
  teasers: { openers: [], parts: [] },
  titleLike: [],
  appeals: { openers: [], parts: [] },
  pointers: { openers: [], parts: [] },
}

/** The phrases of a language by its primary tag (`en-GB` has those of `en`); a language without a file has none, and no phrase rule holds. */
export function phrasesOf(language: string): Phrases {
  return byLanguage.get(language.toLowerCase().split(/[-_]/u)[0] ?? '') ?? none
}
