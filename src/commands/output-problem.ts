import { UserError } from '../errors.ts'

/** A file that could not be written, as something that its owner can mend; null for any other error. */
export function outputProblem(error: unknown, file: string): UserError | null {
  if (!(error instanceof Error) || !('syscall' in error)) return null
  return new UserError({
    code: 'output-unwritable',
    message: `the file cannot be written: ${error.message.replace(/, (?:open|write).*$/, '')}`,
    place: { file },
    hint: 'Check that its folder is there, that you may write to it, and that the disk has room.',
  })
}
