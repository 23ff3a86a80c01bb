import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { indexPath } from '../../src/content/read-index.ts'
import type { ReadOptions } from '../../src/content/read-options.ts'
import { readPosts } from '../../src/content/read-posts.ts'
import { createTempFolder } from '../temp-folder.ts'
import { readOptionsOf } from './read-options-of.ts'

const post = (title: string, day = '2026-02-26') => `---\ntitle: ${title}\ndate: ${day}\n---\nbody`

async function blog(files: Readonly<Record<string, string>>, options: Partial<ReadOptions> = {}) {
  const folder = await createTempFolder(Object.fromEntries(Object.entries(files).map(([name, text]) => [`content/${name}`, text])))
  const dir = path.join(folder, 'content')
  const cacheDir = path.join(folder, '.cache')
  const readOptions = readOptionsOf(dir, { cacheDir, ...options })
  return {
    dir,
    cacheDir,
    index: indexPath(cacheDir),
    read: (more: Partial<ReadOptions> = {}) => readPosts({ ...readOptions, ...more }),
    readAnew: () => readPosts({ ...readOptions, cacheDir: null }),
  }
}

/** Makes a file look long unchanged. Its change time stays young, so that the digest settles it. */
async function age(file: string): Promise<void> {
  const old = new Date('2026-01-01T00:00:00Z')
  await utimes(file, old, old)
}

const titles = ({ posts }: Awaited<ReturnType<typeof readPosts>>) => posts.map(({ title }) => title)

describe('the index of posts', () => {
  test('gives back exactly what reading gave: posts, broken ones, warnings', async () => {
    const { read, readAnew, index } = await blog({
      'a.md': `---\ntitle: "Grüße 👩\u200d🚀"\ndate: 2026-02-26T10:00:00Z\nupdated: 2026-03-01\ntags: [a, b]\nauthors: [Ana, Bo]\nfeatured: true\npinned: true\ncategory: C\ncanonical: https://x.example/\naliases: [x, y]\ntranslationKey: k\nlang: de\n---\n`,
      'b.md': post('B'),
      'c.md': '---\ntitle: "x\ndate: 2026-01-01\n---\n',
      'd.md': 'words',
      '2026-01-02-e.md': '---\nfeatured: no\n---\n',
      'f.md': '---\ntitle: F\nslug: b\ndraft: yes\ndate: 2026-01-03\n---\n',
      'g.md': '---\ntitle: G\nslug: b\ndate: 2026-01-03\n---\n',
    })
    const first = await read()
    expect(first).toEqual(await readAnew())
    expect(first.broken.map(({ file }) => file)).toEqual(['b.md', 'c.md', 'g.md'])
    const written = await readFile(index)
    expect(await read()).toEqual(first)
    expect(await readFile(index)).toEqual(written)
  })

  test('notices a changed, a new, a renamed and a vanished post', async () => {
    const { dir, read } = await blog({ 'a.md': post('A'), 'b.md': post('B'), 'c.md': post('C') })
    await read()
    await writeFile(path.join(dir, 'a.md'), post('A again'))
    await rename(path.join(dir, 'b.md'), path.join(dir, 'z.md'))
    await rm(path.join(dir, 'c.md'))
    await writeFile(path.join(dir, 'new.md'), post('New'))
    expect(titles(await read())).toEqual(['A again', 'New', 'B'])
    expect(titles(await read())).toEqual(['A again', 'New', 'B'])
  })

  test('notices two posts that swap names', async () => {
    const { dir, read } = await blog({ 'a.md': post('A'), 'b.md': post('B') })
    await read()
    await rename(path.join(dir, 'a.md'), path.join(dir, 'x'))
    await rename(path.join(dir, 'b.md'), path.join(dir, 'a.md'))
    await rename(path.join(dir, 'x'), path.join(dir, 'b.md'))
    expect(titles(await read())).toEqual(['B', 'A'])
  })

  test('notices a change of the same length within one tick of the clock, again and again', async () => {
    const { dir, read } = await blog({ 'a.md': post('0') })
    for (let round = 1; round < 10; round++) {
      expect(titles(await read())).toEqual([String(round - 1)])
      await writeFile(path.join(dir, 'a.md'), post(String(round)))
      await age(path.join(dir, 'a.md'))
    }
  })

  test('notices a change that keeps size and modification time', async () => {
    const { dir, read } = await blog({ 'a.md': post('A') })
    const file = path.join(dir, 'a.md')
    await age(file)
    await read()
    await writeFile(file, post('B'))
    await age(file)
    expect(titles(await read())).toEqual(['B'])
  })

  test('notices a heading that changed far down a file whose title it is', async () => {
    const text = (title: string) => `---\ndate: 2026-02-26\n---\n${'words\n\n'.repeat(3000)}# ${title}\n`
    const { dir, read } = await blog({ 'a.md': text('A') })
    expect(titles(await read())).toEqual(['A'])
    await writeFile(path.join(dir, 'a.md'), text('B'))
    await age(path.join(dir, 'a.md'))
    expect(titles(await read())).toEqual(['B'])
  })

  test('reads anew when what records depend on has changed', async () => {
    const { dir, read } = await blog({ 'a.md': `---\ntitle: A\nheadline: H\ndate: 2026-02-26\nauthor: ana\n---\n`, 'ml/b.md': post('B') })
    await read()
    expect((await read({ siteUrl: 'https://new.example' })).posts[0]?.url).toBe('https://new.example/blog/a')
    expect((await read({ timeZone: 'Asia/Tokyo' })).posts[0]?.publishedAt.instant).toBe('2026-02-25T15:00:00.000Z')
    expect((await read({ language: 'de' })).posts[0]?.language).toBe('de')
    expect((await read({ urlPattern: '/x/{slug}' })).posts[0]?.url).toBe('https://blog.example/x/a')
    expect((await read({ fields: { title: 'headline' } })).posts[0]?.title).toBe('H')
    await writeFile(path.join(dir, 'authors.yml'), 'ana: Ana Lima\n')
    expect((await read()).posts[0]?.authors).toEqual(['Ana Lima'])
    await mkdir(path.join(dir, 'en'))
    expect((await read()).posts[1]).toMatchObject({ language: 'ml', slug: 'b' })
    expect((await read({ ignore: ['ml/**'] })).posts).toHaveLength(1)
  })

  test.each<[string, (text: Buffer) => Uint8Array | string]>([
    ['empty', () => ''],
    ['cut short', text => text.subarray(0, text.length / 2)],
    ['changed in one bit', text => Buffer.concat([text.subarray(0, -3), Buffer.from([(text.at(-3) ?? 0) ^ 1]), text.subarray(-2)])],
    ['some other file', () => '{"posts": []}\n'],
    ['of another version', text => text.toString().replace('news-digest posts', 'news-digest posts 0')],
    ['not text', () => new Uint8Array([0, 255, 10, 254, 31, 10])],
  ])('that is %s is made anew', async (_, damage) => {
    const { index, read } = await blog({ 'a.md': post('A'), 'b.md': post('B') })
    const first = await read()
    const good = await readFile(index)
    await writeFile(index, damage(good))
    expect(await read()).toEqual(first)
    expect((await readFile(index)).toString()).toBe(good.toString())
  })

  test('that cannot be written is no error, and leaves nothing behind', async () => {
    const { cacheDir, index, read } = await blog({ 'a.md': post('A') })
    await writeFile(cacheDir, 'a file where the folder should be')
    expect(titles(await read())).toEqual(['A'])
    await rm(cacheDir)
    await mkdir(index, { recursive: true })
    await writeFile(path.join(index, 'x'), '')
    expect(titles(await read())).toEqual(['A'])
    expect(await readdir(cacheDir)).toEqual([path.basename(index)])
  })

  test('survives that the folder holds no post for a while', async () => {
    const { dir, read } = await blog({ 'a.md': post('A') })
    await read()
    await rm(path.join(dir, 'a.md'))
    await expect(read()).rejects.toMatchObject({ code: 'content-missing' })
    await writeFile(path.join(dir, 'a.md'), post('A'))
    expect(titles(await read())).toEqual(['A'])
  })

  test('holds no body', async () => {
    const { index, read } = await blog({ 'a.md': `${post('A')} ${'unmistakable '.repeat(500)}` })
    await read()
    expect((await readFile(index)).includes('unmistakable')).toBe(false)
    expect((await stat(index)).size).toBeLessThan(500)
  })
})

describe('many posts', () => {
  test('are read on two threads as on one, in order, with their problems', async () => {
    const files: Record<string, string> = {}
    for (let number = 0; number < 2500; number++)
      files[`p${number}.md`] = number % 100 === 7 ? `---\ntitle: "x\ndate: 2026-01-01\n---\n` : post(`Post ${number}`)
    const { read, readAnew } = await blog(files)
    const first = await read()
    expect([first.posts.length, first.broken.length]).toEqual([2475, 25])
    expect(first.posts.map(({ file }) => file)).toEqual(
      Object.keys(files)
        .filter(name => !name.endsWith('07.md') && name !== 'p7.md')
        .sort(),
    )
    expect(await read()).toEqual(first)
    expect(await readAnew()).toEqual(first)
  })
})
