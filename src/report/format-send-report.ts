import type { SendReport } from '../delivery/send-report.ts'
import { formatRoughly } from './format-duration.ts'
import { formatNumber } from './format-number.ts'
import { formatSum } from './format-sum.ts'
import { formatZoned } from './format-zoned.ts'
import type { Paint } from './paint.ts'
import { wrapWords } from './wrap-words.ts'

/** How a sending ended, the sum that closes, and what comes next. */
export function formatSendReport(report: SendReport, paint: Paint, columns: number): string {
  const { sum } = report
  const steps = nextSteps(report).flatMap(([text, command]) => [
    ...wrapWords(text, columns),
    ...(command === '' ? [] : [`  ${paint.cyan(command)}`]),
  ])
  const [heading = '', ...more] = wrapWords(headingOf(report), columns - 2)
  const lines = [
    `${markOf(report, paint)} ${heading}`,
    ...more.map(line => `  ${line}`),
    ...(sum === null ? [] : [formatSum(sum, columns)]),
    ...steps,
  ]
  return `${lines.join('\n')}\n`
}

/** The command that goes on with it. */
function commandOf({ edition, kind }: SendReport): string {
  return `news-digest send ${edition}${kind === 'edition' ? '' : ` --${kind}`}`
}

const addressees = { edition: '', late: ' to those who joined since', welcome: ' to those newly confirmed' } as const

function markOf({ outcome, sum }: SendReport, paint: Paint): string {
  switch (outcome.kind) {
    case 'finished':
      if ((sum?.expired ?? 0) > 0) return paint.red('✗')
      return (sum?.uncertain ?? 0) === 0 ? paint.green('✓') : paint.yellow('!')
    case 'waits-for-winner':
    case 'cancelled':
      return paint.green('✓')
    case 'paused':
    case 'stopped':
      return paint.red('✗')
    case 'interrupted':
    case 'still-scheduled':
      return paint.yellow('!')
    case 'over':
    case 'declined':
      return paint.yellow('·')
  }
}

function headingOf(report: SendReport): string {
  const { outcome, kind, sum } = report
  const edition = `${report.edition}${addressees[kind]}`
  const pace = paceOf(report)
  switch (outcome.kind) {
    case 'finished':
      return (sum?.expired ?? 0) > 0
        ? `The sending of ${edition} is over${pace}: its time ran out (send.notAfter) before all was sent`
        : `${edition} is sent${pace}`
    case 'over':
      return `${edition} was sent before, and nothing of it is left to send`
    case 'waits-for-winner':
      return `Both subjects of ${edition} are out${pace}; the others wait for the winner`
    case 'paused':
      return `${edition} is paused${pace}: ${outcome.reason}`
    case 'stopped':
      return `The sending of ${edition} stopped${pace}: ${outcome.reason}`
    case 'interrupted':
      return `The sending of ${edition} was interrupted${pace}`
    case 'still-scheduled':
      return `${edition} still has its time, ${formatZoned(outcome.scheduledFor)}, but nothing waits for it now. Nothing was sent`
    case 'declined':
      return 'Nothing was sent'
    case 'cancelled':
      return `${edition} has no time any more, and nothing was sent`
  }
}

function paceOf({ milliseconds, acceptedNow, outcome }: SendReport): string {
  if (milliseconds === 0) return ''
  const span = `${outcome.kind === 'finished' || outcome.kind === 'waits-for-winner' ? 'in' : 'after'} ${formatRoughly(milliseconds)}`
  // A rate over less than a second says nothing.
  return milliseconds < 1000 || acceptedNow === 0
    ? ` ${span}`
    : ` ${span} (${formatNumber(Math.round(acceptedNow / (milliseconds / 1000)))}/s)`
}

/** A sentence, and the command that it speaks of; empty where it speaks of none. */
type Step = readonly [text: string, command: string]

function nextSteps(report: SendReport): readonly Step[] {
  const { edition, outcome, sum, markedFile } = report
  const again = commandOf(report)
  const steps: Step[] = []
  if (outcome.kind === 'paused' || outcome.kind === 'stopped')
    steps.push(['Once that is mended, the same command goes on where it stopped:', again])
  if (outcome.kind === 'interrupted') steps.push(['The same command goes on where it stopped:', again])
  if (outcome.kind === 'still-scheduled') steps.push(['The same command waits on:', again], ['To take the time back:', `${again} --cancel`])
  if (outcome.kind === 'waits-for-winner')
    steps.push(["When your site's analytics tell which did better (utm_content A or B):", `${again} --winner A`])
  if ((sum?.uncertain ?? 0) > 0)
    steps.push(
      [
        'Of the uncertain ones nobody here knows whether the relay took them. Its log tells:',
        `news-digest reconcile ${edition} --log /var/log/mail.log`,
      ],
      ['To send to them once more, to some perhaps twice:', `${again} --retry-uncertain`],
    )
  if (sum !== null && sum.rejected > 0) steps.push(['Who was rejected, and why:', `news-digest status ${edition}`])
  if (markedFile !== null) steps.push([`${markedFile} says that it is sent. Commit that file.`, ''])
  return steps
}
