/** Recipients as CSV (RFC 4180). */

import type { RecipientRow } from '../delivery/read-recipients.ts'
import { csvLine } from '../subscribers/csv-line.ts'

const columns = ['address', 'state', 'variant', 'attempts', 'code', 'enhanced', 'reply', 'relay', 'queueId', 'time', 'sending'] as const

/** The line of names. */
export const recipientCsvHead = csvLine(columns)

/** A line for each recipient; times in UTC (ISO 8601). */
export function recipientCsv(rows: readonly RecipientRow[]): string {
  return rows.map(toLine).join('')
}

function toLine(row: RecipientRow): string {
  const { address, state, variant, attempts, code, enhanced, reply, relay, queueId, changedAt, sending } = row
  return csvLine([address, state, variant, attempts, code, enhanced, reply, relay, queueId, new Date(changedAt).toISOString(), sending])
}
