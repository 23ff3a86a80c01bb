import { existsSync } from 'node:fs'
import { realpath } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'

/**
 * The repository that a folder lies in: GITHUB_WORKSPACE, where GitHub Actions has checked it out, else the nearest folder above that git has made one;
 * the folder itself where neither holds it. Absolute, links resolved.
 */
export async function readRepository(folder: string, { GITHUB_WORKSPACE: workspace }: NodeJS.ProcessEnv): Promise<string> {
  const start = await realpath(folder)
  const named = workspace === undefined || workspace === '' ? null : await realpath(workspace).catch(() => null)
  if (named !== null && !/^\.\.(?:[/\\]|$)/.test(relative(named, start))) return named
  for (let each = start; ; each = dirname(each)) {
    // A file in a worktree, a folder elsewhere.
    if (existsSync(join(each, '.git'))) return each
    if (dirname(each) === each) return start
  }
}
