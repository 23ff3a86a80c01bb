/** Recipients as CSV (RFC 4180). */

import type { RecipientRow } from '../delivery/read-recipients.ts'
import { withGuard } from '../subscribers/cell-guard.ts'

const columns = ['address', 'state', 'variant', 'attempts', 'code', 'enhanced', 'reply', 'relay', 'queueId', 'time', 'sending'] as const

/** The line of names. */
export const recipientCsvHead = `${columns.join(',')}\r\n`

/** A line for each recipient: times in UTC (ISO 8601), and before what a spreadsheet would run as a formula an apostrophe. */
export function recipientCsv(rows: readonly RecipientRow[]): string {
  return rows.map(toLine).join('')
}

function toLine(row: RecipientRow): string {
  const { address, state, variant, attempts, code, enhanced, reply, relay, queueId, changedAt, sending } = row
  const cells = [address, state, variant, attempts, code, enhanced, reply, relay, queueId, new Date(changedAt).toISOString(), sending]
  return `${cells.map(toCell).join(',')}\r\n`
}

function toCell(value: string | number | null): string {
  const text = typeof value === 'string' ? withGuard(value) : String(value ?? '')
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
