/** Problems of one content file: the place filled in, long values cut short. */

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

const longest = 80

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

/** A value as a message shows it: one line, at most 80 characters, never walking deep into lists and maps. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return cut(JSON.stringify(value.length > longest ? value.slice(0, longest) : value))
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`
  if (value !== null && typeof value === 'object') return `a map with ${cut(Object.keys(value).slice(0, 4).join(', ')) || 'no keys'}`
  return cut(String(value))
}

function cut(text: string): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text
}
