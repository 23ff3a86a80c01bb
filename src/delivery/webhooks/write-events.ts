/** Events of a provider, into the ledger by the same steps as messages that came back. */

import { hash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { Ledger } from '../../ledger/ledger.ts'
import type { Incoming, IncomingContext, IncomingEntry } from '../bounces/incoming.ts'
import { writeIncoming } from '../bounces/write-incoming.ts'
import { type EventReading, providerNames, type WebhookProvider } from './webhook.ts'

/** What a webhook came to, in numbers. */
export interface WebhookCounts {
  readonly hard: number
  readonly soft: number
  readonly complaints: number
  readonly unsubscribed: number
  /** Decided that nothing follows. */
  readonly nothing: number
  /** About no message of ours; of `nothing`. */
  readonly unknown: number
  /** Told before, and did nothing again. */
  readonly repeated: number
  /** Deliveries, opens and whatever else does not concern the list. */
  readonly ignored: number
  /** Events that could not be read. */
  readonly broken: number
}

/** Events in a transaction: a durable commit for each would take longer than all the rest, and others must be able to write in between. */
const inATransaction = 50

/**
 * Writes what follows. Events of a group are written together or not at all, and what is told again counts once: so the provider may simply send all of it again
 * where this throws.
 */
export async function writeEvents(
  { write }: Pick<Ledger, 'write'>,
  provider: WebhookProvider,
  readings: readonly EventReading[],
  context: IncomingContext,
): Promise<WebhookCounts> {
  const name = providerNames[provider]
  const messages = readings.flatMap((reading): Incoming[] =>
    reading.kind !== 'event'
      ? []
      : [
          {
            source: `a webhook of ${name}`,
            identity: hash('sha256', `${provider} webhook\n${reading.event.id}`),
            content: reading.event.content,
            by: `${name} webhook`,
          },
        ],
  )
  const entries: IncomingEntry[] = []
  for (let from = 0; from < messages.length; from += inATransaction) {
    const written = await write(async db => {
      const all: IncomingEntry[] = []
      for (const message of messages.slice(from, from + inATransaction)) all.push(...(await writeIncoming(db, message, context)))
      return all
    })
    entries.push(...written)
    // SQLite answers at once, so that without a pause nobody else would be heard before the last event.
    await setImmediate()
  }
  const fresh = entries.filter(({ isKnown }) => !isKnown)
  const count = (kind: IncomingEntry['kind']) => fresh.filter(each => each.kind === kind).length
  return {
    hard: count('hard'),
    soft: count('soft'),
    complaints: count('complaint'),
    unsubscribed: count('unsubscribe'),
    nothing: count('nothing'),
    unknown: fresh.filter(({ delivery }) => delivery === null).length,
    repeated: entries.length - fresh.length,
    ignored: readings.filter(({ kind }) => kind === 'ignored').length,
    broken: readings.filter(({ kind }) => kind === 'broken').length,
  }
}
