/** What sending an edition is given. Types only. */

import type { Config } from './config/config.ts'
import type { ScheduledTime, SendProposal } from './delivery/send-report.ts'
import type { Clock, SendingProgress } from './delivery/sending.ts'
import type { Finding } from './inspect/finding.ts'
import type { Ledger, LedgerPlace } from './ledger/ledger.ts'
import type { SendingKind } from './ledger/tables.ts'
import type { ReadBuild } from './output/read-build.ts'
import type { PreparedSend, SendEnvironment } from './run-prepare-send.ts'

/** What sending an edition depends on. */
export interface SendRequest {
  readonly config: Config
  /** A built edition: what is sent is `out/<id>/email.json`. */
  readonly editionId: string
  readonly env: SendEnvironment
  readonly ledgerPlace: LedgerPlace
  /** `late`: to those who joined since; `welcome`: to those newly confirmed. Default: to the list. */
  readonly kind?: SendingKind
  /** A segment by name or as an expression. Default: `send.to` of the configuration. */
  readonly to?: string | undefined
  /** When it is to go out, with the zone the time was given in. Default: at once. */
  readonly at?: ScheduledTime | undefined
  /** Why it goes out although checks found errors; stored. */
  readonly force?: string | undefined
  /** Sends what the sending began with, whatever was built since. */
  readonly asBegun?: boolean
  /** Sends once more to those whose delivery is uncertain: some of them may get it twice. */
  readonly retryUncertain?: boolean
  /** The subject that won: all who wait for it get that one. */
  readonly winner?: 'A' | 'B' | undefined
  /** The ledger outlives this machine, although `CI` is set. */
  readonly ledgerIsPersistent?: boolean
  readonly clock?: Clock
  /** Asked before anything is written or sent; false ends it. */
  readonly confirm: (proposal: SendProposal) => Promise<boolean>
  readonly onProgress?: (progress: SendingProgress & { readonly recipients: number }) => void
  /** Told while it waits for its time: milliseconds since 1970, and the zone that the time was given in. */
  readonly onWait?: (time: ScheduledTime) => void
  /** No delivery is begun any more; those under way are finished. */
  readonly drain?: AbortSignal
  /** Everything ends at once. */
  readonly abort?: AbortSignal
}

/** What the steps share. */
export interface SendContext {
  readonly request: SendRequest
  readonly build: ReadBuild
  readonly prepared: PreparedSend
  readonly findings: readonly Finding[]
  readonly ledger: Ledger
  readonly clock: Clock
}
