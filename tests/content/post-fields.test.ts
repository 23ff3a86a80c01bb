import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { readPosts } from '../../src/content/read-posts.ts'
import { createTempFolder } from '../temp-folder.ts'
import { readOptionsOf } from './read-options-of.ts'
import { dated, readAll, readOne } from './read-small.ts'

describe('titles', () => {
  test.each([
    ['title: 2019', '2019'],
    ['title: 1.10', '1.10'],
    ['title: 007', '007'],
    ['title: true', 'true'],
    ['title: 2026-02-26', '2026-02-26'],
    ['linkTitle: Short', 'Short'],
    ['title: ""\nlinkTitle: Short', 'Short'],
    ['title: >-\n  Two\n  lines', 'Two lines'],
    ['title: "What `npm ci` does to **you**"', 'What npm ci does to you'],
    ['title: "`**literal**` and [a link](https://x.example)"', '**literal** and a link'],
    ['title: "2 * 3 * 4 snake_case __init__ [sic]"', '2 * 3 * 4 snake_case __init__ [sic]'],
  ])('%s', async (field, title) => {
    expect((await readOne(`${field}\n${dated}`)).title).toBe(title)
  })

  test('come from the first heading where no field has one', async () => {
    const { posts, problems } = await readAll({
      'a.md': `---\n${dated}\n---\n\n\`\`\`sh\n# not this\n\`\`\`\n\n## Nor this\n\n# The *real* one #\n`,
    })
    expect([posts[0]?.title, problems]).toEqual(['The real one', []])
  })

  test('come from a heading far down a long file', async () => {
    const { posts } = await readAll({ 'a.md': `---\n${dated}\n---\n${'words\n\n'.repeat(5000)}# Far down\n` })
    expect(posts[0]?.title).toBe('Far down')
  })

  test('come from the file name as a last resort, with a warning', async () => {
    const { posts, problems } = await readAll({ '2026-02-26-hello_wide-world.md': '---\nfeatured: true\n---\nwords' })
    expect(posts[0]?.title).toBe('Hello wide world')
    expect(problems).toMatchObject([{ code: 'title-missing', severity: 'warning', place: { file: '2026-02-26-hello_wide-world.md' } }])
  })
})

describe('dates of posts', () => {
  test.each(['publishedAt', 'date', 'pubDate', 'pubDatetime', 'publishDate', 'published_at', 'published'])('%s is a date', async name => {
    expect((await readOne(`title: x\n${name}: 2026-02-26`)).publishedAt.day).toBe('2026-02-26')
  })

  test.each(['updatedAt', 'updated', 'lastmod', 'last_modified_at', 'updatedDate', 'modDatetime', 'dateModified', 'lastUpdated'])(
    '%s is the day of a change',
    async name => {
      expect((await readOne(`title: x\n${dated}\n${name}: 2026-03-01`)).updatedAt?.day).toBe('2026-03-01')
    },
  )

  test('come from the file name, its folder or a path field', async () => {
    const { posts, broken } = await readAll({
      '2026-01-02-a.md': '---\ntitle: A\n---\n',
      '2026-01-03-b/index.md': '---\ntitle: B\n---\n',
      '2026/01/04/c.md': '---\ntitle: C\n---\n',
      'd.md': '+++\ntitle = "D"\npath = "2026/01/05/d"\n+++\n',
    })
    expect(broken).toEqual([])
    expect(posts.map(post => [post.slug, post.publishedAt.day])).toEqual([
      ['a', '2026-01-02'],
      ['b', '2026-01-03'],
      ['2026/01/04/c', '2026-01-04'],
      ['d', '2026-01-05'],
    ])
  })

  test('are days of the publication’s zone', async () => {
    const post = await readOne('title: x\ndate: 2026-02-26\nupdated: 2026-02-26T23:30:00Z', { timeZone: 'Asia/Tokyo' })
    expect([post.publishedAt.instant, post.updatedAt?.day]).toEqual(['2026-02-25T15:00:00.000Z', '2026-02-27'])
  })

  test('that are missing make a post broken for every edition', async () => {
    const { broken } = await readAll({ 'a.md': '---\ntitle: A\npublished: true\n---\n' })
    expect(broken).toMatchObject([{ file: 'a.md', day: null, problems: [{ code: 'date-missing', place: { line: 2 } }] }])
  })

  test.each([
    ['a field of the raw text', 'a.md', '---\ntitle: "x\ndate: "2026-02-26"\n---\n', '2026-02-26'],
    ['a field of an unclosed front matter', 'a.md', '---\ntitle: x\npubDate: Feb 26, 2026\n', '2026-02-26'],
    ['the file name', '2026-02-26-a.md', '---\ntitle: "x\n---\n', '2026-02-26'],
    ['the folder', '2026-02-26-a/index.md', '---\ntitle: "x\n---\n', '2026-02-26'],
    ['a path field', 'a.md', '+++\ntitle = x\npath = "2026/02/26/a"\n+++\n', '2026-02-26'],
    ['the file name, when the field is impossible', '2026-02-26-a.md', '---\ntitle: x\ndate: 2026-02-31\n---\n', '2026-02-26'],
    ['nothing', 'a.md', '---\ntitle: "x\ndate: soon\n---\n', null],
  ])('of a broken post are salvaged from %s', async (_, file, text, day) => {
    expect((await readAll({ [file]: text })).broken).toMatchObject([{ day }])
  })
})

describe('hidden posts', () => {
  test.each([
    ['draft: true', 'draft'],
    ['draft: yes', 'draft'],
    ['draft: "True"', 'draft'],
    ['draft: 1', 'draft'],
    ['draft: almost', 'draft'],
    ['published: false', 'unpublished'],
    ['published: no', 'unpublished'],
    ['unlisted: true', 'unlisted'],
    ['archived: yes', 'archived'],
    ['status: review', 'status'],
    ['draft: false', null],
    ['draft: no', null],
    ['draft: ""', null],
    ['published: true', null],
    ['status: published', null],
    ['status: Publish', null],
    ['unlisted: false', null],
  ])('%s', async (field, hidden) => {
    expect((await readOne(`title: x\n${dated}\n${field}`)).hidden).toBe(hidden)
  })

  test('lie in a folder of drafts', async () => {
    expect(await readOne(`title: x\n${dated}`, {}, '_drafts/x.md')).toMatchObject({ hidden: 'drafts-folder', slug: 'x' })
  })

  test.each([
    ['a slug that climbs', `title: x\n${dated}\nslug: ../x\ndraft: true`, 'slug-invalid'],
    ['a quote never closed', 'title: "x\ndraft: true', 'front-matter-syntax'],
    ['an impossible change', `title: x\n${dated}\nupdated: 2026-02-31\nstatus: review`, 'date-invalid'],
  ])('that hold %s cannot stop an edition: passed over with a warning', async (_, fields, code) => {
    const { posts, broken, problems } = await readAll({ 'a.md': `---\n${fields}\n---\nbody` })
    expect([posts, broken]).toEqual([[], []])
    expect(problems).toMatchObject([{ code, severity: 'warning', place: { file: 'a.md' } }])
  })

  test('without a date are passed over, with a word where the date is wrong', async () => {
    const { posts, broken, problems } = await readAll({
      'a.md': '---\ntitle: A\ndraft: true\n---\n',
      'b.md': '---\ntitle: B\ndraft: true\ndate: 2026-05-xx\n---\n',
    })
    expect([posts, broken]).toEqual([[], []])
    expect(problems).toMatchObject([{ code: 'date-invalid', severity: 'warning', place: { file: 'b.md', line: 4 } }])
  })
})

describe('featured and pinned', () => {
  test.each([
    ['featured: true', true],
    ['featured: yes', true],
    ['featured: "1"', true],
    ['featured: 1', true],
    ['featured: "TRUE"', true],
    ['extra:\n  featured: true', true],
    ['featured: false', false],
    ['featured: no', false],
    ['featured: 0', false],
    ['featured: perhaps', false],
    ['sticky: true', false],
  ])('%s', async (field, featured) => {
    expect((await readOne(`title: x\n${dated}\n${field}`)).featured).toBe(featured)
  })

  test('pinned or sticky puts a post first and does not feature it', async () => {
    expect(await readOne(`title: x\n${dated}\nsticky: 100`)).toMatchObject({ pinned: true, featured: false })
    expect(await readOne(`title: x\n${dated}\npinned: yes`)).toMatchObject({ pinned: true })
  })
})

describe('tags and categories', () => {
  test.each([
    ['tags: [a, b, a]', ['a', 'b']],
    ['tags: a, b', ['a', 'b']],
    ['tags: machine learning', ['machine learning']],
    ['tags:\n  - name: a\n  - title: b', ['a', 'b']],
    ['tags: ["#a", b]', ['a', 'b']],
    ['tags: [2026, 1.10]', ['2026', '1.10']],
    ['tags: []', []],
    ['tags: {a: b}', []],
    ['keywords: a, b', ['a', 'b']],
  ])('%s', async (field, tags) => {
    expect((await readOne(`title: x\n${dated}\n${field}`)).tags).toEqual(tags)
  })

  test('are split at blanks in a Jekyll blog', async () => {
    const { posts } = await readAll({ '_posts/2026-02-26-a.md': '---\ntitle: A\ntags: boats rest\ncategories: sea land\n---\n' })
    expect(posts).toMatchObject([{ slug: 'a', tags: ['boats', 'rest'], category: 'sea' }])
  })

  test.each([
    ['category: "Food, Drink"', 'Food, Drink'],
    ['categories: [Food, Drink]', 'Food'],
    ['categories: Food, Drink', 'Food'],
    ['section: Food', 'Food'],
    ['category:\n  name: Food', 'Food'],
  ])('%s', async (field, category) => {
    expect((await readOne(`title: x\n${dated}\n${field}`)).category).toBe(category)
  })
})

describe('authors', () => {
  test.each([
    ['author: Ana Lima', ['Ana Lima']],
    ["author: '[Ana Lima](https://x.example/ana) (Boats Ltd)'", ['Ana Lima']],
    ["author: '[Ana Lima](https://x.example/ana_(sea)), [Bo](https://x.example/bo) (Boats)'", ['Ana Lima', 'Bo']],
    ['author:\n  name: Ana Lima\n  url: x', ['Ana Lima']],
    ['authors: [Ana, Bo, Ana]', ['Ana', 'Bo']],
    ['authors:\n  - name: Ana\n  - name: "[Bo](x)"\n  - Cy', ['Ana', 'Bo', 'Cy']],
    ['authors: []', []],
  ])('%s', async (field, authors) => {
    expect((await readOne(`title: x\n${dated}\n${field}`)).authors).toEqual(authors)
  })

  test.each<[string, Record<string, string>]>([
    ['authors.yml as a map', { 'authors.yml': 'ana:\n  name: Ana Lima\n  url: x\n' }],
    ['authors.yaml as a map of names', { 'authors.yaml': 'ana: Ana Lima\n' }],
    ['authors.json as a list', { 'authors.json': '[{ "id": "ana", "name": "Ana Lima" }]' }],
    ['a folder of authors', { 'authors/ana.json': '{ "name": "Ana Lima" }' }],
    ['a folder of authors with ids', { 'authors/x.yml': 'id: ana\nname: Ana Lima\n' }],
  ])('are looked up in %s', async (_, files) => {
    expect((await readOne(`title: x\n${dated}\nauthors: [ana]`, {}, 'deep/in/post.md', files)).authors).toEqual(['Ana Lima'])
  })

  test('are looked up in the folder above, and the nearest file wins', async () => {
    const dir = await createTempFolder({
      'authors.yml': 'ana: Ana Above\nbo: Bo Above\n',
      'content/a.md': `---\ntitle: A\n${dated}\nauthor: ana\n---\n`,
      'content/sub/authors.yml': 'ana: Ana Below\n',
      'content/sub/b.md': `---\ntitle: B\n${dated}\nauthors: [ana, bo]\n---\n`,
    })
    const { posts } = await readPosts(readOptionsOf(path.join(dir, 'content')))
    expect(posts.map(post => post.authors)).toEqual([['Ana Above'], ['Ana Below', 'Bo Above']])
  })

  test('that no file knows keep their id, with a warning', async () => {
    const { posts, problems } = await readAll({
      'authors.yml': 'ana: Ana Lima\n',
      'a.md': `---\ntitle: A\n${dated}\nauthors: [bo, Cy Twombly]\n---\n`,
    })
    expect(posts[0]?.authors).toEqual(['bo', 'Cy Twombly'])
    expect(problems).toMatchObject([
      { code: 'author-unknown', severity: 'warning', place: { file: 'a.md', line: 4 }, expected: 'one of ana' },
    ])
  })

  test('in a file that cannot be read are a warning', async () => {
    const { posts, problems } = await readAll({ 'authors.json': '{ "ana": ', 'a.md': `---\ntitle: A\n${dated}\nauthor: ana\n---\n` })
    expect(posts[0]?.authors).toEqual(['ana'])
    expect(problems).toMatchObject([{ severity: 'warning', place: { file: 'authors.json' } }])
  })
})
