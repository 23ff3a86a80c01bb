/** Problems of one content file: the place filled in. */

import type { ErrorCode, Place, Problem } from '../errors.ts'

/** The parts of a problem that a parser knows; the file's name is added later. */
export interface Fault {
  readonly code: ErrorCode
  readonly severity?: 'error' | 'warning'
  readonly message: string
  readonly line?: number
  readonly column?: number
  readonly expected?: string
  readonly got?: string
  readonly hint: string
}

/** Turns a fault into a problem of `file` (as shown to the user). */
export function problemIn(file: string, fault: Fault): Problem {
  const { severity, line, column, code, message, expected, got, hint } = fault
  const place: Place = { file, ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) }
  return {
    code,
    severity: severity ?? 'error',
    message,
    place,
    ...(expected === undefined ? {} : { expected }),
    ...(got === undefined ? {} : { got }),
    hint,
  }
}
