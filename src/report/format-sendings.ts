/** The sendings of a list, for the terminal. */

import type { SendingOverview } from '../delivery/read-sendings.ts'
import { describeState, nameOf } from './format-status.ts'
import { formatSum } from './format-sum.ts'
import type { Paint } from './paint.ts'

/** Each sending with its sum, the newest first, in lines of at most `columns`. */
export function formatSendings(sendings: readonly SendingOverview[], columns: number, paint: Paint): string {
  if (sendings.length === 0) return 'Nothing has been sent from this ledger yet.\n'
  const blocks = sendings.map(({ sending, sum }) => {
    const head = `${paint.bold(nameOf(sending))}  ${stateOf(sending)}`
    const lines = sending.recipients === null ? [] : formatSum(sum, Math.min(columns, 100) - 2).split('\n')
    return [head, ...lines.map(line => `  ${line}`)].join('\n')
  })
  return `${blocks.join('\n')}\n\n"news-digest status <edition>" tells more.\n`
}

/** Whether somebody sends it now is not asked here. */
function stateOf(sending: SendingOverview['sending']): string {
  return sending.state === 'running' ? describeState(sending, true).replace('being sent', 'running') : describeState(sending, false)
}
