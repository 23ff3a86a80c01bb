/** The second plan object: a rendered edition, merge fields open. Sending, checking, preview and archive read it and nothing else of a build. */

/** Merge fields a template may use. What each holds is in docs/glossary.md. */
export const mergeFieldNames = ['name', 'email', 'unsubscribeUrl', 'preferencesUrl', 'viewUrl'] as const

/** The name of a merge field. */
export type MergeFieldName = (typeof mergeFieldNames)[number]

/** Where a value will stand, and so how it must be escaped when it is joined in. */
export type MergeContext = 'html' | 'attribute' | 'url' | 'text'

/** A place where a recipient's value goes. */
export interface MergeSegment {
  readonly merge: MergeFieldName
  readonly context: MergeContext
  readonly fallback: string
}

/** Either finished characters, or a place where a recipient's value goes. */
export type Segment = { readonly text: string } | MergeSegment

/** A check that a template switches off, for the whole email, with the reason it gives. */
export interface CheckOff {
  readonly rule: string
  readonly reason: string
}

/** A rendered edition. Hashes are SHA-256 in hex over the JSON of the segments. */
export interface Email {
  readonly version: 1
  readonly edition: string
  readonly language: string
  readonly direction: 'ltr' | 'rtl'
  /** The window's end, UTC: the Date of a built `.eml`. */
  readonly date: string
  readonly subject: readonly Segment[]
  readonly preheader: string
  readonly html: readonly Segment[]
  readonly text: readonly Segment[]
  /** What templates have switched off by {{checkOff}}; absent when nothing. */
  readonly checksOff?: readonly CheckOff[]
  readonly hashes: { readonly subject: string; readonly html: string; readonly text: string; readonly content: string }
}

/** The values of one recipient. A missing or empty value takes the segment's fallback. */
export type MergeValues = Readonly<Partial<Record<MergeFieldName, string>>>
