import { describeOutcome } from '../transport/describe-outcome.ts'
import type { Outcome } from '../transport/outcome.ts'
import { count } from './count.ts'
import type { Paint } from './paint.ts'

/** What is said of a test before it is sent. */
export interface TestHeading {
  readonly edition: string
  readonly subject: string
  readonly secondSubject?: string
  readonly from: string
  readonly relay: string
}

/** What became of each message. `variant` is which subject it has, where two are tried. */
export type TestResults = readonly { readonly address: string; readonly variant?: 'A' | 'B'; readonly outcome: Outcome }[]

/** Which edition goes out, from whom, through which relay. */
export function formatTestHeading({ edition, subject, secondSubject, from, relay }: TestHeading, paint: Paint): string {
  const subjects = [subject, ...(secondSubject === undefined ? [] : [secondSubject])]
  return `${paint.bold(edition)} as a test, from ${from} through ${relay}\n${subjects.map(each => `${paint.dim(each)}\n`).join('')}\n`
}

/** One line for every message in its order, then how many were accepted, and what that means. */
export function formatTestResults(results: TestResults, paint: Paint): string {
  const accepted = results.filter(({ outcome }) => outcome.kind === 'accepted').length
  const sum = accepted === results.length ? '' : sumOf(results)
  return `${linesOf(results, paint)}\n${sum}${accepted === 0 ? '' : advice}`
}

/** The same of those alone that were not accepted, for somebody who asked for problems only; empty where all were. */
export function formatTestProblems(results: TestResults, paint: Paint): string {
  const others = results.filter(({ outcome }) => outcome.kind !== 'accepted')
  return others.length === 0 ? '' : `${linesOf(others, paint)}\n${sumOf(results)}`
}

const advice =
  'Accepted is not yet delivered: look into the mailbox, also among the spam. The unsubscribe links of a test unsubscribe nobody.\n'

function linesOf(results: TestResults, paint: Paint): string {
  return results
    .map(
      ({ address, variant, outcome }) =>
        `  ${mark(outcome, paint)} ${address}${variant === undefined ? '' : `, ${variant}`}  ${describeOutcome(outcome)}\n`,
    )
    .join('')
}

function sumOf(results: TestResults): string {
  const accepted = results.filter(({ outcome }) => outcome.kind === 'accepted').length
  return `${accepted} of ${count(results.length, 'message')} accepted. Nothing is sent again by itself.\n`
}

function mark({ kind }: Outcome, paint: Paint): string {
  if (kind === 'accepted') return paint.green('✓')
  return kind === 'uncertain' ? paint.yellow('?') : paint.red('✗')
}
