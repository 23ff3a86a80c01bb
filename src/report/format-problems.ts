import type { Place, Problem } from '../errors.ts'
import type { Paint } from './paint.ts'

/** A problem of the catalogue, or one that a page has beside those. */
export type ToldProblem = Omit<Problem, 'code'> & { readonly code: string }

/** Problems as paragraphs: what is wrong and where, what was expected and what stood there, what to do. Ends with a line break; empty for none. */
export function formatProblems(problems: readonly ToldProblem[], paint: Paint): string {
  return problems.map(problem => formatProblem(problem, paint)).join('\n')
}

function formatProblem(problem: ToldProblem, paint: Paint): string {
  const isError = problem.severity === 'error'
  const label = isError ? paint.red(paint.bold('error')) : paint.yellow(paint.bold('warning'))
  const lines = [`${label} ${problem.message} ${paint.dim(`[${problem.code}]`)}`]
  if (problem.place) lines.push(`  ${paint.dim('at')}       ${paint.cyan(formatPlace(problem.place))}`)
  if (problem.expected) lines.push(`  ${paint.dim('expected')} ${problem.expected.replaceAll('\n', '\n           ')}`)
  if (problem.got) lines.push(`  ${paint.dim('got')}      ${problem.got}`)
  lines.push(`  ${paint.dim('do')}       ${problem.hint}`, '')
  return lines.join('\n')
}

/** `file:line:column`, the form that terminals and editors make clickable. */
export function formatPlace(place: Place): string {
  return [place.file, place.line, place.column].filter(part => part !== undefined).join(':')
}
