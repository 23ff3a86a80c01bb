import type { WriteStream } from 'node:tty'
import type { ScheduledTime } from '../delivery/send-report.ts'
import type { SendingProgress } from '../delivery/sending.ts'
import { formatSendProgress, sendProgressJson } from '../report/format-send-progress.ts'
import { formatZoned } from '../report/format-zoned.ts'
import { fitted } from '../report/table.ts'

/** Where a sending stands, for whoever watches. */
export interface SendProgress {
  readonly report: (progress: SendingProgress & { readonly recipients: number }) => void
  readonly waitUntil: (time: ScheduledTime) => void
  /** One line that stays. */
  readonly say: (text: string) => void
  readonly end: () => void
}

const betweenLines = 1000
const betweenDraws = 200

/** On a terminal one line that is drawn again and again; elsewhere, and with `--json`, one JSON object a second on a line of its own. */
export function createSendProgress(
  stream: WriteStream,
  { silent, json }: { readonly silent: boolean; readonly json: boolean },
): SendProgress {
  const draws = stream.isTTY === true && !json
  let shownAt = Number.NEGATIVE_INFINITY
  let isDrawn = false
  const isTime = (span: number) => {
    if (performance.now() - shownAt < span) return false
    shownAt = performance.now()
    return true
  }
  const draw = (text: string) => {
    isDrawn = true
    stream.write(`\r\x1b[K${text}`)
  }
  const wipe = () => {
    if (isDrawn) stream.write('\r\x1b[K')
    isDrawn = false
  }
  const line = (object: object) => stream.write(`${JSON.stringify(object)}\n`)
  if (silent) return { report: () => {}, waitUntil: () => {}, say: () => {}, end: () => {} }
  let unshown: (SendingProgress & { readonly recipients: number }) | null = null
  let announced = Number.NaN
  return {
    report: progress => {
      if (draws && isTime(betweenDraws)) draw(formatSendProgress(progress, stream.columns ?? 80))
      else if (!draws && isTime(betweenLines)) line({ progress: sendProgressJson(progress) })
      else if (!draws) {
        unshown = progress
        return
      }
      unshown = null
    },
    waitUntil: time => {
      if (draws) draw(fitted(`Waits until ${formatZoned(time)}; Ctrl-C ends the waiting.`, (stream.columns ?? 80) - 1))
      else if (time.instant !== announced) line({ waitingUntil: new Date(time.instant).toISOString(), zone: time.zone })
      announced = time.instant
    },
    say: text => {
      wipe()
      if (!draws) line({ note: text })
      else stream.write(`${text}\n`)
    },
    end: () => {
      wipe()
      // The last line is how it ended, however soon that came.
      if (unshown !== null) line({ progress: sendProgressJson(unshown) })
      unshown = null
    },
  }
}
