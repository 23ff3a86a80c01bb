import type { SendReport } from '../delivery/send-report.ts'
import { formatSpan } from './format-span.ts'
import { formatSum } from './format-sum.ts'
import type { Paint } from './paint.ts'

/** How a sending ended, the sum that closes, and what comes next. */
export function formatSendReport(report: SendReport, paint: Paint, columns: number): string {
  const { sum } = report
  const lines = [headingOf(report, paint), ...(sum === null ? [] : [formatSum(sum, columns)]), ...nextSteps(report)]
  return `${lines.join('\n')}\n`
}

function headingOf({ edition, outcome, acceptedNow, milliseconds, sum }: SendReport, paint: Paint): string {
  const pace =
    milliseconds === 0
      ? ''
      : ` in ${formatSpan(milliseconds / 1000)} (${Math.round(acceptedNow / (milliseconds / 1000)).toLocaleString('en')}/s)`
  switch (outcome.kind) {
    case 'finished':
      return `${(sum?.uncertain ?? 0) === 0 ? paint.green('✓') : paint.yellow('!')} ${edition} is sent${pace}`
    case 'over':
      return `${paint.yellow('·')} ${edition} was sent before, and nothing of it is left to send`
    case 'waits-for-winner':
      return `${paint.green('✓')} Both subjects of ${edition} are out${pace}; the others wait for the winner`
    case 'paused':
      return `${paint.red('✗')} ${edition} is paused: ${outcome.reason}`
    case 'stopped':
      return `${paint.red('✗')} The sending of ${edition} stopped: ${outcome.reason}`
    case 'interrupted':
      return `${paint.yellow('!')} The sending of ${edition} was interrupted${pace}`
    case 'declined':
      return `${paint.yellow('·')} Nothing was sent.`
    case 'cancelled':
      return `${paint.green('✓')} ${edition} is no longer scheduled; nothing was sent`
  }
}

function nextSteps({ edition, outcome, sum, markedFile }: SendReport): readonly string[] {
  const again = `news-digest send ${edition}`
  const steps: string[] = []
  if (outcome.kind === 'paused' || outcome.kind === 'stopped')
    steps.push(`Once that is mended, the same command goes on where it stopped: ${again}`)
  if (outcome.kind === 'interrupted') steps.push(`The same command goes on where it stopped: ${again}`)
  if (outcome.kind === 'waits-for-winner')
    steps.push(`When your site's analytics tell which did better (utm_content A or B): ${again} --winner A`)
  if ((sum?.uncertain ?? 0) > 0)
    steps.push(
      `Of the uncertain ones nobody here knows whether they arrived. The relay's log tells: news-digest reconcile ${edition} --log FILE`,
      `To send to them once more, some twice perhaps: ${again} --retry-uncertain`,
    )
  if (sum !== null && sum.rejected > 0) steps.push(`Who was rejected, and why: news-digest status ${edition}`)
  if (outcome.kind === 'finished' && markedFile !== null) steps.push(`${markedFile} says now that it is sent. Commit that file.`)
  return steps
}
