import type { BodyBlock, FullPost } from '../../src/content/post.ts'

/** A post with an empty body, for tests that care about a few of its fields. */
export function postOf(fields: Partial<FullPost>): FullPost {
  return {
    file: 'a-post.md',
    language: 'en',
    slug: 'a-post',
    title: 'Quarterly harbour report',
    url: 'https://harbour.example/blog/a-post',
    publishedAt: { instant: '2026-02-03T00:00:00.000Z', day: '2026-02-03', precision: 'day' },
    updatedAt: null,
    hidden: null,
    featured: true,
    pinned: false,
    tags: [],
    category: null,
    authors: [],
    canonical: null,
    aliases: [],
    translationKey: null,
    description: null,
    faq: [],
    image: null,
    body: [],
    words: 0,
    ...fields,
  }
}

/** Body blocks of paragraphs. */
export function paragraphs(...texts: readonly string[]): readonly BodyBlock[] {
  return texts.map(text => ({ kind: 'paragraph', text, heading: null }))
}
