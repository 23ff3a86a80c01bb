import { UserError } from '../errors.ts'

/** What to do about the common reasons for which a system refuses to write. */
const hints: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full or a limit on file size was reached: free some space, or choose a folder elsewhere with --out',
  EFBIG: 'the disk is full or a limit on file size was reached: free some space, or choose a folder elsewhere with --out',
  EDQUOT: 'your disk quota is used up: free some space, or choose a folder elsewhere with --out',
  EACCES: 'give yourself the right to write there, or choose another folder with --out',
  EPERM: 'give yourself the right to write there, or choose another folder with --out',
  EROFS: 'the disk is read-only: choose a folder elsewhere with --out',
  ENOENT: 'no folder can be made there: choose another folder with --out',
  ENOTDIR: 'a file stands where a folder is needed: move it away, or choose another folder with --out',
  EEXIST: 'a file stands where a folder is needed: move it away, or choose another folder with --out',
  ELOOP: 'a symbolic link there leads back to itself: mend it, or choose another folder with --out',
  ENAMETOOLONG: 'the path is too long for this system: choose a folder nearer the root with --out',
}

/**
 * What the system said while writing, as something the user can mend. Anything that is no answer of the system's (a bug of ours) comes
 * back as it is.
 */
export function outputError(error: unknown, outDir: string): unknown {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error) || typeof error.code !== 'string') return error
  const path = 'path' in error && typeof error.path === 'string' ? error.path : outDir
  return new UserError({
    code: 'output-unwritable',
    message: 'the output could not be written; nothing was left half done',
    place: { file: outDir },
    got: `${error.code} at ${path.length > 200 ? `${path.slice(0, 200)}…` : path}`,
    hint: hints[error.code] ?? 'see what the system says about that path, or choose another folder with --out',
  })
}
