/** Messages that came back, one after another, into the ledger. */

import type { Ledger } from '../../ledger/ledger.ts'
import { readLinkToken } from '../../message/link-token.ts'
import type { Incoming, IncomingContext, IncomingEntry } from './incoming.ts'
import { headOf } from './message-head.ts'
import { parseBounce } from './parse-bounce.ts'
import type { RawMessage } from './read-bounces.ts'
import { unsubscribeToken } from './unsubscribe-mail.ts'
import { writeIncoming } from './write-incoming.ts'
import { rehearseIncoming } from './write-rehearsal.ts'

/** What to do with the messages, and whom to tell. */
export interface MailboxRun {
  readonly ledger: Ledger
  readonly messages: AsyncIterable<RawMessage>
  readonly context: IncomingContext
  /** Say what would be done, and do nothing. */
  readonly dryRun: boolean
  /** Told of each message once what it came to is committed. */
  readonly onMessage: (entries: readonly IncomingEntry[]) => void
}

/** Messages in a transaction: a durable commit for each would take longer than all the rest. */
const inATransaction = 50

/** Takes each message apart and writes what follows. What was committed stays where a later message cannot be read. */
export async function runMailbox({ ledger, messages, context, dryRun, onMessage }: MailboxRun): Promise<void> {
  const rehearse = dryRun ? rehearseIncoming(ledger, context) : null
  let group: Incoming[] = []
  const writeGroup = async () => {
    const written = await ledger.write(async db => {
      const all: (readonly IncomingEntry[])[] = []
      for (const message of group) all.push(await writeIncoming(db, message, context))
      return all
    })
    group = []
    for (const entries of written) onMessage(entries)
  }
  for await (const message of messages) {
    const incoming = await toIncoming(message, context)
    if (rehearse !== null) onMessage(await rehearse(incoming))
    else if (group.push(incoming) >= inATransaction) await writeGroup()
  }
  if (group.length > 0) await writeGroup()
}

/** A message taken apart. Without a secret, nobody can tell whose token an unsubscribe mail has: it stays to be read again. */
async function toIncoming({ source, bytes }: RawMessage, { secret, now }: IncomingContext): Promise<Incoming> {
  const { identity, subject } = headOf(bytes)
  const token = unsubscribeToken(subject)
  if (token === null || secret === null) return { source, identity, content: await parseBounce(bytes) }
  const reading = readLinkToken(token, secret, { purpose: 'unsubscribe', now: new Date(now) })
  return { source, identity, content: { kind: 'unsubscribe', claim: reading.kind === 'valid' ? reading.claim : null } }
}
