import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { readPosts } from '../../src/content/read-posts.ts'
import { createTempFolder } from '../temp-folder.ts'
import { readOptionsOf } from './read-options-of.ts'
import { dated, readAll, readOne } from './read-small.ts'

describe('readPosts()', () => {
  test('reads the shape of the first blog without any configuration', async () => {
    const post = await readOne(
      'title: "A quiet harbour"\ndescription: "Boats at rest."\nslug: "quiet-harbour"\npublishedAt: "2026-02-03"\nupdatedAt: "2026-02-05"\nauthor: "The Crew"\nauthorBio: "We sail."\nauthorImage: "/crew.png"\ncategory: "Sailing"\ntags: ["boats", "rest"]\nfeatured: true\nogImage: "/blog/quiet-harbour/og-image"\nfaqSchema:\n  - question: "Why?"\n    answer: "Wind."',
    )
    expect(post).toEqual({
      file: 'my-post.md',
      language: 'en',
      slug: 'quiet-harbour',
      title: 'A quiet harbour',
      url: 'https://blog.example/blog/quiet-harbour',
      publishedAt: { instant: '2026-02-03T00:00:00.000Z', day: '2026-02-03', precision: 'day' },
      updatedAt: { instant: '2026-02-05T00:00:00.000Z', day: '2026-02-05', precision: 'day' },
      hidden: null,
      featured: true,
      pinned: false,
      tags: ['boats', 'rest'],
      category: 'Sailing',
      authors: ['The Crew'],
      canonical: null,
      aliases: [],
      translationKey: null,
    })
  })

  test('orders posts by file name', async () => {
    const text = `---\ntitle: x\n${dated}\n---\n`
    const { posts } = await readAll({ 'b.md': text, 'a/z.md': text, 'a.md': text, 'B.mdx': text, 'c.markdown': text, 'd.txt': text })
    expect(posts.map(post => post.file)).toEqual(['B.mdx', 'a.md', 'a/z.md', 'b.md', 'c.markdown'])
  })

  test('reads TOML and JSON front matter', async () => {
    const { posts, broken } = await readAll({
      'a.md': '+++\ntitle = "A"\ndate = 2026-02-26\ntags = ["x"]\n[extra]\nfeatured = true\n+++\nbody',
      'b.md': '+++\ntitle = "B"\ndate = 2026-02-26T10:00:00+02:00\n+++\n',
      'c.md': '{"title": "C", "date": "2026-02-26", "featured": 1}\n\nbody',
      'd.md': '+++\ntitle = "D"\ndate = 2026-02-26 10:00:00\n[taxonomies]\ntags = ["y"]\n+++\n',
    })
    expect(broken).toEqual([])
    expect(posts.map(post => [post.title, post.publishedAt.instant, post.featured, post.tags])).toEqual([
      ['A', '2026-02-26T00:00:00.000Z', true, ['x']],
      ['B', '2026-02-26T08:00:00.000Z', false, []],
      ['C', '2026-02-26T00:00:00.000Z', true, []],
      ['D', '2026-02-26T10:00:00.000Z', false, ['y']],
    ])
  })

  test('reports progress up to the last file', async () => {
    const seen: [number, number][] = []
    await readAll(
      { 'a.md': `---\ntitle: x\n${dated}\n---\n`, 'b.md': `---\ntitle: x\n${dated}\n---\n` },
      { onProgress: (done, total) => seen.push([done, total]) },
    )
    expect(seen.at(-1)).toEqual([2, 2])
  })
})

describe('languages', () => {
  const text = `---\ntitle: x\n${dated}\n---\n`

  test.each(['lang', 'locale', 'language'])('%s names it', async name => {
    expect((await readOne(`title: x\n${dated}\n${name}: pt_BR`)).language).toBe('pt-br')
  })

  test('come from a locale folder or a suffix, and translations share a slug', async () => {
    const { posts } = await readAll({
      'en/blog/2026/a.md': text,
      'ja/blog/2026/a.md': text,
      'pt-br/blog/2026/a/index.md': text,
      'b.fr.md': text,
      'c/index.de.md': text,
    })
    expect(posts.map(post => [post.language, post.slug])).toEqual([
      ['fr', 'b'],
      ['de', 'c'],
      ['en', '2026/a'],
      ['ja', '2026/a'],
      ['pt-br', '2026/a'],
    ])
  })

  test('are not guessed from folders that only look like codes', async () => {
    const { posts } = await readAll({
      'ml/a.md': text,
      'cs/b.md': text,
      'go/c.md': text,
      'js/d.md': text,
      'intro.ts.md': text,
      'v1.is.md': text,
      'node.js.md': text,
    })
    expect(new Set(posts.map(post => post.language))).toEqual(new Set(['en']))
    expect(posts.find(post => post.file === 'ml/a.md')?.slug).toBe('ml/a')
  })

  test('are recognised beside a folder in the language of the site', async () => {
    const { posts } = await readAll({ 'en/a.md': text, 'cs/a.md': text })
    expect(posts.map(post => [post.language, post.slug])).toEqual([
      ['cs', 'a'],
      ['en', 'a'],
    ])
  })

  test('that make no sense are a warning', async () => {
    const { posts, problems } = await readAll({ 'a.md': `---\ntitle: x\n${dated}\nlanguage: English\n---\n` })
    expect(posts[0]?.language).toBe('en')
    expect(problems).toMatchObject([{ code: 'field-invalid', severity: 'warning', got: '"English"', place: { line: 4, column: 11 } }])
  })
})

describe('addresses', () => {
  test.each([
    ['slug: my-slug', 'my-slug', 'https://blog.example/blog/my-slug'],
    ['slug: /my-slug/', 'my-slug', 'https://blog.example/blog/my-slug'],
    ['slug: 2026', '2026', 'https://blog.example/blog/2026'],
    ['permalink: /notes/x/', 'my-post', 'https://blog.example/notes/x/'],
    ['permalink: /:year/:month/:title.html', 'my-post', 'https://blog.example/2026/02/my-post.html'],
    ['url: notes/x', 'my-post', 'https://blog.example/notes/x'],
    ['path: 2026/02/26/X', 'my-post', 'https://blog.example/2026/02/26/X'],
    ['permalink: https://blog.example/notes/x', 'my-post', 'https://blog.example/notes/x'],
    ['permalink: false', 'my-post', 'https://blog.example/blog/my-post'],
    ['canonical: https://elsewhere.example/x', 'my-post', 'https://blog.example/blog/my-post'],
  ])('%s', async (field, slug, url) => {
    expect(await readOne(`title: x\n${dated}\n${field}`)).toMatchObject({ slug, url })
  })

  test.each(['permalink: "/{{ page.fileSlug }}/"', 'permalink: /:categories/:title', 'url: https://elsewhere.example/x'])(
    '%s gives way to the pattern, with a warning',
    async field => {
      const { posts, problems } = await readAll({ 'my-post.md': `---\ntitle: x\n${dated}\n${field}\n---\n` })
      expect(posts).toMatchObject([{ url: 'https://blog.example/blog/my-post' }])
      expect(problems).toMatchObject([{ code: 'url-invalid', severity: 'warning', place: { line: 4 } }])
    },
  )

  test('that translations share are one warning', async () => {
    const files = Object.fromEntries(['en/a.md', 'de/a.md', 'en/b.md', 'de/b.md'].map(file => [file, `---\ntitle: x\n${dated}\n---\n`]))
    const { posts, problems } = await readAll(files)
    expect(posts).toHaveLength(4)
    expect(problems).toMatchObject([
      {
        code: 'url-invalid',
        severity: 'warning',
        message: 'the post has the address of de/a.md, which is in another language, and 1 more like it',
      },
    ])
    expect((await readAll(files, { urlPattern: '/{language}/{slug}' })).problems).toEqual([])
  })

  test('follow the pattern of the site', async () => {
    const post = await readOne(
      `title: x\ndate: 2026-02-28T23:00:00Z`,
      { urlPattern: '/{language}/{year}/{month}/{day}/{slug}/', timeZone: 'Asia/Tokyo' },
      'notes/a.md',
    )
    expect(post.url).toBe('https://blog.example/en/2026/03/01/notes/a/')
  })

  test('canonical and aliases identify a post', async () => {
    expect(
      await readOne(`title: x\n${dated}\ncanonical_url: https://elsewhere.example/x\naliases: [/old/, older.html]\ntranslationKey: k`),
    ).toMatchObject({
      canonical: 'https://elsewhere.example/x',
      aliases: ['old', 'older.html'],
      translationKey: 'k',
    })
    expect((await readOne(`title: x\n${dated}\ncanonical: "javascript:x"\nredirect_from: /old`)).aliases).toEqual(['old'])
  })
})

describe('content.fields', () => {
  test('names are tried before the usual ones', async () => {
    const fields = { title: 'headline', publishedAt: ['when', 'meta.when'], featured: 'meta.star', hidden: 'wip', tags: 'topics' }
    expect(
      await readOne(`headline: Mine\ntitle: Theirs\nmeta:\n  when: 2026-01-02\n  star: yes\n${dated}\ntopics: a, b`, { fields }),
    ).toMatchObject({
      title: 'Mine',
      publishedAt: { day: '2026-01-02' },
      featured: true,
      tags: ['a', 'b'],
    })
    expect(await readOne(`title: x\n${dated}\nwip: true`, { fields })).toMatchObject({ title: 'x', hidden: 'draft' })
  })
})

describe('files that are no posts', () => {
  test('are passed over: sections, papers of the repository, dots, underscores, excluded and ignored files', async () => {
    const text = `---\ntitle: x\n${dated}\n---\n`
    const page = '---\ntitle: x\n---\n'
    const dir = await createTempFolder({
      'a.md': text,
      '_index.md': page,
      'en/_index.fr.md': page,
      'index.md': page,
      'en/index.md': page,
      'README.md': '# Read me',
      'about.md': '---\ntitle: About\nlayout: page\n---\n',
      'authors/ana.md': '---\ntitle: Ana\n---\n',
      '.hidden.md': text,
      '.git/x.md': text,
      'node_modules/x/readme.md': text,
      'editions/2026-w06.md': text,
      'old/b.md': text,
      'old/deep/c.md': text,
      'notes.draft.md': text,
    })
    const { posts, broken, problems } = await readPosts(
      readOptionsOf(dir, { exclude: [path.join(dir, 'editions')], ignore: ['old/**', '**/*.draft.md'] }),
    )
    expect([posts.map(post => post.file), broken, problems]).toEqual([['a.md'], [], []])
  })

  test('without front matter or date, or with neither title nor date, are passed over with a warning', async () => {
    const { posts, broken, problems } = await readAll({ 'a.md': '# Hello\n\nWords.', 'b.md': '---\nlayout: default\n---\n', 'c.md': '' })
    expect([posts, broken]).toEqual([[], []])
    expect(problems.map(({ code, severity, place }) => [code, severity, place?.file])).toEqual([
      ['date-missing', 'warning', 'a.md'],
      ['date-missing', 'warning', 'b.md'],
      ['date-missing', 'warning', 'c.md'],
    ])
  })

  test('a file without front matter is a post when its name has a date', async () => {
    const { posts } = await readAll({ '2026-02-26-hello.md': '# Hello\n\nWords.' })
    expect(posts).toMatchObject([{ title: 'Hello', slug: 'hello', publishedAt: { day: '2026-02-26' } }])
  })

  test('a README with a date is a post', async () => {
    expect((await readAll({ 'README.md': `---\ntitle: x\n${dated}\n---\n` })).posts).toHaveLength(1)
  })
})
