/** A sending in the process: a real ledger, real SMTP, messages of one line. */

import path from 'node:path'
import { onTestFinished } from 'vitest'
import { readCounts } from '../../src/delivery/read-counts.ts'
import type { RelayFacts } from '../../src/delivery/relay-state.ts'
import { systemClock } from '../../src/delivery/run-clock.ts'
import { startLedgerThread } from '../../src/delivery/run-ledger-commits.ts'
import { runSending } from '../../src/delivery/run-sending.ts'
import type { Candidate, Clock, DeliveryCounts, SendingEnd, SendingLimits, SendingProgress } from '../../src/delivery/sending.ts'
import type { Ledger, LedgerPlace } from '../../src/ledger/ledger.ts'
import { openLedger } from '../../src/ledger/open-ledger.ts'
import type { SendingRow } from '../../src/ledger/tables.ts'
import { takeWorkerLock, type WorkerLock } from '../../src/ledger/take-worker-lock.ts'
import { createTempFolder } from '../temp-folder.ts'
import { quickLimits, simpleCompose, simpleRelay, usualSoftLimits } from './simple-job.ts'

/** A ledger of its own for the test, closed when it ends. */
export async function createLedger(databaseUrl?: string): Promise<{ readonly ledger: Ledger; readonly place: LedgerPlace }> {
  const folder = await createTempFolder()
  const place = { file: path.join(folder, 'data', 'news-digest.db'), databaseUrl, displayRoot: folder }
  const ledger = await openLedger(place)
  onTestFinished(() => ledger.close())
  return { ledger, place }
}

export { addReaders } from './add-readers.ts'
export { takeSnapshot } from './snapshot.ts'

/** How to send; everything has a default. */
export interface SendOptions {
  readonly ledger: Ledger
  readonly place: LedgerPlace
  readonly sending: SendingRow
  /** One relay each: a port of this machine, or a URL. */
  readonly ports: readonly (number | string)[]
  /** Of all relays, or of each. */
  readonly facts?: Partial<RelayFacts> | readonly Partial<RelayFacts>[]
  readonly messagesPerConnection?: number
  readonly limits?: Partial<SendingLimits>
  readonly clock?: Clock
  readonly drain?: AbortSignal
  readonly abort?: AbortSignal
  readonly onProgress?: (progress: SendingProgress) => void
  readonly bytes?: number
  readonly returnPath?: string
  readonly beforeCompose?: (candidate: Candidate) => void
  readonly lock?: WorkerLock
  /** Commits in a thread of its own, as the command does on SQLite. */
  readonly beside?: boolean
}

/** What came of it. */
export interface Sent {
  readonly end: SendingEnd
  readonly counts: DeliveryCounts
}

/** Sends what is left of a sending, as one process does. */
export async function send(options: SendOptions): Promise<Sent> {
  const { ledger, place, sending, ports, facts, limits, bytes, clock = systemClock } = options
  const lock = options.lock ?? (await takeWorkerLock({ ledger, place, edition: sending.edition, list: sending.list }))
  if (lock === null) throw new Error('somebody else is sending')
  const thread = options.beside === true ? startLedgerThread(place) : undefined
  try {
    const end = await runSending({
      ledger,
      ...(thread === undefined ? {} : { thread }),
      lock,
      sending,
      relays: ports.map((port, index) =>
        simpleRelay(`relay${index + 1}`, port, isList(facts) ? facts[index] : facts, options.messagesPerConnection ?? null),
      ),
      compose: simpleCompose(bytes, options.beforeCompose, options.returnPath),
      limits: { ...quickLimits, ...limits },
      softLimits: usualSoftLimits,
      clock,
      drain: options.drain ?? new AbortController().signal,
      abort: options.abort ?? new AbortController().signal,
      onProgress: options.onProgress ?? (() => {}),
    })
    return { end, counts: await readCounts(ledger, sending.id) }
  } finally {
    await thread?.close()
    await lock.release()
  }
}

function isList<Item>(value: Item | readonly Item[]): value is readonly Item[] {
  return Array.isArray(value)
}

/** What `send` of the command line does before it resumes a sending that was paused. */
export async function resume(ledger: Ledger, sending: SendingRow): Promise<void> {
  await ledger.db.updateTable('sendings').set({ state: 'running', pauseReason: null }).where('id', '=', sending.id).execute()
}
