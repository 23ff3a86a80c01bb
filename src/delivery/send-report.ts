/** What is asked before a sending, and what is told after it. Types only. */

import type { Problem } from '../errors.ts'
import type { Finding } from '../inspect/finding.ts'
import type { SendingKind } from '../ledger/tables.ts'
import type { Audience } from './read-audience.ts'
import type { Trial } from './read-trial.ts'
import type { DeliverySum, SendingEnd } from './sending.ts'

/** A time to send at: the instant (milliseconds since 1970), and the zone that it was given in. */
export interface ScheduledTime {
  readonly instant: number
  readonly zone: string
}

/** What is about to happen. */
export interface SendProposal {
  readonly edition: string
  readonly kind: SendingKind
  readonly subjects: readonly string[]
  readonly split: number | null
  readonly from: string
  readonly ledger: string
  readonly segment: string | null
  /** Null for a sending that goes on: its recipients are settled. */
  readonly audience: Audience | null
  /** What has become of a sending that goes on; null for a new one. */
  readonly soFar: DeliverySum | null
  /** Whether what is uncertain goes out again. */
  readonly retriesUncertain: boolean
  /** The subject that has won now, and how far its trial is; null where no winner is named. */
  readonly winner: (Trial & { readonly subject: string }) | null
  /** Why it was paused, where it was. */
  readonly pausedBecause: string | null
  readonly relays: readonly string[]
  /** Messages a second; null where nothing limits them. */
  readonly rate: number | null
  /** Seconds; null where nothing is known that it could be told from. */
  readonly forecast: number | null
  /** Null: now. */
  readonly scheduledFor: ScheduledTime | null
  /** True of a sending that goes on and is older than send.notAfter: what is left of it expires. */
  readonly isTooOld: boolean
  readonly signs: boolean
  readonly findings: readonly Finding[]
}

/**
 * How it ended. `declined`: by whoever was asked; `over`: all of it had been sent before; `cancelled`: it no longer has a time, and nothing was sent;
 * `still-scheduled`: the waiting was interrupted, and the same call waits again.
 */
export type SendOutcome =
  | SendingEnd
  | { readonly kind: 'declined' | 'over' | 'cancelled' }
  | { readonly kind: 'still-scheduled'; readonly scheduledFor: ScheduledTime }

/** What became of a sending. */
export interface SendReport {
  readonly edition: string
  readonly kind: SendingKind
  readonly outcome: SendOutcome
  /** Null where no sending began. */
  readonly sum: DeliverySum | null
  /** How long this process sent, in milliseconds. */
  readonly milliseconds: number
  /** Deliveries accepted by this process. */
  readonly acceptedNow: number
  /** The edition file, which says that the edition is sent; null where it could not be written, and where nothing was sent to the list. */
  readonly markedFile: string | null
  readonly problems: readonly Problem[]
}
