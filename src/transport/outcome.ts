/** What becomes of a message at a relay, as plain data: what a test message shows, and what a delivery's state is made of. */

/** A complete reply of the relay. The text is without the codes, on one line, cleaned of control characters and cut to 500 characters. */
export interface Reply {
  /** Three digits, RFC 5321 §4.2. */
  readonly code: number
  /** Enhanced status code (RFC 3463) such as `5.1.1`; null where the relay gives none. */
  readonly enhanced: string | null
  readonly text: string
}

/** The step that a reply answered. `message` is the final dot, or the bytes before it; `session` a 421 that answered no step in particular. */
export type Stage = 'mail' | 'rcpt' | 'data' | 'message' | 'session'

/** Why there was no session with the relay. None of these says anything about a recipient. */
export type ConnectFailure = 'dns' | 'refused' | 'unreachable' | 'timeout' | 'tls' | 'greeting' | 'auth' | 'lost'

/** No session with the relay. */
export interface NoConnection {
  readonly kind: 'no-connection'
  readonly why: ConnectFailure
  /** What the relay said, where it said something: to the greeting, EHLO, STARTTLS or AUTH. */
  readonly reply: Reply | null
  /** One clause in English, without any part of a password. */
  readonly detail: string
}

/** What became of one message to one recipient. */
export type Outcome =
  /** The relay has taken it over. It accepts; it does not deliver. `queueId` is its own name for the message, where its text tells one. */
  | { readonly kind: 'accepted'; readonly reply: Reply; readonly queueId: string | null }
  /** The relay said no, for now (4xx) or for good (5xx). */
  | { readonly kind: 'rejected'; readonly stage: Stage; readonly reply: Reply }
  /** Not sent: the relay lacks what this message needs. */
  | { readonly kind: 'unsupported'; readonly feature: 'smtputf8' | 'size'; readonly detail: string }
  /** Not sent: an address that no mail can go to or come from. */
  | { readonly kind: 'refused'; readonly whose: 'sender' | 'recipient'; readonly detail: string }
  /** The connection ended and the final dot had not left: the relay cannot have taken the message. Sending again is safe. */
  | { readonly kind: 'lost-before-dot'; readonly detail: string }
  /** The final dot may have arrived, and no complete reply came back: nobody here can know. Never sent again by itself. */
  | { readonly kind: 'uncertain'; readonly detail: string }
  | NoConnection
