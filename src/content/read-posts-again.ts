/** Reads a content folder again and again, for whoever watches it. */

import { relative, sep } from 'node:path'
import type { FullPost, Post, PostCollection } from './post.ts'
import { columnMark, rowReader } from './post-row.ts'
import { readFullPosts } from './read-full-posts.ts'
import type { ReadOptions } from './read-options.ts'
import { collectPosts, type FolderReading, readFolder } from './read-posts.ts'

/** A reader that remembers what the files said. */
export interface PostReader {
  /** Tells of files that have changed, come or gone since they were read; absolute paths. */
  readonly noteChanged: (paths: readonly string[]) => void
  /**
   * Reads everything the first time, later only what has changed. Where a file has come or gone, or is no post (a list of authors), everything is read
   * again. Throws as `readPosts` does.
   */
  readonly read: () => Promise<PostCollection>
  /** Reads posts of `read` whole: each once, for as long as it has not changed. */
  readonly readFull: typeof readFullPosts
}

/** A reader for somebody who watches the folder and tells of every change; without that it would go on saying what it has read. */
export function createPostReader(options: ReadOptions): PostReader {
  let last: FolderReading | null = null
  let changed: string[] = []
  const read = async () => {
    const [before, since] = [last, changed]
    // Nothing counts as known while reading: neither a failure nor a second reading at the same time may leave an old state behind.
    last = null
    changed = []
    const reading = (before === null ? null : await readAgain(before, since, options)) ?? (await readFolder(options))
    last = reading
    return collectPosts(reading, options)
  }
  return { noteChanged: paths => void changed.push(...paths), read, readFull: createFullReader() }
}

/** A post that has changed comes back from reading as another object, so that an object that is known has not. */
function createFullReader(): typeof readFullPosts {
  const known = new WeakMap<Post, FullPost>()
  return async (posts, options) => {
    const unknown = posts.filter(post => !known.has(post))
    const { posts: read, broken } = await readFullPosts(unknown, options)
    const readable = unknown.filter(post => !broken.some(({ file }) => file === post.file))
    for (const [index, post] of readable.entries()) {
      const full = read[index]
      if (full !== undefined) known.set(post, full)
    }
    return { posts: posts.flatMap(post => known.get(post) ?? []), broken }
  }
}

/** The folder after some of its files have changed; null where that cannot be told from these files alone. */
async function readAgain(reading: FolderReading, changed: readonly string[], options: ReadOptions): Promise<FolderReading | null> {
  const positions = changed.map(path => reading.files.indexOf(relative(options.dir, path).split(sep).join('/')))
  if (positions.includes(-1)) return null
  const { rowMaker } = await import('./read-anew.ts')
  const makeRow = await rowMaker(reading.request)
  const fromRow = rowReader(options.timeZone)
  const outcomes = [...reading.outcomes]
  for (const position of positions) {
    const row = makeRow(reading.files[position] ?? '')
    if (row === null) return null
    outcomes[position] = fromRow(row.split(columnMark))
  }
  return { ...reading, outcomes }
}
