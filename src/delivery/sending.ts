/** The contract of sending: what the engine is given, and what it tells. Types only, and the sums that are made of them. */

import type { DomainLimit } from '../config/rate-limit.ts'
import { type DeliveryState, deliveryStates, type SendingRow, type SubscriberState } from '../ledger/tables.ts'
import type { StuffedBytes } from '../message/dot-stuff.ts'

/** A delivery that may go out now, with what its message needs of the subscriber. */
export interface Candidate {
  /** The delivery's id. */
  readonly id: number
  readonly subscriber: number
  readonly address: string
  readonly domain: string
  readonly name: string | null
  readonly epoch: number
  /** Tries that the relay answered. */
  readonly attempts: number
  readonly variant: string | null
  /** The subscriber's when this was read; null where they were forgotten. They may leave later, too: the claim tells. */
  readonly subscriberState: SubscriberState | null
}

/** Time, as an argument: a dry run has one that goes faster. */
export interface Clock {
  /** Milliseconds since 1970. May jump. */
  readonly now: () => number
  /** Milliseconds that only go forward. */
  readonly elapsed: () => number
  /** Resolves after so many milliseconds, or at once when the signal is given. Never rejects. */
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>
}

/** Makes the message of one delivery. */
export type Compose = (
  candidate: Candidate,
  options: { readonly smtputf8: boolean; readonly now: number },
) => { readonly returnPath: string; readonly chunks: readonly StuffedBytes[] }

/** Limits and patience, in milliseconds and messages a second. */
export interface SendingLimits {
  /** Of the whole sending; null: none. */
  readonly rate: number | null
  readonly perDomain: ReadonlyMap<string, DomainLimit>
  readonly backOff: readonly number[]
  readonly relayBackOff: readonly number[]
  readonly relayPatience: number
  readonly drain: number
}

/** Deliveries of a sending by state. */
export type DeliveryCounts = Readonly<Record<DeliveryState, number>>

/** What a sending's recipients add up to. `closes` is false only where the ledger has been tampered with. */
export interface DeliverySum {
  readonly recipients: number
  readonly accepted: number
  readonly rejected: number
  readonly suppressed: number
  readonly expired: number
  readonly uncertain: number
  readonly stillToSend: number
  readonly closes: boolean
}

/** Where a sending stands, while it runs. */
export interface SendingProgress {
  readonly counts: DeliveryCounts
  /** Accepted since this process began. */
  readonly acceptedNow: number
  /** Milliseconds since this process began. */
  readonly elapsed: number
  /** What it waits for, in words: a relay that is down, deferred messages; null while it sends. */
  readonly waitsFor: string | null
}

/** How a process's part in a sending ended. */
export type SendingEnd =
  | { readonly kind: 'finished' }
  /** Nothing may go out before `--winner` says which subject does. */
  | { readonly kind: 'waits-for-winner' }
  /** We stopped it ourselves; the editor decides. */
  | { readonly kind: 'paused'; readonly reason: string }
  /** Something has to be set up first; nothing is known against the edition. */
  | { readonly kind: 'stopped'; readonly reason: string }
  /** By Ctrl-C, or SIGTERM. */
  | { readonly kind: 'interrupted' }

/** Whether only those are left who get the subject that wins, and none has. `heldBack`: pending ones without a subject. */
export function waitsForWinner(
  { split, winner }: Pick<SendingRow, 'split' | 'winner'>,
  { stillToSend }: DeliverySum,
  heldBack: number,
): boolean {
  return split !== null && winner === null && heldBack > 0 && heldBack === stillToSend
}

/** No delivery in any state. */
export const noDeliveries = Object.fromEntries(deliveryStates.map(state => [state, 0])) as DeliveryCounts

/** Deliveries by state, out of the rows of a query that counts them. */
export function countsOf(rows: readonly { readonly state: DeliveryState; readonly count: number }[]): DeliveryCounts {
  const counts = { ...noDeliveries }
  for (const { state, count } of rows) counts[state] += count
  return counts
}

/** recipients = accepted + rejected + suppressed + expired + uncertain + still to send (the first promise of docs/sending.md). */
export function sumOf(counts: DeliveryCounts, recipients: number): DeliverySum {
  const { accepted, rejected, suppressed, expired, uncertain } = counts
  const stillToSend = counts.pending + counts.sending + counts.deferred
  const closes = accepted + rejected + suppressed + expired + uncertain + stillToSend === recipients
  return { recipients, accepted, rejected, suppressed, expired, uncertain, stillToSend, closes }
}
