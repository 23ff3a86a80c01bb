import type { WriteStream } from 'node:tty'
import type { SendingProgress } from '../delivery/sending.ts'
import { formatSendProgress, sendProgressJson } from '../report/format-send-progress.ts'

/** Where a sending stands, for whoever watches. */
export interface SendProgress {
  readonly report: (progress: SendingProgress & { readonly recipients: number }) => void
  readonly waitUntil: (instant: number) => void
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
  return {
    report: progress => {
      if (draws && isTime(betweenDraws)) draw(formatSendProgress(progress, stream.columns ?? 80))
      else if (!draws && isTime(betweenLines)) line({ progress: sendProgressJson(progress) })
    },
    waitUntil: instant => {
      const until = new Date(instant).toISOString()
      if (draws)
        draw(`Waiting until ${until.slice(0, 16).replace('T', ' ')} UTC; Ctrl-C ends the waiting, and the same command goes on with it.`)
      else line({ waitingUntil: until })
    },
    say: text => {
      wipe()
      if (json) line({ note: text })
      else stream.write(`${text}\n`)
    },
    end: wipe,
  }
}
