/** A sending in the process: a real ledger, real SMTP, messages of one line. */

import path from 'node:path'
import { onTestFinished } from 'vitest'
import type { DomainLimit } from '../../src/config/rate-limit.ts'
import { readCounts } from '../../src/delivery/read-counts.ts'
import type { RelayFacts } from '../../src/delivery/relay-state.ts'
import { systemClock } from '../../src/delivery/run-clock.ts'
import { runSending } from '../../src/delivery/run-sending.ts'
import type { Candidate, Clock, DeliveryCounts, SendingEnd, SendingLimits, SendingProgress } from '../../src/delivery/sending.ts'
import { type SnapshotRequest, writeSnapshot } from '../../src/delivery/write-snapshot.ts'
import type { Ledger, LedgerPlace } from '../../src/ledger/ledger.ts'
import { openLedger } from '../../src/ledger/open-ledger.ts'
import type { NewSubscriber, SendingRow } from '../../src/ledger/tables.ts'
import { takeWorkerLock } from '../../src/ledger/take-worker-lock.ts'
import { dotStuff } from '../../src/message/dot-stuff.ts'
import { createLane } from '../../src/transport/create-lane.ts'
import { parseRelayUrl } from '../../src/transport/relay-url.ts'
import { createTempFolder } from '../temp-folder.ts'

/** A ledger of its own for the test, closed when it ends. */
export async function createLedger(databaseUrl?: string): Promise<{ readonly ledger: Ledger; readonly place: LedgerPlace }> {
  const folder = await createTempFolder()
  const place = { file: path.join(folder, 'data', 'news-digest.db'), databaseUrl, displayRoot: folder }
  const ledger = await openLedger(place)
  onTestFinished(() => ledger.close())
  return { ledger, place }
}

/** Puts people on the list: so many, or these addresses. */
export async function addReaders(ledger: Ledger, who: number | readonly string[], changes: Partial<NewSubscriber> = {}): Promise<void> {
  const addresses =
    typeof who === 'number' ? Array.from({ length: who }, (_, index) => `reader${index}@${domains[index % domains.length]}`) : who
  const rows = addresses.map(address => ({
    list: 'digest',
    address,
    original: address,
    domain: address.slice(address.lastIndexOf('@') + 1),
    state: 'subscribed' as const,
    joinedAt: 1_770_000_000_000,
    ...changes,
  }))
  for (let at = 0; at < rows.length; at += 500)
    await ledger.db
      .insertInto('subscribers')
      .values(rows.slice(at, at + 500))
      .execute()
}

const domains = ['gmail.example', 'gmail.example', 'yahoo.example', 'outlook.example', 'gmx.example', 'club.example']

/** Everybody who is subscribed, now. */
export function takeSnapshot(ledger: Ledger, changes: Partial<SnapshotRequest> = {}): Promise<SendingRow> {
  const now = Date.now()
  return writeSnapshot(ledger, {
    list: 'digest',
    edition: '2026-w06',
    kind: 'edition',
    round: 0,
    hashesJson: '{}',
    segment: null,
    condition: null,
    forcedBecause: null,
    now,
    notAfter: now + 3 * 86_400_000,
    split: null,
    ...changes,
  })
}

/** How to send; everything has a default. */
export interface SendOptions {
  readonly ledger: Ledger
  readonly place: LedgerPlace
  readonly sending: SendingRow
  /** One port: one relay. */
  readonly ports: readonly number[]
  readonly facts?: Partial<RelayFacts>
  readonly limits?: Partial<SendingLimits>
  readonly clock?: Clock
  readonly drain?: AbortSignal
  readonly abort?: AbortSignal
  readonly onProgress?: (progress: SendingProgress) => void
  readonly bytes?: number
  readonly beforeCompose?: (candidate: Candidate) => void
}

/** What came of it. */
export interface Sent {
  readonly end: SendingEnd
  readonly counts: DeliveryCounts
}

/** Waits of milliseconds, so that tests need none of minutes. */
export const quickLimits: SendingLimits = {
  rate: null,
  perDomain: new Map<string, DomainLimit>(),
  backOff: [30, 60],
  relayBackOff: [20, 50],
  relayPatience: 3000,
  drain: 2000,
}

/** Sends what is left of a sending, as one process does. */
export async function send(options: SendOptions): Promise<Sent> {
  const { ledger, place, sending, ports, facts, limits, bytes = 200, clock = systemClock } = options
  const lock = await takeWorkerLock({ ledger, place, edition: sending.edition, list: sending.list })
  if (lock === null) throw new Error('somebody else is sending')
  const filler = 'x'
    .repeat(70)
    .concat('\r\n')
    .repeat(Math.ceil(bytes / 72))
  const shared = dotStuff(Buffer.from(filler))
  try {
    const end = await runSending({
      ledger,
      lock,
      sending,
      relays: ports.map((port, index) => {
        const name = `relay${index + 1}`
        const relay = parseRelayUrl(`smtp://127.0.0.1:${port}`)
        return {
          facts: { name, weight: 1, connections: 5, rate: null, preset: null, ...facts },
          createLane: () => createLane({ name, relay, messagesPerConnection: null }),
        }
      }),
      compose: candidate => {
        options.beforeCompose?.(candidate)
        const head = `From: digest@example.com\r\nTo: ${candidate.address}\r\nMessage-ID: <${candidate.subscriber}@example.com>\r\nX-News-Digest-Delivery: ${candidate.id}\r\n\r\n`
        return { returnPath: 'bounces@example.com', chunks: [dotStuff(Buffer.from(head)), shared] }
      },
      limits: { ...quickLimits, ...limits },
      softLimits: { softLimit: 3, softWithin: 30 * 86_400_000 },
      clock,
      drain: options.drain ?? new AbortController().signal,
      abort: options.abort ?? new AbortController().signal,
      onProgress: options.onProgress ?? (() => {}),
    })
    return { end, counts: await readCounts(ledger, sending.id) }
  } finally {
    await lock.release()
  }
}
