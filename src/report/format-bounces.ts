/** What came back, for the terminal. */

import type { SubscriberState } from '../ledger/tables.ts'
import { count } from './count.ts'
import { formatNumber } from './format-number.ts'
import type { Paint } from './paint.ts'
import { fitted } from './table.ts'

/** What is reported. */
export interface BouncesReport {
  readonly dryRun: boolean
  readonly messages: number
  readonly known: number
  readonly kinds: Readonly<Record<'hard' | 'soft' | 'complaint' | 'unsubscribe' | 'nothing', number>>
  readonly changed: { readonly bounced: number; readonly complained: number; readonly unsubscribed: number }
  readonly settled: number
  readonly reasons: readonly { readonly reason: string; readonly count: number }[]
  readonly readsSignatures: boolean
  /** The first of those whose state changed. */
  readonly first: readonly MarkedPerson[]
}

/** Somebody whose state changed, and why. */
export interface MarkedPerson {
  readonly address: string
  readonly state: SubscriberState
  readonly why: string
}

/** How many of them are named. */
export const mostMarked = 20

const mostReasons = 6

/** Numbers by kind and what followed, in lines of at most `columns`; and as notes what could not be read. */
export function formatBounces(report: BouncesReport, columns: number, paint: Paint): { readonly text: string; readonly notes: string } {
  const { dryRun, messages, known, kinds, changed, settled, reasons, readsSignatures } = report
  const would = (done: string, planned: string) => (dryRun ? planned : done)
  const rows: readonly (readonly [number, string, string])[] = [
    [kinds.hard, 'hard', `${formatNumber(changed.bounced)} ${would('marked bounced', 'would be marked bounced')}`],
    [kinds.soft, 'soft', 'counted; enough of them count as a hard one'],
    [
      kinds.complaint,
      kinds.complaint === 1 ? 'complaint' : 'complaints',
      `${formatNumber(changed.complained)} ${would('marked complained', 'would be marked complained')}`,
    ],
    [kinds.unsubscribe, 'by mail', `${formatNumber(changed.unsubscribed)} ${would('unsubscribed', 'would be unsubscribed')}`],
    [kinds.nothing, 'nothing', "nobody's state follows from these"],
    [known, 'known', 'read before; nothing was done'],
  ]
  const shown = rows.filter(([number]) => number > 0)
  const width = Math.max(1, ...shown.map(([number]) => formatNumber(number).length))
  const lines = [
    `${paint.bold(`${count(messages, 'message')}`)} read${dryRun ? ', nothing changed (--dry-run)' : ''}`,
    ...shown.map(([number, name, what]) => fitted(`  ${formatNumber(number).padStart(width)} ${name.padEnd(10)}  ${what}`, columns)),
    ...(settled === 0
      ? []
      : [
          `  ${count(settled, 'uncertain delivery', 'uncertain deliveries')} ${would('settled', 'would be settled')} as accepted: they came back`,
        ]),
    ...markedLines(report, columns, paint),
    ...reasonLines(reasons, columns, paint),
  ]
  const notes = readsSignatures
    ? ''
    : `${paint.yellow('!')} NEWS_DIGEST_SECRET is not set: return paths and unsubscribe mail could not be read.\n`
  return { text: `${lines.join('\n')}\n`, notes }
}

function markedLines({ first, changed, dryRun }: BouncesReport, columns: number, paint: Paint): readonly string[] {
  if (first.length === 0) return []
  const more = changed.bounced + changed.complained + changed.unsubscribed - first.length
  return [
    '',
    paint.bold(dryRun ? 'Who would be marked' : 'Who is marked'),
    ...first.map(({ address, state, why }) => fitted(`  ${address}  ${state}: ${why}`, columns)),
    ...(more > 0 ? [`  and ${formatNumber(more)} more: --json lists every decision`] : []),
  ]
}

function reasonLines(reasons: BouncesReport['reasons'], columns: number, paint: Paint): readonly string[] {
  if (reasons.length === 0) return []
  const width = Math.max(...reasons.map(each => formatNumber(each.count).length))
  const more = reasons.length - mostReasons
  return [
    '',
    paint.bold('Why nothing followed'),
    ...reasons.slice(0, mostReasons).map(each => fitted(`  ${formatNumber(each.count).padStart(width)} × ${each.reason}`, columns)),
    ...(more > 0 ? [`  and ${count(more, 'other reason')}: --json lists every decision`] : []),
  ]
}
