import stringWidth from 'string-width'
import { subscriberStates } from '../ledger/tables.ts'
import type { SubscriberStats, ValueCount } from '../subscribers/subscriber-stats.ts'
import { formatNumber } from './format-number.ts'
import type { Paint } from './paint.ts'
import { fitted, padded } from './table.ts'

/** A list in figures. Shares are of those who are subscribed, those of reasons of all reasons that were given. */
export function formatStats(list: string, stats: SubscriberStats, columns: number, paint: Paint): string {
  const { states, languages, tags, domains, months, reasons } = stats
  const total = Object.values(states).reduce((sum, count) => sum + count, 0)
  const firstMonth = months.findLastIndex(({ joined, left }) => joined > 0 || left > 0)
  const shownMonths = months.slice(0, firstMonth + 1)
  const stateRows = subscriberStates.filter(state => states[state] > 0).map(state => ({ value: state, count: states[state] }))
  return [
    `${paint.bold(list)}  ${formatNumber(total)} in all`,
    '',
    ...countRows(stateRows, null, columns),
    ...section(
      'Languages',
      languages.map(({ value, count }) => ({ value: value === '' ? 'not known' : value, count })),
      states.subscribed,
      columns,
      paint,
    ),
    ...section('Tags', tags, states.subscribed, columns, paint),
    ...section('Domains', domains, states.subscribed, columns, paint),
    ...(shownMonths.length === 0 ? [] : ['', paint.dim(`${padded('Month', 10)}${'joined'.padStart(10)}${'left'.padStart(10)}`)]),
    ...shownMonths.map(({ month, joined, left }) => `${padded(month, 10)}${figure(joined, 10)}${figure(left, 10)}`),
    ...section('Reasons for leaving, of twelve months', reasons, sumOf(reasons), columns, paint),
    '',
  ].join('\n')
}

function sumOf(rows: readonly ValueCount[]): number {
  return rows.reduce((sum, { count }) => sum + count, 0)
}

function section(title: string, rows: readonly ValueCount[], whole: number, columns: number, paint: Paint): readonly string[] {
  return rows.length === 0 ? [] : ['', paint.dim(title), ...countRows(rows, whole, columns)]
}

function countRows(rows: readonly ValueCount[], whole: number | null, columns: number): readonly string[] {
  const width = Math.min(Math.max(14, ...rows.map(({ value }) => stringWidth(value))), Math.max(14, columns - 24))
  return rows.map(({ value, count }) => {
    const share = whole === null || whole === 0 ? '' : `  ${((count / whole) * 100).toFixed(1).padStart(5)} %`
    return `  ${padded(fitted(value, width), width)}${figure(count, 11)}${share}`
  })
}

function figure(number: number, width: number): string {
  return formatNumber(number).padStart(width)
}
