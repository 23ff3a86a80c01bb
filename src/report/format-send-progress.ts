import { type SendingProgress, sumOf } from '../delivery/sending.ts'
import { formatRoughly } from './format-duration.ts'
import { formatNumber } from './format-number.ts'
import { fitted } from './table.ts'

/** A sending's progress with the number of its recipients. */
export type ShownProgress = SendingProgress & { readonly recipients: number }

const barWidth = 20

/** One line for a terminal of so many columns: a bar, the states, the rate, the time that is left. */
export function formatSendProgress(progress: ShownProgress, columns: number): string {
  const { counts, recipients, waitsFor } = progress
  const { stillToSend } = sumOf(counts, recipients)
  const share = recipients === 0 ? 1 : (recipients - stillToSend) / recipients
  const full = Math.floor(share * barWidth)
  const bar = `${'█'.repeat(full)}${'░'.repeat(barWidth - full)} ${Math.floor(share * 100)}%`
  const states = [
    `${formatNumber(counts.accepted)} accepted`,
    ...(['deferred', 'rejected', 'uncertain'] as const)
      .filter(state => counts[state] > 0)
      .map(state => `${formatNumber(counts[state])} ${state}`),
  ].join(', ')
  // Why nothing moves says more than a bar that does not.
  if (waitsFor !== null) return fitted(`${Math.floor(share * 100)}%  ${states}  waits for ${waitsFor}`, columns - 1)
  const { perSecond, secondsLeft } = paceOf(progress)
  const pace = `${formatNumber(Math.round(perSecond))}/s${secondsLeft === null ? '' : `, ${formatRoughly(secondsLeft * 1000)} left`}`
  return fitted(`${bar}  ${states}  ${pace}`, columns - 1)
}

/** The same for a program. Rates in messages a second, times in seconds. */
export function sendProgressJson(progress: ShownProgress): object {
  const { counts, recipients, elapsed, waitsFor } = progress
  return { recipients, ...counts, ...paceOf(progress), seconds: Math.round(elapsed / 1000), waitsFor }
}

function paceOf({ counts, recipients, acceptedNow, elapsed }: ShownProgress): {
  readonly perSecond: number
  readonly secondsLeft: number | null
} {
  const perSecond = elapsed < 500 ? 0 : Math.round((acceptedNow / elapsed) * 100_000) / 100
  const { stillToSend } = sumOf(counts, recipients)
  return { perSecond, secondsLeft: perSecond === 0 ? null : Math.ceil(stillToSend / perSecond) }
}
