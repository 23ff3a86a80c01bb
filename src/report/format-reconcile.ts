/** What became of uncertain deliveries, for the terminal. */

import stringWidth from 'string-width'
import type { Settled } from '../delivery/reconcile/write-settlements.ts'
import { formatNumber } from './format-number.ts'
import type { Paint } from './paint.ts'
import { fitted, padded } from './table.ts'
import { wrapWords } from './wrap-words.ts'

/** What is reported. */
export interface ReconcileReport {
  readonly edition: string
  readonly dryRun: boolean
  readonly deliveries: readonly { readonly address: string; readonly result: Settled; readonly why: string }[]
  readonly left: number
}

/** In the order in which they are told. */
const meanings: Readonly<Record<Settled, string>> = {
  accepted: 'the relay had taken them over',
  rejected: 'the relay had refused them for good',
  again: 'the relay had refused them for now, and they are to be sent again',
  expired: 'the relay had refused them for now, and the time of the sending is over',
  changed: 'somebody else settled them meanwhile',
  uncertain: 'nothing tells, so they stay as they are',
}

const mostShown = 20

/** Numbers by result, each with its deliveries, and what is left to do; in lines of at most `columns`. */
export function formatReconcile({ edition, dryRun, deliveries, left }: ReconcileReport, columns: number, paint: Paint): string {
  if (deliveries.length === 0) return `Nothing of ${edition} is uncertain.\n`
  const width = Number.isFinite(columns) ? Math.min(columns, 100) : columns
  const blocks = Object.entries(meanings).flatMap(([result, meaning]) => {
    const some = deliveries.filter(each => each.result === result)
    if (some.length === 0) return []
    const head = `${paint.bold(`${formatNumber(some.length)} ${result}`)}: ${meaning}`
    return [[head, ...lines(some, width)].join('\n')]
  })
  const again = deliveries.some(({ result }) => result === 'again')
  return `${[...blocks, next({ edition, dryRun, left, again }, paint)].join('\n\n')}\n`
}

function lines(some: ReconcileReport['deliveries'], columns: number): readonly string[] {
  const shown = some.slice(0, mostShown)
  const name = Math.min(Math.max(...shown.map(({ address }) => stringWidth(address))), Math.max(20, columns - 50))
  const more = some.length - shown.length
  return [
    ...shown.flatMap(({ address, why }) =>
      wrapWords(why, columns - name - 4).map((line, index) => `  ${padded(index === 0 ? fitted(address, name) : '', name)}  ${line}`),
    ),
    ...(more > 0 ? [`  and ${formatNumber(more)} more: --json lists them`] : []),
  ]
}

interface Left extends Pick<ReconcileReport, 'edition' | 'dryRun' | 'left'> {
  readonly again: boolean
}

function next({ edition, dryRun, left, again }: Left, paint: Paint): string {
  const command = (text: string) => `  ${paint.cyan(text)}`
  if (dryRun) return 'Nothing was changed (--dry-run).'
  const parts = [
    ...(again ? ['What is to be sent again goes out with the same command:', command(`news-digest send ${edition}`)] : []),
    ...(left > 0
      ? ['What stays uncertain you may send again; some may then get it twice:', command(`news-digest send ${edition} --retry-uncertain`)]
      : []),
  ]
  return parts.length > 0 ? parts.join('\n') : `Nothing of ${edition} is uncertain any more.`
}
