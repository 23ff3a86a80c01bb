/** What a process needs to send, and what it remembers while it does. */

import type { Ledger } from '../ledger/ledger.ts'
import type { SendingRow } from '../ledger/tables.ts'
import type { WorkerLock } from '../ledger/take-worker-lock.ts'
import type { Lane } from '../transport/create-lane.ts'
import type { Bell } from './bell.ts'
import type { SoftLimits } from './bounces/decide-bounce.ts'
import type { Queue } from './queue.ts'
import type { RelayFacts, RelayState } from './relay-state.ts'
import type { LedgerThread } from './run-ledger-commits.ts'
import type { Clock, Compose, DeliveryCounts, SendingEnd, SendingLimits, SendingProgress } from './sending.ts'

/** What a process needs to send. */
export interface SendingJob {
  readonly ledger: Ledger
  /** Commits steps beside this thread. Default: in this one, with `ledger`. */
  readonly thread?: LedgerThread | undefined
  readonly lock: WorkerLock
  /** A running one, with its snapshot. */
  readonly sending: SendingRow
  readonly relays: readonly { readonly facts: RelayFacts; readonly createLane: () => Lane }[]
  readonly compose: Compose
  readonly limits: SendingLimits
  readonly softLimits: SoftLimits
  readonly clock: Clock
  /** No delivery is begun any more; those under way are finished, at most for `limits.drain`. */
  readonly drain: AbortSignal
  /** Everything ends at once. */
  readonly abort: AbortSignal
  readonly onProgress: (progress: SendingProgress) => void
}

/** Why no delivery is begun any more. */
export type Stop = SendingEnd | { readonly kind: 'expired' }

/** A relay in use, and its connections. */
export interface RelayInUse {
  readonly state: RelayState
  readonly lanes: readonly Lane[]
}

/** One run of a sending: what its lanes and its supervisor share. */
export interface SendingRun {
  readonly relays: readonly RelayInUse[]
  readonly queue: Queue
  /** Rung when lanes may have something to do. */
  readonly work: Bell
  /** Rung when the supervisor may have. */
  readonly attention: Bell
  /** The first reason counts. */
  readonly halt: (end: Stop) => void
  readonly fail: (error: unknown) => void
  readonly report: () => void
  /** Reports where the last report is so many milliseconds old, or did not say yet what the sending waits for. */
  readonly reportAfter: (milliseconds: number) => void
  stop: Stop | null
  failure: { readonly error: unknown } | null
  counts: DeliveryCounts
  waitsFor: string | null
  /** Outcomes that are heard and not written yet. */
  unwritten: number
}
