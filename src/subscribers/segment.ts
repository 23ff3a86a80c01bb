/** The contract of segments: a part of the list, described by an expression. */

import type { SubscriberState } from '../ledger/tables.ts'

/** A field whose text is compared. */
export type SegmentField =
  | { readonly kind: 'tag' | 'language' | 'domain' | 'address' | 'name' | 'state' }
  | { readonly kind: 'attribute'; readonly name: string }

/** What a subscriber must fulfil. Every part is true or false of everybody: `!=` is `not … =`, so it holds for people without any value, too. */
export type SegmentCondition =
  | { readonly kind: 'all' | 'any'; readonly parts: readonly SegmentCondition[] }
  | { readonly kind: 'not'; readonly part: SegmentCondition }
  /** Has one of these values, in the form that the ledger holds them. A language also matches its variants: `de` those with `de-AT`. */
  | { readonly kind: 'is'; readonly field: SegmentField; readonly values: readonly string[] }
  /** Has any value at all. */
  | { readonly kind: 'has'; readonly field: SegmentField }
  /** The instant is earlier than `before`, or it is `from` or later; milliseconds. False for whoever has none. */
  | { readonly kind: 'time'; readonly field: 'joinedAt' | 'confirmedAt'; readonly before: number }
  | { readonly kind: 'time'; readonly field: 'joinedAt' | 'confirmedAt'; readonly from: number }

/** A part of the list. */
export interface Segment {
  /** As it was given, for messages and for the ledger. */
  readonly expression: string
  readonly condition: SegmentCondition
}

/** What a condition looks at. */
export interface SegmentedSubscriber {
  readonly address: string
  readonly domain: string
  readonly name: string | null
  readonly language: string | null
  readonly tags: readonly string[]
  readonly attributes: ReadonlyMap<string, string>
  readonly state: SubscriberState
  readonly joinedAt: number
  readonly confirmedAt: number | null
}
