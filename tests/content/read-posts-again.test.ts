import { rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readPosts } from '../../src/content/read-posts.ts'
import { createPostReader } from '../../src/content/read-posts-again.ts'
import { createTempFolder } from '../temp-folder.ts'
import { readOptionsOf } from './read-options-of.ts'

const post = (title: string, more = '') => `---\ntitle: ${title}\ndate: 2026-02-03\n${more}---\nText.\n`

describe('createPostReader()', () => {
  it('says after every change what a reading of the whole folder would say', async () => {
    const dir = await createTempFolder({ 'a.md': post('A'), 'b.md': post('B'), 'sub/c.md': post('C', 'author: kim\n'), 'notes.txt': '' })
    const reader = createPostReader(readOptionsOf(dir))
    const change = async (file: string, text: string | null) => {
      if (text === null) await rm(join(dir, file))
      else await writeFile(join(dir, file), text)
      reader.noteChanged([join(dir, file)])
      const read = await reader.read()
      expect(read).toEqual(await readPosts(readOptionsOf(dir)))
      return read
    }
    expect((await reader.read()).posts).toHaveLength(3)
    expect((await change('b.md', post('B again'))).posts.map(({ title }) => title)).toEqual(['A', 'B again', 'C'])
    expect((await change('b.md', '---\ntitle: [\n---\n')).broken.map(({ file }) => file)).toEqual(['b.md'])
    expect((await change('b.md', post('B mended'))).broken).toEqual([])
    expect((await change('d.md', post('D'))).posts).toHaveLength(4)
    expect((await change('sub/c.md', null)).posts).toHaveLength(3)
    await change('a.md', post('A', 'slug: b\n'))
    await change('a.md', post('A'))
    await change('authors.yml', 'kim: { name: Kim Sample }\n')
    await change('notes.txt', 'not a post')
  })

  it('reads nothing again that nobody says has changed', async () => {
    const dir = await createTempFolder({ 'a.md': post('A'), 'b.md': post('B') })
    const reader = createPostReader(readOptionsOf(dir))
    await reader.read()
    await writeFile(join(dir, 'a.md'), post('Unheard of'))
    await utimes(join(dir, 'a.md'), new Date(0), new Date(0))
    await writeFile(join(dir, 'b.md'), post('Told'))
    reader.noteChanged([join(dir, 'b.md')])
    expect((await reader.read()).posts.map(({ title }) => title)).toEqual(['A', 'Told'])
  })

  it('reads a post whole once, and again when it has changed', async () => {
    const dir = await createTempFolder({ 'a.md': post('A', 'description: First.\n'), 'b.md': post('B', 'description: Second.\n') })
    const options = readOptionsOf(dir)
    const reader = createPostReader(options)
    const full = async () => (await reader.readFull((await reader.read()).posts, options)).posts
    const before = await full()
    await writeFile(join(dir, 'b.md'), post('B', 'description: Changed.\n'))
    reader.noteChanged([join(dir, 'b.md')])
    const after = await full()
    expect(after.map(({ description }) => description)).toEqual(['First.', 'Changed.'])
    expect(after[0]).toBe(before[0])
    await rm(join(dir, 'b.md'))
    const { posts, broken } = await reader.readFull((await reader.read()).posts, options)
    expect([posts, broken]).toEqual([after, []])
  })

  it('forgets what it knew when a reading fails, and begins anew', async () => {
    const dir = await createTempFolder({ 'posts/a.md': post('A') })
    const reader = createPostReader(readOptionsOf(join(dir, 'posts')))
    await reader.read()
    await rm(join(dir, 'posts'), { recursive: true })
    reader.noteChanged([join(dir, 'posts')])
    await expect(reader.read()).rejects.toMatchObject({ code: 'content-missing' })
    await expect(reader.read()).rejects.toMatchObject({ code: 'content-missing' })
  })
})
