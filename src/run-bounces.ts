/** What came back, in one go: read, matched, decided, recorded. */

import type { Settings } from './config/config.ts'
import { durationOf } from './config/duration.ts'
import type { IncomingEntry } from './delivery/bounces/incoming.ts'
import { readBounces } from './delivery/bounces/read-bounces.ts'
import { createMessageIdIndex } from './delivery/bounces/read-message-ids.ts'
import { runMailbox } from './delivery/bounces/run-mailbox.ts'
import type { LedgerPlace } from './ledger/ledger.ts'
import { withLedger } from './ledger/open-ledger.ts'
import { parseSecret, parseSecretIfSet } from './message/secret-keys.ts'

/** What to read, and where it counts. */
export interface BouncesRequest {
  readonly settings: Settings
  readonly place: LedgerPlace
  /** A maildir, an mbox, `.eml` files, each also as `.gz`; `-` for `standardInput`. */
  readonly paths: readonly string[]
  readonly standardInput: AsyncIterable<Uint8Array>
  /** NEWS_DIGEST_SECRET; undefined where it is not set. */
  readonly secret: string | undefined
  readonly now: Date
  /** Say what would be done, and do nothing. */
  readonly dryRun: boolean
  readonly onProgress?: (step: string, done: number, total: number) => void
  /** Told of everything that was decided. */
  readonly onEntry?: (entry: IncomingEntry) => void
}

/** What it came to, in numbers. */
export interface BouncesResult {
  readonly dryRun: boolean
  readonly messages: number
  /** Statements that were read before, and did nothing. */
  readonly known: number
  /** The others by kind. */
  readonly kinds: Readonly<Record<IncomingEntry['kind'], number>>
  /** Subscribers by their new state. */
  readonly changed: { readonly bounced: number; readonly complained: number; readonly unsubscribed: number }
  /** Deliveries that were uncertain and are accepted. */
  readonly settled: number
  /** Why nothing followed, by how often, the most frequent first. */
  readonly reasons: readonly { readonly reason: string; readonly count: number }[]
  /** False without NEWS_DIGEST_SECRET: return paths and unsubscribe mail could not be read. */
  readonly readsSignatures: boolean
}

/**
 * Reads bounces, complaints and unsubscribe mail, and does what follows: hard bounces and complaints take a subscriber off the list, soft ones do after
 * `bounces.softLimit` of them. A message that was read before does nothing again.
 * @throws UserError `file-unreadable`, `secret-invalid`; `secret-missing` where `bounces.address` is set: without it nobody could tell made-up reports from true ones
 */
export function takeBounces(request: BouncesRequest): Promise<BouncesResult> {
  const { settings, place, paths, standardInput, now, dryRun, onProgress, onEntry } = request
  const secret = settings.bounces.address === undefined ? parseSecretIfSet(request.secret) : parseSecret(request.secret ?? '')
  const list = settings.list.id
  const tally = createTally()
  return withLedger(place, async ledger => {
    await runMailbox({
      ledger,
      messages: readBounces(paths, standardInput),
      dryRun,
      context: {
        list,
        secret,
        now: now.getTime(),
        findByMessageId: createMessageIdIndex(list),
        softLimit: settings.bounces.softLimit,
        softWithin: durationOf(settings.bounces.softWithin),
        expectsSignature: settings.bounces.address !== undefined,
      },
      onMessage: entries => {
        for (const entry of entries) {
          tally.add(entry)
          onEntry?.(entry)
        }
        onProgress?.('reading what came back: message', tally.nextMessage(), 0)
      },
    })
    return { dryRun, ...tally.result(), readsSignatures: secret !== null }
  })
}

type Kinds = Record<IncomingEntry['kind'], number>

const mostReasons = 200

function createTally() {
  const kinds: Kinds = { hard: 0, soft: 0, complaint: 0, unsubscribe: 0, nothing: 0 }
  const changed = { bounced: 0, complained: 0, unsubscribed: 0 }
  const reasons = new Map<string, number>()
  let messages = 0
  let known = 0
  let settled = 0
  return {
    nextMessage: () => {
      messages += 1
      return messages
    },
    add: (entry: IncomingEntry) => {
      if (entry.isKnown) known += 1
      else kinds[entry.kind] += 1
      const { changedTo } = entry
      if (changedTo === 'bounced' || changedTo === 'complained' || changedTo === 'unsubscribed') changed[changedTo] += 1
      if (entry.settled) settled += 1
      const isOne = !entry.isKnown && entry.kind === 'nothing' && (reasons.has(entry.decision) || reasons.size < mostReasons)
      if (isOne) reasons.set(entry.decision, (reasons.get(entry.decision) ?? 0) + 1)
    },
    result: () => ({
      messages,
      known,
      kinds,
      changed,
      settled,
      reasons: [...reasons].map(([reason, count]) => ({ reason, count })).sort((one, other) => other.count - one.count),
    }),
  }
}
