/** Deliveries by state as a table. */

import stringWidth from 'string-width'
import type { CountsOf } from '../delivery/read-status.ts'
import { type DeliverySum, sumOf } from '../delivery/sending.ts'
import { formatNumber } from './format-number.ts'
import type { Paint } from './paint.ts'
import { fitted, padded } from './table.ts'

/** How a table is headed, and how much of it is shown. */
export interface CountsTable {
  readonly title: string
  readonly rows: readonly CountsOf[]
  /** The rest are one row together. */
  readonly most: number
  readonly columns: number
  readonly paint: Paint
}

interface Line {
  readonly name: string
  readonly sum: DeliverySum
}

const states = [
  ['all', (sum: DeliverySum) => sum.recipients],
  ['accepted', (sum: DeliverySum) => sum.accepted],
  ['rejected', (sum: DeliverySum) => sum.rejected],
  ['suppressed', (sum: DeliverySum) => sum.suppressed],
  ['expired', (sum: DeliverySum) => sum.expired],
  ['uncertain', (sum: DeliverySum) => sum.uncertain],
  ['to send', (sum: DeliverySum) => sum.stillToSend],
] as const

const leastName = 12
const mostName = 40

/** One line for each name, states in columns; a state that nobody is in has none. Without rows: nothing. */
export function formatCounts({ title, rows, most, columns, paint }: CountsTable): readonly string[] {
  if (rows.length === 0) return []
  const lines = [...rows.slice(0, most).map(toLine), ...restOf(rows.slice(most))]
  const shown = states.filter(([name, of]) => name === 'all' || lines.some(({ sum }) => of(sum) > 0))
  const widths = shown.map(([name, of]) => Math.max(name.length, ...lines.map(({ sum }) => formatNumber(of(sum)).length)))
  const numbers = widths.reduce((all, width) => all + width, 0)
  const wanted = Math.min(mostName, Math.max(title.length, ...lines.map(({ name }) => stringWidth(name) + 2)))
  const gap = wanted + numbers + 2 * widths.length > columns ? 1 : 2
  const name = Math.min(wanted, Math.max(leastName, columns - numbers - gap * widths.length))
  const cells = (texts: readonly string[]) => texts.map((text, index) => text.padStart((widths[index] ?? 0) + gap)).join('')
  return [
    `${paint.bold(padded(fitted(title, name), name))}${paint.dim(cells(shown.map(([each]) => each)))}`,
    ...lines.map(line => padded(`  ${fitted(line.name, name - 2)}`, name) + cells(shown.map(([, of]) => formatNumber(of(line.sum))))),
  ]
}

function toLine({ name, counts }: CountsOf): Line {
  const recipients = Object.values(counts).reduce((all, count) => all + count, 0)
  return { name, sum: sumOf(counts, recipients) }
}

function restOf(rows: readonly CountsOf[]): readonly Line[] {
  if (rows.length === 0) return []
  const sums = rows.map(row => toLine(row).sum)
  const total = (of: (sum: DeliverySum) => number) => sums.reduce((all, sum) => all + of(sum), 0)
  const sum = {
    recipients: total(each => each.recipients),
    accepted: total(each => each.accepted),
    rejected: total(each => each.rejected),
    suppressed: total(each => each.suppressed),
    expired: total(each => each.expired),
    uncertain: total(each => each.uncertain),
    stillToSend: total(each => each.stillToSend),
    closes: sums.every(({ closes }) => closes),
  }
  return [{ name: `${formatNumber(rows.length)} more`, sum }]
}
