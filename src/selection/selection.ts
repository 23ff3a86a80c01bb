/** Contracts of selecting: a window, the past as plain data, and a decision with its reason for every post. */

import type { CalendarDay, HiddenReason, Post } from '../content/post.ts'

/** How often an edition appears. */
export type Rhythm = 'daily' | 'weekly' | 'monthly'

/** The span an edition covers, `[from, to)`, both UTC instants (ISO 8601 with milliseconds), worked out in `timeZone`. */
export interface Window {
  /** `2026-w06`, `2026-02`, `2026-02-26`, or `2026-02-01--2026-02-28` for a span. Safe as a file name. */
  readonly id: string
  readonly rhythm: Rhythm | null
  readonly from: string
  readonly to: string
  readonly timeZone: string
  /** First and last calendar day in `timeZone` that the window touches, both included: what people are shown. */
  readonly firstDay: CalendarDay
  readonly lastDay: CalendarDay
}

/** What selection has to know of an earlier edition; made from content/editions/*.md (later also from the ledger). */
export interface PastEdition {
  readonly id: string
  readonly rhythm: Rhythm | null
  readonly status: 'draft' | 'sent'
  /** UTC instant; null for drafts. */
  readonly sentAt: string | null
  readonly from: string
  readonly to: string
  readonly language: string
  /**
   * Identities of the posts it ran, with the instant of `updatedAt` they had then (null when the post had none). Null where nobody wrote down what
   * ran: then every post dated in its window counts as run.
   */
  readonly ran: readonly RanPost[] | null
  /** Slugs that the editor decided against: they do not come back as late arrivals. */
  readonly dropped: readonly string[]
}

/** One post that an earlier edition ran. */
export interface RanPost {
  readonly slug: string
  readonly canonical: string | null
  readonly updatedAt: string | null
}

/** Why a post was picked. */
export type PickReason =
  | { readonly kind: 'in-window' }
  | { readonly kind: 'late-arrival'; readonly edition: string }
  | { readonly kind: 'updated'; readonly ranIn: string | null }
  | { readonly kind: 'fill' }
  | { readonly kind: 'editor' }

/** Why a post was left out. `day` is the post's calendar day in the window's zone. */
export type LeftOutReason =
  | { readonly kind: 'hidden'; readonly why: HiddenReason }
  | { readonly kind: 'outside-window'; readonly day: CalendarDay }
  | { readonly kind: 'future'; readonly day: CalendarDay }
  | { readonly kind: 'not-featured' }
  | { readonly kind: 'other-language'; readonly language: string }
  | { readonly kind: 'translation-of'; readonly slug: string }
  | { readonly kind: 'category' | 'tag' | 'author'; readonly value: string | null; readonly rule: 'excluded' | 'not-included' }
  | { readonly kind: 'ran'; readonly edition: string }
  | { readonly kind: 'missed'; readonly edition: string }
  | { readonly kind: 'over-limit'; readonly limit: number }
  | { readonly kind: 'editor' }

/** What became of one post. */
export type Decision =
  | { readonly decision: 'picked'; readonly post: Post; readonly reason: PickReason }
  | { readonly decision: 'left-out'; readonly post: Post; readonly reason: LeftOutReason }

/** Every post of the collection with its decision. `picks` are the picked posts in the edition's order, the opening story first. */
export interface Selection {
  readonly window: Window
  readonly decisions: readonly Decision[]
  readonly picks: readonly (Decision & { readonly decision: 'picked' })[]
  /** True when there are fewer picks than `min` and the rules say to skip: nothing to send. */
  readonly tooFew: boolean
}

/** The rules, from the configuration and the flags that override it. Lists are compared without regard to case. */
export interface SelectionRules {
  readonly language: string
  readonly featuredOnly: boolean
  readonly by: 'publishedAt' | 'updatedAt'
  readonly order: 'newest' | 'oldest' | 'pinned'
  readonly limit: number | null
  readonly min: number
  readonly whenFewer: 'skip' | 'fill'
  readonly categories: IncludeExclude
  readonly tags: IncludeExclude
  readonly authors: IncludeExclude
  readonly lateArrivals: { readonly mode: 'include' | 'report'; readonly days: number }
}

/** An empty `include` includes everything; `exclude` wins over `include`. */
export interface IncludeExclude {
  readonly include: readonly string[]
  readonly exclude: readonly string[]
}
