/** What is known of a post: the contract between reading (this folder) and everything after it. Plain data, safe to serialize. */

import type { Problem } from '../errors.ts'

/** A calendar day, `YYYY-MM-DD`. */
export type CalendarDay = string

/**
 * When a post appeared or changed. `instant` is UTC, ISO 8601 with milliseconds. A date without a time is a calendar day in the
 * publication's time zone: `instant` is then that day's start there, and `precision` says that the hour means nothing.
 */
export interface PostDate {
  readonly instant: string
  readonly day: CalendarDay
  readonly precision: 'day' | 'instant'
}

/** Why a site does not show a post: its own words in the front matter, or a folder such as `_drafts/`. */
export type HiddenReason = 'draft' | 'unpublished' | 'unlisted' | 'archived' | 'status' | 'drafts-folder'

/** What selecting needs of one content file, read and validated: the slim record that the index keeps for every post. */
export interface Post {
  /** Relative to the content folder, with forward slashes. */
  readonly file: string
  /** BCP 47, lower-case primary tag: `en`, `pt-br`. */
  readonly language: string
  readonly slug: string
  readonly title: string
  /** Absolute: https, or http where the site says so. */
  readonly url: string
  readonly publishedAt: PostDate
  readonly updatedAt: PostDate | null
  readonly hidden: HiddenReason | null
  readonly featured: boolean
  readonly pinned: boolean
  readonly tags: readonly string[]
  readonly category: string | null
  /** Display names, authors' ids already resolved. */
  readonly authors: readonly string[]
  /** The post's own canonical URL when it names one: identifies it across editions, is never linked to. */
  readonly canonical: string | null
  /** Former slugs or paths, so that a renamed post is recognised. */
  readonly aliases: readonly string[]
  /** Ties translations of one post together; the slug does where it is null. */
  readonly translationKey: string | null
}

/** One question of a post's FAQ with its answer, both plain text (inline Markdown rendered). */
export interface FaqEntry {
  readonly question: string
  readonly answer: string
}

/** A picture with an absolute https or http source. `alt` is empty where the post gives none. */
export interface Picture {
  readonly src: string
  readonly alt: string
}

/** One paragraph-like piece of a body as plain text: no markup, no code, no tables. `heading` is the nearest heading above it. */
export interface BodyBlock {
  readonly kind: 'paragraph' | 'list-item' | 'quote'
  readonly text: string
  readonly heading: string | null
}

/** A post with all that summarizing and rendering need; read again from the file for picks only. */
export interface FullPost extends Post {
  readonly description: string | null
  readonly faq: readonly FaqEntry[]
  readonly image: Picture | null
  readonly body: readonly BodyBlock[]
  /** Words of the whole readable body: what the reading time is computed from. */
  readonly words: number
}

/**
 * A file that should have been a post. `day` is the date salvaged from its front matter, its raw text or its name; null when nothing of the
 * kind could be found, and then it could belong to any edition.
 */
export interface BrokenPost {
  readonly file: string
  readonly day: CalendarDay | null
  readonly problems: readonly Problem[]
}

/** The whole content folder after reading. `posts` are ordered by file name; `problems` holds warnings of posts that could be read. */
export interface PostCollection {
  readonly posts: readonly Post[]
  readonly broken: readonly BrokenPost[]
  readonly problems: readonly Problem[]
}
