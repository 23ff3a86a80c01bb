import { UserError } from '../../errors.ts'
import type { PreviewProblem } from './api.ts'

/** Whatever was thrown, as problems to show: those that the user can mend, and a bug of ours with the first lines of its stack. */
export function toProblems(error: unknown): readonly PreviewProblem[] {
  if (error instanceof UserError) return error.problems
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return [
    {
      code: 'bug',
      severity: 'error',
      message: 'something broke in news-digest itself',
      got: stack.split('\n').slice(0, 4).join('\n'),
      hint: 'This is a bug: please report it with these lines. The preview goes on; whatever you save next is shown again.',
    },
  ]
}
