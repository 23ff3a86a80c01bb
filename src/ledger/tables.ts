/**
 * The tables of the ledger: the one truth about subscribers, sendings and deliveries, in SQLite and in PostgreSQL alike. Instants are milliseconds since
 * 1970 in UTC. Columns named …Json hold JSON as text. Types only; src/ledger/migrations/ makes the tables.
 */

import type { ColumnType, Generated, Insertable, Selectable } from 'kysely'

/** Every state that a subscriber can be in. Only `subscribed` gets editions. */
export const subscriberStates = ['pending', 'subscribed', 'unsubscribed', 'bounced', 'complained'] as const

/** A subscriber's state. */
export type SubscriberState = (typeof subscriberStates)[number]

/** Every state that a delivery can be in; what leads from one to another stands in docs/sending.md. */
export const deliveryStates = ['pending', 'sending', 'accepted', 'deferred', 'rejected', 'uncertain', 'suppressed', 'expired'] as const

/** A delivery's state. */
export type DeliveryState = (typeof deliveryStates)[number]

/** `edition`: to the list; `late`: to those who joined since; `welcome`: to somebody newly confirmed. */
export type SendingKind = 'edition' | 'late' | 'welcome'

/** `scheduled` waits for its time; `paused` was stopped by us and says why; a `running` one whose process is gone is resumed by the same command. */
export type SendingState = 'scheduled' | 'running' | 'paused' | 'finished'

/** A column that is given once and then only read. */
type Fixed<Value> = ColumnType<Value, Value, never>

/** A person on a list. `address` is the one normal form, unique on a list; `original` is as it was given. */
export interface SubscribersTable {
  readonly id: Generated<number>
  readonly list: Fixed<string>
  readonly address: Fixed<string>
  readonly original: string
  /** The part of `address` behind the @. */
  readonly domain: Fixed<string>
  readonly name: string | null
  readonly language: string | null
  /** `["berlin","press"]`: sorted, without repeats. */
  readonly tagsJson: ColumnType<string, string | undefined, string>
  /** `{"city":"Berlin"}`: strings only, names sorted. */
  readonly attributesJson: ColumnType<string, string | undefined, string>
  readonly state: SubscriberState
  readonly pausedUntil: number | null
  /** Counts up whenever older links of this person must no longer work (link tokens carry it). */
  readonly epoch: ColumnType<number, number | undefined, number>
  readonly joinedAt: number
  readonly confirmedAt: number | null
  /** How we know that the person asked for it: time, address of the request, wording. */
  readonly proofJson: string | null
}

/** One change of a subscriber's state: when, why, and by what. */
export interface SubscriberEventsTable {
  readonly id: Generated<number>
  readonly subscriberId: Fixed<number>
  readonly at: Fixed<number>
  /** Null for the first. */
  readonly fromState: Fixed<SubscriberState | null>
  readonly toState: Fixed<SubscriberState>
  readonly why: Fixed<string>
  /** `import readers.csv`, `command line`, `bounce`, `one-click` … */
  readonly source: Fixed<string>
}

/** What is left of people who asked to be forgotten: a salted hash that keeps an import from bringing them back. */
export interface ForgottenTable {
  readonly digest: Fixed<string>
  readonly at: Fixed<number>
}

/** Values of the ledger itself, such as its salt. */
export interface SettingsTable {
  readonly name: Fixed<string>
  readonly value: string
}

/** One edition on its way to a list. */
export interface SendingsTable {
  readonly id: Generated<number>
  readonly list: Fixed<string>
  readonly edition: Fixed<string>
  readonly kind: Fixed<SendingKind>
  /** 0, and 1, 2, … for further sendings of the same kind. */
  readonly round: Fixed<number>
  /** `hashes` of email.json: a resume with other content is refused, and told what changed. */
  readonly hashesJson: string
  readonly state: SendingState
  readonly pauseReason: string | null
  /** Why the last process that sent it ended before it was finished, other than by a pause; null where it did not, or was killed. */
  readonly stopReason: string | null
  /** The expression of the segment; null: everybody. */
  readonly segment: string | null
  /** Why it was sent although checks found errors; null where they found none. */
  readonly forcedBecause: string | null
  /** For --at: the instant, and the zone that it was given in. */
  readonly scheduledFor: number | null
  readonly scheduledZone: string | null
  /** The instant of the snapshot. */
  readonly startedAt: number | null
  readonly notAfter: number | null
  readonly finishedAt: number | null
  /** Recipients in the snapshot; null before it. */
  readonly recipients: number | null
  /** Share that tries the subjects, 0 to 1; null without A/B. */
  readonly split: number | null
  readonly winner: string | null
}

/** One edition to one recipient. The row is the only truth about it. */
export interface DeliveriesTable {
  readonly id: Generated<number>
  readonly sendingId: Fixed<number>
  readonly subscriberId: Fixed<number>
  /** As in the snapshot; empty once the person was forgotten. */
  readonly address: string
  readonly domain: Fixed<string>
  /** Which subject: `A`, `B`, or null while that waits for the winner, and without A/B. */
  readonly variant: string | null
  readonly state: DeliveryState
  /** Which worker's: set with `sending`, and on PostgreSQL when a worker reserves it. */
  readonly owner: number | null
  /** Tries that the relay answered. */
  readonly attempts: ColumnType<number, number | undefined, number>
  /** Not tried before; null: at once. */
  readonly nextAttemptAt: number | null
  readonly changedAt: number
  readonly relay: string | null
  /** The relay's own name for the message, out of its 250 reply. */
  readonly queueId: string | null
  readonly code: number | null
  readonly enhanced: string | null
  readonly reply: string | null
}

/** One try to hand a message to a relay, and what came of it. */
export interface AttemptsTable {
  readonly id: Generated<number>
  readonly deliveryId: Fixed<number>
  readonly at: Fixed<number>
  readonly relay: Fixed<string>
  /** The kind of the outcome (src/transport/outcome.ts), or how an uncertain one was settled. */
  readonly outcome: Fixed<string>
  readonly stage: Fixed<string | null>
  readonly code: Fixed<number | null>
  readonly enhanced: Fixed<string | null>
  readonly text: Fixed<string | null>
  readonly milliseconds: Fixed<number | null>
}

/** What a returned message or a complaint said, and what was decided of it. */
export interface BouncesTable {
  readonly id: Generated<number>
  /** Of the message and the recipient in it, so that the same bounce read twice counts once. */
  readonly digest: Fixed<string>
  readonly at: Fixed<number>
  readonly kind: Fixed<'hard' | 'soft' | 'complaint' | 'nothing'>
  readonly address: Fixed<string | null>
  readonly subscriberId: Fixed<number | null>
  readonly deliveryId: Fixed<number | null>
  /** What led to the subscriber: `verp`, `header`, `queue-id`, `message-id`, `address`, or null. */
  readonly matchedBy: Fixed<string | null>
  readonly enhanced: Fixed<string | null>
  readonly decision: Fixed<string>
  readonly detail: Fixed<string | null>
}

/** When the next message may go, by limit: shared by the workers on PostgreSQL. */
export interface RateSlotsTable {
  readonly name: Fixed<string>
  /** Microseconds of the database's clock. */
  readonly nextAt: number
}

/** An edition as it was sent: what the archive shows, whatever was built since. */
export interface SentEditionsTable {
  readonly list: Fixed<string>
  readonly edition: Fixed<string>
  /** `hashes.content` of the email. */
  readonly contentHash: Fixed<string>
  /** email.json, as it was built. */
  readonly emailJson: Fixed<string>
}

/** Somebody asked on our pages to be put on the list, and is asked by mail whether it was them. */
export interface SignUpsTable {
  readonly id: Generated<number>
  readonly subscriberId: Fixed<number>
  /** The mailbox behind the address, by which mails are counted: `ada+tag@x.example` is `ada@x.example`. */
  readonly mailbox: Fixed<string>
  readonly requestedAt: Fixed<number>
  /** When the link in the mail ends: a whole second, another one for each sign-up of a person. */
  readonly expiresAt: Fixed<number>
  /** Of the page, and so of the mail. */
  readonly language: Fixed<string>
  /** As the form said; the subscriber's only once they confirm. */
  readonly name: Fixed<string | null>
  /** What the form said that they agree to. */
  readonly wording: Fixed<string>
  /** Network address that asked. */
  readonly client: Fixed<string | null>
  /** When the mail is tried next; null once it has begun to go out, or where it is given up. */
  readonly mailDueAt: number | null
  readonly mailTries: ColumnType<number, number | undefined, number>
  /** When it began to go out; null again where it is known not to have been taken. */
  readonly mailedAt: number | null
  /** What became of it, in words; null while it is going out, and for ever where the process ended meanwhile: then nobody knows, and it does not go again. */
  readonly mailReply: string | null
  readonly confirmedAt: number | null
}

/** Why somebody left, in their words or one of ours. */
export interface LeaveReasonsTable {
  readonly id: Generated<number>
  readonly subscriberId: Fixed<number>
  readonly at: Fixed<number>
  /** An id of those that the page offers: `too-many`, `not-interesting` … */
  readonly reason: Fixed<string>
  readonly note: Fixed<string | null>
}

/** Table name to its columns. In the database both are in snake_case. */
export interface Tables {
  readonly subscribers: SubscribersTable
  readonly subscriberEvents: SubscriberEventsTable
  readonly forgotten: ForgottenTable
  readonly settings: SettingsTable
  readonly sendings: SendingsTable
  readonly deliveries: DeliveriesTable
  readonly attempts: AttemptsTable
  readonly bounces: BouncesTable
  readonly rateSlots: RateSlotsTable
  readonly sentEditions: SentEditionsTable
  readonly signUps: SignUpsTable
  readonly leaveReasons: LeaveReasonsTable
}

/** A subscriber as the ledger holds it. */
export type SubscriberRow = Selectable<SubscribersTable>

/** A subscriber to put in. */
export type NewSubscriber = Insertable<SubscribersTable>

/** A sending as the ledger holds it. */
export type SendingRow = Selectable<SendingsTable>

/** A delivery as the ledger holds it. */
export type DeliveryRow = Selectable<DeliveriesTable>
