/** A relay's log, as it lies on disk. */

import { readLinePieces, readStream } from '../bounces/read-stream.ts'
import type { LogClock } from './log-time.ts'
import { postfixLogParser } from './parse-postfix-log.ts'
import type { RelayEvent } from './relay-event.ts'

/**
 * What Postfix's mail logs tell, in the order of the files (give the oldest first: `mail.log.2.gz`, `mail.log.1`, `mail.log`); `-` is `standardInput`. A name that
 * ends in `.gz` is uncompressed. Keeps a few lines in memory.
 *
 * @throws UserError `file-unreadable` where one cannot be read
 */
export async function* readPostfixLog(
  paths: readonly string[],
  clock: LogClock,
  standardInput: AsyncIterable<Uint8Array>,
): AsyncGenerator<RelayEvent> {
  const parse = postfixLogParser(clock)
  for (const path of paths) {
    for await (const pieces of readLinePieces(path === '-' ? standardInput : readStream(path))) {
      for (const { bytes, startsLine } of pieces) {
        const event = startsLine ? parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8').trimEnd()) : null
        if (event !== null) yield event
      }
    }
  }
}
