import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { mkdtemp, realpath } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { UserError } from '../../errors.ts'

/** The files of a git revision, in a temporary folder that also has room for what is made of them. */
export interface Revision {
  /** The commit's whole name. */
  readonly commit: string
  /** The temporary folder. */
  readonly folder: string
  /** The folder in it that the working folder is in the repository. */
  readonly cwd: string
  readonly remove: () => Promise<void>
}

/**
 * Writes the files of a git revision into a temporary folder. The repository, its index and its list of worktrees stay as they are, and no hook runs.
 * Throws UserError `revision-unknown`. Whoever calls it calls `remove` at the end; the folder goes, too, when the process is stopped before.
 */
export async function readRevision(cwd: string, name: string, env: NodeJS.ProcessEnv): Promise<Revision> {
  const commit = await git(cwd, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`], env).catch(error => {
    throw revisionUnknown(name, error)
  })
  const [prefix, root] = await Promise.all([git(cwd, ['rev-parse', '--show-prefix'], env), git(cwd, ['rev-parse', '--show-toplevel'], env)])
  const { folder, remove } = await createFolder()
  try {
    const tree = join(folder, 'tree')
    const ownIndex = { ...env, GIT_INDEX_FILE: join(folder, 'index') }
    await git(root, ['read-tree', commit], ownIndex)
    await git(root, ['checkout-index', '--all', '--quiet', `--prefix=${tree}/`], ownIndex)
    return { commit, folder, cwd: join(tree, prefix), remove }
  } catch (error) {
    await remove()
    throw error
  }
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

async function createFolder(): Promise<{ readonly folder: string; readonly remove: () => Promise<void> }> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'news-digest-revision-')))
  const clear = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  const stopped = (signal: NodeJS.Signals) => {
    clear()
    forget()
    process.kill(process.pid, signal)
  }
  const forget = () => {
    process.off('exit', clear)
    for (const signal of signals) process.off(signal, stopped)
  }
  process.on('exit', clear)
  for (const signal of signals) process.on(signal, stopped)
  return {
    folder,
    remove: async () => {
      clear()
      forget()
    },
  }
}

async function git(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const { stdout } = await promisify(execFile)('git', args, { cwd, env, maxBuffer: 64 * 1024 * 1024, windowsHide: true })
  return stdout.replace(/\r?\n$/, '')
}

function revisionUnknown(name: string, error: NodeJS.ErrnoException & { readonly stderr?: string }): UserError {
  const [said = ''] = String(error.stderr ?? '')
    .trim()
    .split('\n')
  const missing = error.code === 'ENOENT'
  return new UserError({
    code: 'revision-unknown',
    message: missing
      ? 'git is not installed, so there is only an edition to compare with'
      : 'this is neither a built edition nor a git revision',
    expected: 'an edition in the output folder (2026-w05), or a branch, tag or commit (main, HEAD~1)',
    got: `${name.slice(0, 80)}${said === '' ? '' : ` (${said.slice(0, 160)})`}`,
    hint: 'Build the edition first, or check the name with "git log --oneline".',
  })
}
