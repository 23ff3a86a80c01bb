/** Edition files, whole posts and messages for tests. */

import type { FullPost } from '../../src/content/post.ts'
import type { EditionFile, EditionFileItem } from '../../src/edition/edition.ts'
import { type ParsedEditionFile, parseEditionFile } from '../../src/edition/parse-edition-file.ts'
import { type Messages, messageParameters } from '../../src/locale/messages.ts'
import { postOf } from '../selection/post-of.ts'

/** An edition file in which the editor wrote nothing. */
export function fileOf(changes: Partial<EditionFile> = {}): EditionFile {
  return {
    file: 'content/editions/2026-w06.md',
    id: '2026-w06',
    status: 'draft',
    sentAt: null,
    published: false,
    subject: null,
    subjects: null,
    split: null,
    preheader: null,
    template: null,
    language: null,
    intro: null,
    sponsor: null,
    items: null,
    dropped: [],
    window: null,
    ...changes,
  }
}

/** Items of slugs, on lines from 5 on. */
export function itemsOf(...items: readonly (string | Partial<EditionFileItem>)[]): readonly EditionFileItem[] {
  const empty = { slug: '', title: null, lead: null, image: null, canonical: null, updatedAt: null }
  return items.map((item, index) => ({ ...empty, line: 5 + index, ...(typeof item === 'string' ? { slug: item } : item) }))
}

/** A post with all that summarizing needs. */
export function fullPostOf(changes: Parameters<typeof postOf>[0] & Partial<Pick<FullPost, 'description' | 'image'>> = {}): FullPost {
  const { description = null, image = null, ...fields } = changes
  return { ...postOf(fields), description, image, faq: [], body: [], words: 300 }
}

/** English messages as short as they can be. */
export function englishMessages(): Messages {
  const texts = Object.fromEntries(Object.keys(messageParameters).map(key => [key, { language: 'en', text: key }]))
  return {
    language: 'en',
    texts: {
      ...(texts as Messages['texts']),
      alsoTopics: { language: 'en', text: 'Also: {topics}' },
      subjectWithMore: { language: 'en', text: { one: '{title}, and {count} more story', other: '{title}, and {count} more stories' } },
    },
  }
}

/** Reads the text of content/editions/2026-w06.md for a site in Berlin. */
export function parse(text: string): Promise<ParsedEditionFile> {
  const source = { file: 'content/editions/2026-w06.md', id: '2026-w06', text }
  return parseEditionFile(source, { siteUrl: 'https://harbour.example', timeZone: 'Europe/Berlin' })
}
