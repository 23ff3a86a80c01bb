/** What summarizing knows of one language: small word lists, written in lower case. A new language is a new file and a line in phrases-of.ts. */

/** Words with a full stop, written with it: `dr.`, `e.g.`, `z.b.` (blanks between the parts left out). */
export interface Abbreviations {
  /** Never the end of a sentence: titles, `e.g.`. */
  readonly neverLast: readonly string[]
  /** The end of a sentence only where the next one opens with a function word: `Inc.`, `U.S.`. */
  readonly seldomLast: readonly string[]
  /** Abbreviations before a number only: `No. 5`. */
  readonly beforeNumber: readonly string[]
  /** Whether a number with a stop is an ordinal (`3. Mai`). */
  readonly ordinals: boolean
}

/** Phrases at the beginning of a sentence (`openers`) or anywhere in it (`parts`). */
export interface PhrasePlaces {
  readonly openers: readonly string[]
  readonly parts: readonly string[]
}

/** The phrases of one language. `you're` is written with a straight apostrophe; a phrase matches whole words only. */
export interface Phrases {
  readonly abbreviations: Abbreviations
  /** Words that carry no topic: they count nothing in weighing, and capitalised after a stop they open a sentence. */
  readonly functionWords: ReadonlySet<string>
  /** Openers that point at something said before: "They", "However". */
  readonly references: readonly string[]
  /** Openers that look like a reference and are none: "this year". */
  readonly notReferences: readonly string[]
  /** Words that may stand before a reference without resolving it: "with", "if". */
  readonly leadIns: readonly string[]
  /** Openers of an answer that need the question beside them: "Yes", "It depends". */
  readonly replies: readonly string[]
  /** Words that tie a sentence to what stands before it, wherever they stand: "these", "also". */
  readonly ties: ReadonlySet<string>
  /** Sentences that promise instead of telling: "Here's why it matters". */
  readonly teasers: PhrasePlaces
  /** Openers of a title rather than a statement: "How we built", "A guide to". */
  readonly titleLike: readonly string[]
  /** Sentences that want something of the reader: "Subscribe", "Click here". */
  readonly appeals: PhrasePlaces
  /** Sentences that point at another place of the post: "as shown below". */
  readonly pointers: PhrasePlaces
}

/** Words written with blanks between them. */
export function wordList(words: string): readonly string[] {
  return words.trim().split(/\s+/u)
}

/** Phrases written with `|` between them; blanks and line breaks around each are dropped. */
export function phraseList(phrases: string): readonly string[] {
  return phrases.split('|').map(each => each.trim())
}
