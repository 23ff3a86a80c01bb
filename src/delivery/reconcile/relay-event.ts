/** What a relay's log, or a report that came back, tells about a message, as plain data. */

/**
 * `queued`: the relay has taken the message over. `sent`, `deferred`, `bounced` and `expired`: what became of it then, so it had taken it over.
 * `refused`: it has not; it answered the end of the message, or a command before it, with a refusal.
 */
export type RelayEventStatus = 'queued' | 'sent' | 'deferred' | 'bounced' | 'expired' | 'refused'

/** One thing that happened to a message at a relay, or after it. */
export interface RelayEvent {
  /** The relay's own name for the message; null where it gave none yet. */
  readonly queueId: string | null
  /** In angle brackets, as the relay saw it; null where it is not known. */
  readonly messageId: string | null
  /** The value of X-News-Digest-Delivery; null where the relay does not log it. */
  readonly deliveryHeader: string | null
  /** Normal form; null for what concerns the whole message. */
  readonly to: string | null
  readonly status: RelayEventStatus
  /** Enhanced status code; null where there is none. */
  readonly dsn: string | null
  /** The server that it was handed to; null where it was not. */
  readonly relay: string | null
  /** One line, at most 500 characters. */
  readonly text: string
  /** Milliseconds since 1970; null where the line has no time that can be read. */
  readonly at: number | null
}
