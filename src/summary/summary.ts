/** Contracts of summarizing: a lead and key points, every sentence of which stands in the post word for word. */

/** Where a passage comes from. Indices count from 0; `block` is the index into the post's `body`. */
export type SummarySource =
  | { readonly kind: 'description' }
  | { readonly kind: 'faq'; readonly index: number }
  | { readonly kind: 'body'; readonly block: number }
  | { readonly kind: 'editor' }

/** One whole sentence, or several that follow each other directly in one source, word for word (inline Markdown rendered, blanks folded). */
export interface Passage {
  readonly text: string
  readonly source: SummarySource
}

/** A key point. `question` is the FAQ question that it answers in the style `answers`, null in the others: there a point stands by itself. */
export interface KeyPoint extends Passage {
  readonly question: string | null
}

/** `lead` is null only where a post offers no sentence that fits. */
export interface Summary {
  readonly lead: Passage | null
  readonly points: readonly KeyPoint[]
}

/** `points`: lead and key points; `answers`: key points with their questions; `lead`: a lead alone. */
export type SummaryStyle = 'points' | 'answers' | 'lead'

/** Words that an item at some place of the edition may use, and how many key points. */
export interface ItemBudget {
  readonly words: number
  readonly points: number
}

/** Words: opening story, the next `nextCount` items, later ones, and the whole edition. */
export interface SummaryBudgets {
  readonly opening: ItemBudget
  readonly next: ItemBudget
  readonly nextCount: number
  readonly later: ItemBudget
  readonly edition: number
}
