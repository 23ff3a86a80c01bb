/**
 * The error catalogue. A code is permanent: scripts match on it, documentation links to it, so it is never renamed or reused.
 * A `UserError` is what the user can mend; anything else that is thrown is a bug of ours and shows its stack.
 */

/** Exit codes of the command line (docs/architecture.md): 0 done, 1 done with errors found or incomplete, 2 usage or configuration, 3 nothing to send, 70 a bug, 130 interrupted. */
export type ExitCode = 0 | 1 | 2 | 3 | 70 | 130

/** Every code that a `UserError` or a problem may carry, with the exit code that it leads to when it stops a command. */
export const errorCatalogue = {
  usage: 2,
  'node-too-old': 2,
  'config-missing': 2,
  'config-unreadable': 2,
  'config-invalid': 2,
  'config-conflict': 2,
  'content-missing': 2,
  'file-unreadable': 2,
  'file-too-large': 2,
  'file-not-utf8': 2,
  'front-matter-fence': 2,
  'front-matter-syntax': 2,
  'front-matter-executable': 2,
  'front-matter-too-complex': 2,
  'field-invalid': 2,
  'title-missing': 2,
  'date-invalid': 2,
  'date-missing': 2,
  'url-invalid': 2,
  'slug-invalid': 2,
  'slug-duplicate': 2,
  'author-unknown': 2,
  'window-invalid': 2,
  'edition-id-invalid': 2,
  'edition-file-invalid': 2,
  'edition-file-exists': 2,
  'edition-pick-missing': 2,
  'edition-pick-hidden': 2,
  'edition-unknown': 2,
  'nothing-to-send': 3,
  'posts-broken': 2,
  'template-missing': 2,
  'template-syntax': 2,
  'template-field-unknown': 2,
  'template-mjml-invalid': 2,
  'messages-invalid': 2,
  'merge-field-unknown': 2,
  'picture-missing': 2,
  'address-invalid': 2,
  'relay-missing': 2,
  'relay-invalid': 2,
  'secret-missing': 2,
  'secret-invalid': 2,
  'dkim-invalid': 2,
  'ledger-unavailable': 2,
  'ledger-newer': 2,
  'ledger-not-persistent': 2,
  'import-refused': 2,
  'segment-invalid': 2,
  'subscriber-unknown': 2,
  'subscriber-suppressed': 2,
  'checks-failed': 1,
  'edition-sent': 2,
  'confirmation-missing': 2,
  'sending-running': 2,
  'sending-changed': 2,
  'sending-unknown': 2,
  'sending-over': 2,
  'time-invalid': 2,
  'nobody-to-send-to': 3,
  'output-unwritable': 2,
  'browser-missing': 2,
  'browser-unusable': 2,
  'revision-unknown': 2,
} as const satisfies Record<string, ExitCode>

/** A permanent code out of the catalogue. */
export type ErrorCode = keyof typeof errorCatalogue

/** Where something stands: a file as the user would name it (relative to the working folder when inside it), line and column from 1. */
export interface Place {
  readonly file: string
  readonly line?: number
  readonly column?: number
}

/** One thing that the user can mend: what is wrong, where, what was expected, what stood there (cut short), and what to do. */
export interface Problem {
  readonly code: ErrorCode
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly place?: Place
  readonly expected?: string
  readonly got?: string
  readonly hint: string
}

/** Stops a command. Carries every problem found, at least one; the first gives the message and the exit code. */
export class UserError extends Error {
  override readonly name = 'UserError'
  readonly problems: readonly [Problem, ...Problem[]]

  constructor(problem: Omit<Problem, 'severity'>, ...more: Omit<Problem, 'severity'>[]) {
    super(problem.message)
    this.problems = [{ severity: 'error', ...problem }, ...more.map(each => ({ severity: 'error' as const, ...each }))]
  }

  get code(): ErrorCode {
    return this.problems[0].code
  }

  get exitCode(): ExitCode {
    return errorCatalogue[this.code]
  }
}

/** Throws a UserError with all of them; does nothing where there are none. */
export function throwProblems(problems: readonly Omit<Problem, 'severity'>[]): void {
  const [first, ...more] = problems
  if (first !== undefined) throw new UserError(first, ...more)
}
