import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { faqEntries } from '../../src/content/post-faq.ts'
import { pictureReference } from '../../src/content/post-image.ts'
import { readFullPosts } from '../../src/content/read-full-posts.ts'
import type { ReadOptions } from '../../src/content/read-options.ts'
import { readPosts } from '../../src/content/read-posts.ts'
import { createTempFolder } from '../temp-folder.ts'
import { readOptionsOf } from './read-options-of.ts'

const dated = 'date: 2026-02-26'

async function readFull(fields: string, body = '', file = 'my-post.md', options: Partial<ReadOptions> = {}) {
  const readOptions = readOptionsOf(await createTempFolder({ [file]: `---\ntitle: x\n${dated}\n${fields}\n---\n${body}` }), options)
  const { posts, broken } = await readFullPosts((await readPosts(readOptions)).posts, readOptions)
  expect(broken).toEqual([])
  const [post] = posts
  if (post === undefined) throw new Error('no post was read')
  return post
}

describe('readFullPosts()', () => {
  test('adds description, FAQ, picture, body and words to what the list says', async () => {
    const post = await readFull(
      'description: "Boats *at rest* in [the bay](/bay)."\nfaqSchema:\n  - question: "Why **now**?"\n    answer: "Because of `wind`."\nogImage: /blog/my-post/og-image\nogAlt: A boat',
      '## Part\n\nTwo words.\n\n<section-header text="Hidden"></section-header>\n\n```js\ncode()\n```\n',
    )
    expect(post).toMatchObject({
      slug: 'my-post',
      description: 'Boats at rest in the bay.',
      faq: [{ question: 'Why now?', answer: 'Because of wind.' }],
      image: { src: 'https://blog.example/blog/my-post/og-image', alt: 'A boat' },
      body: [{ kind: 'paragraph', text: 'Two words.', heading: 'Part' }],
    })
    expect(post.words).toBeGreaterThanOrEqual(2)
    expect(JSON.stringify(post)).not.toContain('Hidden')
  })

  test('says null and nothing where a post has none of these', async () => {
    expect(await readFull('')).toMatchObject({ description: null, faq: [], image: null, body: [], words: 0 })
  })

  test('reads MDX as MDX', async () => {
    const post = await readFull('', "import X from './x'\n\n<X count={1} />\n\nWords {1 + 1} here.\n\nPlain words.", 'a.mdx')
    expect(JSON.stringify(post.body)).not.toMatch(/import|count|1 \+ 1/)
    expect(post.body.at(-1)?.text).toBe('Plain words.')
  })

  test.each(['description', 'summary', 'excerpt', 'subtitle', 'tldr', 'custom_excerpt', 'dek', 'spoiler'])(
    '%s is a description',
    async name => {
      expect((await readFull(`${name}: >-\n  Two\n  lines.`)).description).toBe('Two lines.')
    },
  )

  test('passes over a description that is no text', async () => {
    expect((await readFull('description: true\nsummary: [a]\nexcerpt: Words.')).description).toBe('Words.')
  })

  test('follows content.fields', async () => {
    const post = await readFull('lead: Mine.\ndescription: Theirs.\nhelp:\n  qa:\n    - q: a\n      a: b\nphoto: /p.png', '', 'a.md', {
      fields: { description: 'lead', faq: 'help.qa', image: 'photo' },
    })
    expect(post).toMatchObject({
      description: 'Mine.',
      faq: [{ question: 'a', answer: 'b' }],
      image: { src: 'https://blog.example/p.png' },
    })
  })

  test('resolves a relative picture beside the post, in its folder for index.md', async () => {
    expect((await readFull('image: cover.png', '', 'notes/a.md')).image?.src).toBe('https://blog.example/blog/notes/cover.png')
    expect((await readFull('image: ./cover.png', '', 'notes/index.md')).image?.src).toBe('https://blog.example/blog/notes/cover.png')
  })

  test('keeps the order asked for', async () => {
    const dir = await createTempFolder({ 'a.md': `---\ntitle: A\n${dated}\n---\n`, 'b.md': `---\ntitle: B\n${dated}\n---\n` })
    const { posts } = await readPosts(readOptionsOf(dir))
    expect((await readFullPosts(posts.toReversed(), readOptionsOf(dir))).posts.map(({ title }) => title)).toEqual(['B', 'A'])
  })

  test('returns posts that vanished or broke since as broken, with their day', async () => {
    const dir = await createTempFolder({
      'a.md': `---\ntitle: A\n${dated}\n---\n`,
      'b.md': `---\ntitle: B\n${dated}\n---\n`,
      'c.md': `---\ntitle: C\n${dated}\n---\n`,
    })
    const { posts } = await readPosts(readOptionsOf(dir))
    await rm(path.join(dir, 'a.md'))
    await writeFile(path.join(dir, 'b.md'), '---\ntitle: "B\n---\n')
    const full = await readFullPosts(posts, readOptionsOf(dir))
    expect(full.posts.map(({ title }) => title)).toEqual(['C'])
    expect(full.broken).toMatchObject([
      { file: 'a.md', day: '2026-02-26', problems: [{ code: 'file-unreadable', place: { file: 'a.md' } }] },
      { file: 'b.md', day: '2026-02-26', problems: [{ code: 'front-matter-syntax', place: { file: 'b.md', line: 2 } }] },
    ])
  })
})

describe('faqEntries()', () => {
  const pair = { question: 'Why?', answer: 'Wind.' }

  test.each<[string, unknown]>([
    ['question and answer', [{ question: 'Why?', answer: 'Wind.' }]],
    ['q and a', [{ q: 'Why?', a: 'Wind.' }]],
    [
      'schema.org questions',
      { '@type': 'FAQPage', mainEntity: [{ '@type': 'Question', name: 'Why?', acceptedAnswer: { '@type': 'Answer', text: 'Wind.' } }] },
    ],
    ['a map that holds a list', { title: 'Help', items: [{ question: 'Why?', answer: 'Wind.' }] }],
    ['a map from questions to answers', { 'Why?': 'Wind.' }],
    ['a list of such maps', [{ 'Why?': 'Wind.' }]],
  ])('reads %s', (_, value) => {
    expect(faqEntries(value)).toEqual([pair])
  })

  test('leaves halves and other shapes out', () => {
    expect(faqEntries([{ question: 'Why?' }, { answer: 'Wind.' }, { question: ' ', answer: 'x' }, 'text', 3, null, ['a']])).toEqual([])
    for (const value of ['text', 3, null, true, []]) expect(faqEntries(value)).toEqual([])
  })
})

describe('pictureReference()', () => {
  test.each<[unknown, string, string | null]>([
    ['/a.png', '/a.png', null],
    [{ src: '/a.png', alt: 'A' }, '/a.png', 'A'],
    [{ url: '/a.png' }, '/a.png', null],
    [{ image: '/a.png', alt: 'A', relative: false }, '/a.png', 'A'],
    [['/a.png', '/b.png'], '/a.png', null],
    [[{ url: '/a.png', alt: 'A' }], '/a.png', 'A'],
    [{ src: { src: '/a.png' } }, '/a.png', null],
  ])('reads %j', (value, source, alt) => {
    expect(pictureReference(value)).toEqual({ source, alt })
  })

  test.each([null, true, false, 3, '', '~/a.png', '@/a.png', {}, [], { src: '' }])('reads nothing in %j', value => {
    expect(pictureReference(value)).toBeNull()
  })
})
