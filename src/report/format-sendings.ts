/** The sendings of a list, for the terminal. */

import type { SendingOverview } from '../delivery/read-sendings.ts'
import { describeState, nameOf } from './format-status.ts'
import { formatSum } from './format-sum.ts'
import type { Paint } from './paint.ts'

/** A sending in short, and whether a process is sending it now. */
export interface SendingLine extends SendingOverview {
  readonly isBeingSent: boolean
}

/** Each sending with its sum, the newest first, in lines of at most `columns`. */
export function formatSendings(sendings: readonly SendingLine[], columns: number, paint: Paint): string {
  if (sendings.length === 0) return 'Nothing has been sent from this ledger yet.\n'
  const blocks = sendings.map(({ sending, sum, ...now }) => {
    const head = `${paint.bold(nameOf(sending))}  ${describeState(sending, now)}`
    const lines = sending.recipients === null ? [] : formatSum(sum, Math.min(columns, 100) - 2).split('\n')
    return [head, ...lines.map(line => `  ${line}`)].join('\n')
  })
  return `${blocks.join('\n')}\n\n"news-digest status <edition>" tells more.\n`
}
