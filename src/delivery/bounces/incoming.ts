/** The contract of reading what came back: one message in, entries out. Types only. */

import type { SubscriberState } from '../../ledger/tables.ts'
import type { DeliveryMarks, ParsedBounce } from './bounce-report.ts'
import type { SoftLimits } from './decide-bounce.ts'
import type { MatchContext } from './read-match.ts'
import type { MatchedBy } from './write-bounce.ts'

/** A message that came back, taken apart. */
export interface Incoming {
  /** Where it lay, in words. */
  readonly source: string
  /** Of the message (src/delivery/bounces/message-head.ts). */
  readonly identity: string
  readonly content: ParsedBounce | UnsubscribeMail | OptOut
  /** By what it came, for the subscriber's history. Default: `bounces`. */
  readonly by?: string
}

/** Somebody asks by mail to be taken off the list, with the token of their link. */
export interface UnsubscribeMail {
  readonly kind: 'unsubscribe'
  /** Whose token it is; null where it is none of ours. */
  readonly claim: { readonly list: string; readonly subscriber: number } | null
}

/** A provider tells that somebody asked it for no more of this mail: by a link or a list of its own. */
export interface OptOut {
  readonly kind: 'opt-out'
  /** In normal form. */
  readonly addresses: readonly string[]
  readonly marks: DeliveryMarks
  /** Milliseconds since 1970. */
  readonly at: number | null
  /** What they did, as one clause: `unsubscribed at Mailgun`. */
  readonly says: string
}

/** What a message, or what it says about one recipient, came to. */
export interface IncomingEntry {
  readonly source: string
  /** `hard`, `soft` and `complaint` count against the subscriber; `unsubscribe` is their own word. */
  readonly kind: 'hard' | 'soft' | 'complaint' | 'unsubscribe' | 'nothing'
  /** As the ledger has it, else as the report names it. */
  readonly address: string | null
  readonly subscriber: number | null
  readonly delivery: number | null
  readonly edition: string | null
  readonly matchedBy: MatchedBy | null
  readonly enhanced: string | null
  /** Why it was decided so: one clause. */
  readonly decision: string
  /** Read before: nothing was done. */
  readonly isKnown: boolean
  /** The subscriber's new state; null where it is as it was. */
  readonly changedTo: SubscriberState | null
  /** The delivery was uncertain and is accepted now: its message had been taken over, or it could not have come back. */
  readonly settled: boolean
}

/** By what is decided. */
export interface IncomingContext extends MatchContext, SoftLimits {
  /** Whether return paths are signed in all messages: then a bounce that comes back without one is doubtful, and a hard one counts as soft. */
  readonly expectsSignature: boolean
  /** When a subscriber's soft bounces about other deliveries were that are not in the ledger: those of a rehearsal. */
  readonly softBefore?: (subscriber: number, delivery: number) => readonly number[]
}
