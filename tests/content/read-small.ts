/** Reads small folders of posts for a test. */

import { expect } from 'vitest'
import type { FullPost, Post, PostCollection } from '../../src/content/post.ts'
import { readFullPosts } from '../../src/content/read-full-posts.ts'
import type { ReadOptions } from '../../src/content/read-options.ts'
import { readPosts } from '../../src/content/read-posts.ts'
import type { Problem } from '../../src/errors.ts'
import { createTempFolder } from '../temp-folder.ts'
import { readOptionsOf } from './read-options-of.ts'

/** A line of front matter that a post needs. */
export const dated = 'date: 2026-02-26'

/** Everything that reading a folder with these files gives. */
export async function readAll(files: Readonly<Record<string, string>>, options: Partial<ReadOptions> = {}): Promise<PostCollection> {
  return readPosts(readOptionsOf(await createTempFolder(files), options))
}

/** The first post of a folder whose file `file` has these fields. */
export async function readOne(
  fields: string,
  options: Partial<ReadOptions> = {},
  file = 'my-post.md',
  more: Readonly<Record<string, string>> = {},
): Promise<Post> {
  const { posts, broken } = await readAll({ [file]: `---\n${fields}\n---\nbody`, ...more }, options)
  expect(broken).toEqual([])
  const [post] = posts
  if (post === undefined) throw new Error('no post was read')
  return post
}

/** The one problem of a file that must be broken. */
export async function problemOf(text: string | Uint8Array, name = 'post.md'): Promise<Problem> {
  const dir = await createTempFolder({ [name]: text })
  const { posts, broken } = await readPosts(readOptionsOf(dir))
  expect(posts).toEqual([])
  expect(broken).toHaveLength(1)
  const [problem] = broken[0]?.problems ?? []
  if (problem === undefined) throw new Error('broken without a problem')
  return problem
}

/** A post read whole. */
export async function postOf(text: string | Uint8Array): Promise<FullPost> {
  const dir = await createTempFolder({ 'post.md': text })
  const options = readOptionsOf(dir)
  const { posts, broken } = await readPosts(options)
  expect(broken).toEqual([])
  const full = await readFullPosts(posts, options)
  expect(full.broken).toEqual([])
  const [post] = full.posts
  if (post === undefined) throw new Error('no post')
  return post
}
