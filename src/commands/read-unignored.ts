import { execFile } from 'node:child_process'

/** Those of the folders that git would offer to commit; none outside a git repository, or where there is no git. */
export async function readUnignored(cwd: string, folders: readonly string[]): Promise<readonly string[]> {
  // A path inside the folder: a rule such as `out/` is for folders, and this one need not be there yet.
  const asked = folders.map(folder => `${folder}/any`)
  const ignored = await checkIgnore(cwd, asked)
  return ignored === null ? [] : folders.filter((_, index) => !ignored.includes(asked[index] ?? ''))
}

/** git-check-ignore(1): exit code 0 when some are ignored, 1 when none is, 128 for anything else. */
function checkIgnore(cwd: string, paths: readonly string[]): Promise<readonly string[] | null> {
  return new Promise(resolve => {
    execFile('git', ['check-ignore', '--', ...paths], { cwd, windowsHide: true }, (error, stdout) => {
      resolve(error === null || error.code === 1 ? stdout.split('\n') : null)
    })
  })
}
