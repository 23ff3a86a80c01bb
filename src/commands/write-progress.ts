import type { WriteStream } from 'node:tty'
import { formatNumber } from '../report/format-number.ts'
import type { CommandContext } from './command.ts'

/** A step shorter than this shows nothing. */
const quietMilliseconds = 1000
const redrawMilliseconds = 100

/** Shows one line with the running step on a terminal, from its second second on; elsewhere nothing. A total of 0 is not known. `end` wipes the line. */
export function createProgress(stream: WriteStream, silent: boolean): { report: CommandContext['progress']; end: () => void } {
  if (silent || !stream.isTTY) return { report: () => {}, end: () => {} }
  let shownAt = 0
  const startedAt = performance.now()
  const report: CommandContext['progress'] = (step, done, total) => {
    const now = performance.now()
    if (now - startedAt < quietMilliseconds || now - shownAt < redrawMilliseconds) return
    shownAt = now
    stream.write(`\r\x1b[K${step} ${formatNumber(done)}${total === 0 ? '' : ` of ${formatNumber(total)}`}`)
  }
  return { report, end: () => void (shownAt > 0 && stream.write('\r\x1b[K')) }
}
