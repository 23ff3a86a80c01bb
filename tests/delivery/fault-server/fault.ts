/** What the fault-injecting server may do, and what it tells of itself. */

/** What the server is about to answer. `body` comes before the first byte of a message, `dot` once all of it has arrived; all others are commands. */
export type Stage =
  | 'greeting'
  | 'EHLO'
  | 'STARTTLS'
  | 'AUTH'
  | 'MAIL'
  | 'RCPT'
  | 'DATA'
  | 'body'
  | 'dot'
  | 'RSET'
  | 'NOOP'
  | 'QUIT'
  | 'other'

/**
 * What the server does at a stage: waits, says these bytes as they are, then goes on, closes the connection (FIN), breaks it (RST), or says nothing more.
 * With neither `say` nor `next` it answers as it would have. At `body` it waits for `after` octets of the message first.
 */
export interface Fault {
  /** Milliseconds before anything else. */
  readonly delay?: number
  readonly say?: string
  readonly next?: 'go-on' | 'close' | 'reset' | 'hang'
  readonly after?: number
}

/** Where the server is. */
export interface Step {
  readonly stage: Stage
  /** Counted from 1. */
  readonly connection: number
  /** The command; empty at the other stages. */
  readonly line: string
  /** The recipient: at RCPT the one that is named, later the first that was taken; empty before. */
  readonly to: string
  readonly message: TakenMessage | null
}

/** Says what goes wrong at a step; undefined: nothing. */
export type Decide = (step: Step) => Fault | undefined

/** A message whose final dot arrived, as it was before dot-stuffing. */
export interface TakenMessage {
  readonly from: string
  readonly to: readonly string[]
  /** The header's value; null where it is not there. */
  readonly messageId: string | null
  /** X-News-Digest-Delivery. */
  readonly delivery: string | null
  readonly bytes: Buffer
}

/** What happened, one JSON line each; `at` is the system's time in milliseconds. */
export type ServerEvent = { readonly at: number; readonly connection: number } & (
  | { readonly kind: 'connection' | 'end' }
  /** A RCPT, and the beginning of what was said to it; null: nothing. */
  | { readonly kind: 'rcpt'; readonly to: string; readonly said: string | null }
  /** A final dot arrived. Told before anything is said to it. */
  | {
      readonly kind: 'message'
      readonly from: string
      readonly to: string
      readonly messageId: string | null
      readonly delivery: string | null
      readonly length: number
      readonly sha256: string
    }
  /** What was said to the dot; `whole` only where the sender can have read a complete reply; null: nothing was said. */
  | { readonly kind: 'reply'; readonly to: string; readonly said: string | null; readonly whole: boolean }
)

/** An event without what the server adds to each. */
export type EventDetail = ServerEvent extends infer E ? (E extends ServerEvent ? Omit<E, 'at' | 'connection'> : never) : never
