/** Sums of deliveries in words. */

import type { DeliverySum } from '../delivery/sending.ts'
import { formatNumber } from './format-number.ts'

/** The terms of a sum in the order in which it is promised to close: `accepted 2,950`, `rejected 20` … Those that are nought are left out, accepted ones aside. */
function termsOf(sum: DeliverySum): readonly string[] {
  const terms = [
    ['accepted', sum.accepted],
    ['rejected', sum.rejected],
    ['suppressed', sum.suppressed],
    ['expired', sum.expired],
    ['uncertain', sum.uncertain],
    ['still to send', sum.stillToSend],
  ] as const
  return terms.filter(([name, number]) => number > 0 || name === 'accepted').map(([name, number]) => `${name} ${formatNumber(number)}`)
}

/** `recipients 3,000 = accepted 2,950 + rejected 50`, in lines of at most `columns`, the later ones indented to the terms. */
export function formatSum(sum: DeliverySum, columns: number): string {
  const begin = `recipients ${formatNumber(sum.recipients)} ${sum.closes ? '=' : '≠'} `
  const lines: string[] = []
  let line = begin
  for (const [index, term] of termsOf(sum).entries()) {
    const next = index === 0 ? term : ` + ${term}`
    if (index > 0 && line.length + next.length > columns) {
      lines.push(line)
      line = `${' '.repeat(begin.length - 2)}+ ${term}`
    } else line += next
  }
  return [...lines, line].join('\n')
}
