/** The contract of a dry run: what is told of it. Types only. */

import type { RelayPresetName } from '../../config/relay-presets.ts'
import type { Finding } from '../../inspect/finding.ts'
import type { SendingKind } from '../../ledger/tables.ts'
import type { Forecast } from '../forecast.ts'
import type { ErrorGroup } from '../read-errors.ts'
import type { DeliverySum, SendingEnd } from '../sending.ts'
import type { Verdict } from './judge-messages.ts'

/** What a dry run made do without: a real sending needs it. */
export type Assumption = 'relay' | 'password' | 'secret'

/** What a simulated relay saw. */
export interface RehearsedRelay {
  readonly name: string
  readonly preset: RelayPresetName | null
  /** Messages a second; null: no limit. */
  readonly rate: number | null
  readonly messages: number
  /** Connections in all, and the most at once. */
  readonly connections: { readonly opened: number; readonly atOnce: number }
}

/** A message that was kept to be looked at. */
export interface KeptSample {
  /** As the user would name it. */
  readonly file: string
  /** Why it was chosen: `longest name`, `in fa` … */
  readonly why: readonly string[]
}

/** How a dry run ended. */
export interface DryRunReport {
  readonly edition: string
  readonly kind: SendingKind
  /** `over`: nothing of the edition is left to send. `waits-for-winner` does not occur: those who wait get subject A. */
  readonly outcome: SendingEnd | { readonly kind: 'over' }
  /** What the recipients add up to, had it been real. Null where there was nothing to send. */
  readonly sum: DeliverySum | null
  /** Of those, how many would wait for `--winner`. */
  readonly waitForWinner: number
  readonly verdict: Verdict
  /** Why messages were not accepted. */
  readonly errors: readonly ErrorGroup[]
  readonly forecast: Forecast
  readonly relays: readonly RehearsedRelay[]
  readonly samples: readonly KeptSample[]
  readonly assumptions: readonly Assumption[]
  readonly findings: readonly Finding[]
  /** How long the dry run took, and how long the sending took in its own, faster time; milliseconds. */
  readonly milliseconds: number
  readonly simulated: number
}
