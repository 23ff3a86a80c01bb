/** What messages would come to: each is written and taken back, and what those before it would have changed is remembered here. */

import type { Ledger } from '../../ledger/ledger.ts'
import type { Incoming, IncomingContext, IncomingEntry } from './incoming.ts'
import { timeOf } from './read-statements.ts'
import { writeIncoming } from './write-incoming.ts'

/** Gives what one message after another would come to. */
export type Rehearse = (message: Incoming) => Promise<readonly IncomingEntry[]>

/** A rehearsal for one run: a message that comes twice is known the second time, and soft bounces add up. The ledger stays as it is. */
export function rehearseIncoming(ledger: Ledger, context: IncomingContext): Rehearse {
  const seen = new Set<string>()
  const softAt = new Map<number, Map<number, number>>()
  const changed = new Map<number, string>()
  const settled = new Set<number>()
  const softBefore = (subscriber: number, delivery: number) =>
    [...(softAt.get(subscriber) ?? [])].filter(([each]) => each !== delivery).map(([, at]) => at)

  const remember = (message: Incoming, entry: IncomingEntry): IncomingEntry => {
    const key = `${message.identity} ${entry.delivery ?? entry.address ?? ''}`
    if (entry.isKnown || seen.has(key)) return { ...entry, isKnown: true, changedTo: null, settled: false }
    seen.add(key)
    const { subscriber, delivery, changedTo } = entry
    const { content } = message
    if (entry.kind === 'soft' && content.kind === 'bounce' && subscriber !== null && delivery !== null) {
      const own = softAt.get(subscriber) ?? new Map<number, number>()
      softAt.set(subscriber, own.set(delivery, timeOf(content, context)))
    }
    const changes = subscriber !== null && changedTo !== null && changed.get(subscriber) !== changedTo
    if (changes) changed.set(subscriber, changedTo)
    const settles = entry.settled && delivery !== null && !settled.has(delivery)
    if (settles) settled.add(delivery)
    return { ...entry, changedTo: changes ? changedTo : null, settled: settles }
  }
  return async message => {
    const takenBack = new Error('taken back')
    let entries: readonly IncomingEntry[] = []
    try {
      await ledger.write(async db => {
        entries = await writeIncoming(db, message, { ...context, softBefore })
        throw takenBack
      })
    } catch (error) {
      if (error !== takenBack) throw error
    }
    return entries.map(entry => remember(message, entry))
  }
}
