import { describeOutcome } from '../transport/describe-outcome.ts'
import type { Outcome } from '../transport/outcome.ts'
import { count } from './count.ts'
import type { Paint } from './paint.ts'

/** What is said of a test that was sent, or not. */
export interface TestReport {
  readonly edition: string
  readonly subject: string
  readonly from: string
  readonly relay: string
  readonly results: readonly { readonly address: string; readonly outcome: Outcome }[]
}

/** What was accepted, as text, and what was not, as notes: those are shown even to somebody who asked for quiet. */
export function formatTestSend({ edition, subject, from, relay, results }: TestReport, paint: Paint): { text: string; notes: string } {
  const head = `${paint.bold(edition)} as a test, from ${from} through ${relay}\n${paint.dim(subject)}\n\n`
  const accepted = results.filter(({ outcome }) => outcome.kind === 'accepted')
  const others = results.filter(({ outcome }) => outcome.kind !== 'accepted')
  const lines = (some: TestReport['results']) =>
    some.map(({ address, outcome }) => `  ${mark(outcome, paint)} ${address}  ${describeOutcome(outcome)}\n`).join('')
  const advice =
    'Accepted is not yet delivered: look into the mailbox, also among the spam. The unsubscribe links of a test unsubscribe nobody.\n'
  return {
    text: `${head}${lines(accepted)}${accepted.length === 0 ? '' : `\n${advice}`}`,
    notes:
      others.length === 0
        ? ''
        : `${lines(others)}\n${accepted.length} of ${count(results.length, 'message')} accepted. Nothing is sent again by itself.\n`,
  }
}

function mark({ kind }: Outcome, paint: Paint): string {
  if (kind === 'accepted') return paint.green('✓')
  return kind === 'uncertain' ? paint.yellow('?') : paint.red('✗')
}
