/** What is to be done after an outcome, as plain data: between what a relay said and what the engine does. */

import type { Stage } from '../../transport/outcome.ts'

/** What is to be done with a delivery, with its subscriber, and with the relay, once an outcome is known. */
export type DeliveryAction =
  | { readonly kind: 'accepted' }
  /**
   * Tried again later. `slow`: what gets fewer messages from now on. `closes`: the relay closes this connection (421); the wait is then
   * `waitAfterClosing`, otherwise `waitAfter`.
   */
  | { readonly kind: 'defer'; readonly slow: 'domain' | 'relay' | null; readonly closes: boolean }
  /** Never tried again in this edition. `policy`: for what the message or its sender is, not for the address. */
  | { readonly kind: 'reject'; readonly subscriber: SubscriberAfter; readonly policy: boolean }
  /** The edition waits for the editor, and this delivery with it: nothing is known against the recipient. The reason is one sentence without its stop. */
  | { readonly kind: 'pause'; readonly reason: string }
  /** The sending stops, the delivery is pending again: relay or sender are set up wrongly. */
  | { readonly kind: 'stop'; readonly reason: string }
  /** Pending again at once, on a new connection: the relay cannot have taken the message. */
  | { readonly kind: 'again' }
  | { readonly kind: 'uncertain' }
  /** There was no session with the relay: pending again, without an attempt counted. */
  | { readonly kind: 'back-off-relay' }

/** What a rejection means for the subscriber: marked bounced, one soft bounce counted, or nothing. */
export type SubscriberAfter = 'bounced-hard' | 'bounced-soft' | 'stays'

/** One row of the table of replies. It matches where all that it names does; what it leaves out matches anything. */
export interface ReplyRule {
  /** What such a reply says, as the beginning of a sentence: a pause or a stop gives it as the reason. */
  readonly says: string
  readonly stages?: readonly Stage[]
  /** Whole codes (`421`), or `4` and `5` for all of a class. */
  readonly codes: readonly number[]
  /** Enhanced codes of the reply's own class: `5.1.1`, `4.7.x`; `none` for a reply without one. */
  readonly enhanced?: readonly string[] | 'none'
  /** Words in the text of the reply. Only presets look at words: they differ from server to server. */
  readonly text?: RegExp
  readonly action: RuleAction
}

/** The action of a row: the reason of a pause or a stop is made of the row's words and the reply. */
export type RuleAction = Extract<DeliveryAction, { readonly kind: 'defer' | 'reject' }> | { readonly kind: 'pause' | 'stop' }
