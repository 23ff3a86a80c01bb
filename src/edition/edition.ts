/** The plan object in the middle: everything before it reads and decides, everything after it renders and acts. Plain JSON. */

import type { Picture, PostDate } from '../content/post.ts'
import type { PickReason, Window } from '../selection/selection.ts'
import type { Summary } from '../summary/summary.ts'

/** The part of a post that an edition carries: enough to render it without reading the file again. */
export interface EditionPost {
  /** Relative to the content folder, with forward slashes. */
  readonly file: string
  readonly slug: string
  readonly language: string
  readonly title: string
  readonly url: string
  readonly canonical: string | null
  readonly publishedAt: PostDate
  readonly updatedAt: PostDate | null
  readonly category: string | null
  readonly tags: readonly string[]
  readonly authors: readonly string[]
  readonly image: Picture | null
  readonly words: number
  /** The post's FAQ, for templates that show questions and answers whole (`spotlight`). */
  readonly faq: readonly { readonly question: string; readonly answer: string }[]
}

/** A post and its summary inside an edition. `label` is shown beside the title: the post came back, or came late. */
export interface Item {
  readonly post: EditionPost
  readonly summary: Summary
  readonly reason: PickReason
  readonly label: 'updated' | null
}

/** A sponsor's block: always shown under the localised word "Sponsored". `text` is Markdown of the editor's. */
export interface Sponsor {
  readonly name: string
  readonly url: string
  readonly text: string
  readonly image: Picture | null
}

/** One digest of one window. */
export interface Edition {
  readonly version: 1
  readonly id: string
  /** The edition file that the editor wrote, relative to the folder of edition files; null when there is none. */
  readonly file: string | null
  readonly window: Window
  readonly language: string
  readonly direction: 'ltr' | 'rtl'
  readonly template: string
  /** The first of `subjects` where the editor tries two. */
  readonly subject: string
  /** Subjects A and B, where the editor tries two; they differ. */
  readonly subjects: readonly [string, string] | null
  /** The share of the recipients that tries `subjects`, half of it each: 0.01 to 1. Null without them. */
  readonly split: number | null
  readonly preheader: string
  /** Markdown of the editor's; null when there is none. */
  readonly intro: string | null
  readonly sponsor: Sponsor | null
  readonly items: readonly Item[]
  /** Slugs of posts that the rules had picked and the editor took out: they do not come back as late arrivals. */
  readonly dropped: readonly string[]
  /** The editor wants it in the archive, although it was not sent; absent otherwise. */
  readonly published?: true
  /** Picks of the edition file that had to be left out; absent where there are none. */
  readonly lost?: readonly LostPick[]
  /** Words in all leads and points. */
  readonly words: number
}

/** A pick that could not be followed: why, and what to do. `line` is where it stands in the edition file; null where it is not known. */
export interface LostPick {
  readonly line: number | null
  readonly message: string
  readonly hint: string
}

/** What the editor wrote in content/editions/<id>.md. Absent fields leave the proposal standing. */
export interface EditionFile {
  /** As the user would name it, for messages. */
  readonly file: string
  readonly id: string
  readonly status: 'draft' | 'sent'
  readonly sentAt: string | null
  readonly published: boolean
  readonly subject: string | null
  /** Two subjects to try, instead of `subject`. */
  readonly subjects: readonly [string, string] | null
  /** The share of the recipients that tries them, half of it each: 0.01 to 1, which is everybody. Null without `subjects`. */
  readonly split: number | null
  readonly preheader: string | null
  readonly template: string | null
  readonly language: string | null
  /** The body: Markdown. */
  readonly intro: string | null
  readonly sponsor: Sponsor | null
  /** The picks in order; null when the file leaves choosing to the rules. */
  readonly items: readonly EditionFileItem[] | null
  /** Slugs the editor decided against: left out by the rules' choice too, and they do not come back as late arrivals. */
  readonly dropped: readonly string[]
  /** The window, for a file whose id is a span or that was marked sent; null: worked out from the id. */
  readonly window: { readonly from: string; readonly to: string } | null
}

/** One pick of the editor's. The line is where it stands, for messages. */
export interface EditionFileItem {
  readonly slug: string
  readonly line: number
  readonly title: string | null
  readonly lead: string | null
  readonly image: Picture | null
  readonly canonical: string | null
  /** `updatedAt` of the post when the edition was sent: what tells whether it has changed since. */
  readonly updatedAt: string | null
}
