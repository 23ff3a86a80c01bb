import { describeOutcome } from '../transport/describe-outcome.ts'
import type { Outcome } from '../transport/outcome.ts'
import { count } from './format-build.ts'
import type { Paint } from './paint.ts'

/** What is said of a test that was sent, or not. */
export interface TestReport {
  readonly edition: string
  readonly subject: string
  readonly from: string
  readonly relay: string
  readonly results: readonly { readonly address: string; readonly outcome: Outcome }[]
}

/** A line for every address, then what to do next. */
export function formatTestSend({ edition, subject, from, relay, results }: TestReport, paint: Paint): string {
  const head = `${paint.bold(edition)} as a test, from ${from} through ${relay}\n${paint.dim(subject)}\n\n`
  const lines = results.map(({ address, outcome }) => `  ${mark(outcome, paint)} ${address}  ${describeOutcome(outcome)}\n`)
  const accepted = results.filter(({ outcome }) => outcome.kind === 'accepted').length
  return `${head}${lines.join('')}\n${conclusion(accepted, results.length)}\n`
}

function mark({ kind }: Outcome, paint: Paint): string {
  if (kind === 'accepted') return paint.green('✓')
  return kind === 'uncertain' ? paint.yellow('?') : paint.red('✗')
}

function conclusion(accepted: number, all: number): string {
  if (accepted === all)
    return 'Accepted is not yet delivered: look into the mailbox, also among the spam. The unsubscribe links of a test unsubscribe nobody.'
  return `${accepted} of ${count(all, 'message')} accepted. Nothing is sent again by itself.`
}
