/** The second plan object: a rendered edition, merge fields open. Sending, checking, preview and archive read it and nothing else of a build. */

/** Merge fields that the templates of editions may use. What each holds is in docs/glossary.md. */
export const mergeFieldNames = ['name', 'email', 'unsubscribeUrl', 'preferencesUrl', 'viewUrl'] as const

/** The name of an edition's merge field. */
export type MergeFieldName = (typeof mergeFieldNames)[number]

/** Where a value will stand, and so how it must be escaped when it is joined in. */
export type MergeContext = 'html' | 'attribute' | 'url' | 'text'

/** A place where a recipient's value goes. */
export interface MergeSegment<Field extends string = MergeFieldName> {
  readonly merge: Field
  readonly context: MergeContext
  readonly fallback: string
}

/** Either finished characters, or a place where a recipient's value goes. */
export type Segment<Field extends string = MergeFieldName> = { readonly text: string } | MergeSegment<Field>

/** A check that a template switches off, for the whole email, with the reason it gives. */
export interface CheckOff {
  readonly rule: string
  readonly reason: string
}

/** What differs between the variants of an email. */
export interface EmailContent {
  readonly subject: readonly Segment[]
  readonly html: readonly Segment[]
  readonly text: readonly Segment[]
}

/** Of the parts, and of all together. */
export interface EmailHashes {
  readonly subject: string
  readonly html: string
  readonly text: string
  readonly content: string
}

/** Subjects A and B, where the editor tries two. */
export type VariantName = 'A' | 'B'

/** The variant that stands beside the email's own: `hashes` are of it alone. */
export interface EmailVariant extends EmailContent {
  readonly hashes: EmailHashes
}

/** A rendered edition. Hashes are SHA-256 in hex over the JSON of the segments; `hashes.content` covers the variants. */
export interface Email extends EmailContent {
  readonly version: 1
  readonly edition: string
  readonly language: string
  readonly direction: 'ltr' | 'rtl'
  /** The window's end, UTC: the Date of a built `.eml`. */
  readonly date: string
  readonly preheader: string
  /** What templates have switched off by {{checkOff}}; absent when nothing. */
  readonly checksOff?: readonly CheckOff[]
  readonly hashes: EmailHashes
  /** Beside subject, HTML and text of the email, which are variant A: absent where there is one subject. `emailOfVariant` takes one out. */
  readonly variants?: { readonly B: EmailVariant }
  /** The share of the recipients that tries the variants, half of it each: 0.01 to 1. Absent where there is one subject. */
  readonly split?: number
}

/** The values of one recipient. A missing or empty value takes the segment's fallback. */
export type MergeValues<Field extends string = MergeFieldName> = Readonly<Partial<Record<Field, string>>>
