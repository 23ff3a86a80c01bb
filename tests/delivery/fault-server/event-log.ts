/** The server's events in a file, one JSON line each. */

import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import type { ServerEvent } from './fault.ts'

/** Appends each event before it returns: what was appended survives the process. */
export function eventLog(file: string): (event: ServerEvent) => void {
  return event => appendFileSync(file, `${JSON.stringify(event)}\n`)
}

/** All events of a file in their order; none where there is no file. A last line that was cut short is left out. */
export function readEvents(file: string): ServerEvent[] {
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines.slice(0, -1).map(line => JSON.parse(line) as ServerEvent)
}
