import path from 'node:path'
import type { ConfigAnswers } from '../config/config-text.ts'
import { readFileList } from '../content/read-file-list.ts'
import type { ReadOptions } from '../content/read-options.ts'
import { readPosts } from '../content/read-posts.ts'
import { UserError } from '../errors.ts'

/** How many Markdown files a folder holds that may be posts; null when it is no folder that can be read. */
export function countFiles(cwd: string, dir: string): number | null {
  try {
    return readFileList({ dir: path.resolve(cwd, dir), exclude: excluded(cwd, dir), ignore: [], displayRoot: cwd }).files.length
  } catch (error) {
    if (error instanceof UserError) return null
    throw error
  }
}

/** The address that the newest visible post would be linked as; null when there is none. Writes no index. */
export async function readExample(cwd: string, answers: ConfigAnswers): Promise<string | null> {
  if ((countFiles(cwd, answers.contentDir) ?? 0) === 0) return null
  const options: ReadOptions = {
    dir: path.resolve(cwd, answers.contentDir),
    cacheDir: null,
    exclude: excluded(cwd, answers.contentDir),
    siteUrl: answers.siteUrl,
    language: answers.language,
    timeZone: answers.timeZone,
    urlPattern: answers.urlPattern,
    fields: {},
    ignore: [],
    displayRoot: cwd,
  }
  const { posts } = await readPosts(options)
  const visible = posts.filter(post => post.hidden === null)
  const newest = visible.toSorted((a, b) => (a.publishedAt.instant < b.publishedAt.instant ? 1 : -1))[0]
  return newest?.url ?? null
}

function excluded(cwd: string, dir: string): readonly string[] {
  return [path.join(dir, 'editions'), 'content/editions', 'templates', 'out'].map(folder => path.resolve(cwd, folder))
}
