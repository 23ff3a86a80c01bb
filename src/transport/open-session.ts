/** A session with a relay: opened once, then one message after another, one recipient each. */

import { checkAddress } from '../message/check-address.ts'
import type { StuffedBytes } from '../message/dot-stuff.ts'
import { type ConnectionError, toNoConnection } from './connect-failure.ts'
import { type Connection, createConnection, standardTimeouts, type Timeouts } from './connection.ts'
import type { NoConnection, Outcome } from './outcome.ts'
import type { Relay } from './relay-url.ts'
import { sendOne } from './send-one.ts'

/** Who a message is from and to, for the relay. Bare addresses; they are checked again here. */
export interface Envelope {
  /** The return path, where bounces go. */
  readonly from: string
  readonly to: string
}

/** What may be asked of one message. */
export interface SendOptions {
  /**
   * Asked once the relay said that the message may come (354), before its first byte: the place to wait for a slot of a rate. No timeout of ours runs
   * meanwhile; a relay's own is 5 minutes or more (RFC 5321 §4.5.3.2.7). With `false` the message is held back: the connection is closed without the
   * final dot, and the outcome is `lost-before-dot`. What it rejects with, `send` rejects with.
   */
  readonly beforeData?: () => Promise<boolean>
}

/** An open session. */
export interface Session {
  readonly kind: 'open'
  /** Whether the relay takes addresses beyond ASCII (RFC 6531), and headers in UTF-8 with them. */
  readonly smtputf8: boolean
  /** Why this relay takes no message to an address, before one is made; null where it may. */
  readonly whatIsMissingFor: (address: string) => Outcome | null
  /**
   * Sends one message to one recipient, one at a time. Never throws for anything that the relay or the network does. The message is one or more pieces,
   * each as `dotStuff()` returns it: buffers that many messages share are neither copied nor changed.
   */
  readonly send: (envelope: Envelope, message: readonly StuffedBytes[], options?: SendOptions) => Promise<Outcome>
  /** False once the connection has ended, or can no longer be trusted to be in step: open another. */
  readonly isUsable: () => boolean
  /** Says goodbye and waits until the connection has ended, at most a second. */
  readonly close: () => Promise<void>
  /** Breaks the connection. A message that is under way ends with what is known of it: uncertain where its final dot has left. */
  readonly abort: () => void
}

/** Connects, protects the connection as the relay asks, greets and logs in; unless the signal says to give up. */
export async function openSession(
  relay: Relay,
  timeouts: Timeouts = standardTimeouts,
  signal?: AbortSignal,
): Promise<Session | NoConnection> {
  const connection = await createConnection(relay, timeouts)
  const giveUp = () => connection.smtp.close()
  if (signal?.aborted === true) return toNoConnection({ message: 'given up before it was opened' }, relay)
  signal?.addEventListener('abort', giveUp)
  const failure = (await connect(connection)) ?? (await login(connection, relay))
  signal?.removeEventListener('abort', giveUp)
  if (failure !== null) {
    connection.smtp.close()
    return toNoConnection(failure, relay)
  }
  return toSession(connection, timeouts)
}

function connect({ smtp }: Connection): Promise<ConnectionError | null> {
  return new Promise(resolve => {
    smtp.on('error', resolve)
    smtp.once('end', () => setImmediate(resolve, { message: 'the connection ended', code: 'ECONNECTION' }))
    smtp.connect(error => resolve(error ?? null))
  })
}

/** Nothing secret goes over a connection that should have been protected and is not. */
function login({ smtp }: Connection, { login: credentials, tls }: Relay): Promise<ConnectionError | null> {
  return new Promise(resolve => {
    if (credentials === null) return resolve(null)
    if (!smtp.secure && tls !== 'off')
      return resolve({ message: 'no TLS, and a password', code: 'ETLS', command: 'STARTTLS', response: '' })
    if (!smtp.allowsAuth) return resolve({ message: 'offers no login, and there are a user and a password for it', code: 'EAUTH' })
    smtp.on('error', resolve)
    smtp.once('end', () => setImmediate(resolve, { message: 'closed the connection during the login', code: 'EAUTH' }))
    smtp.login({ user: credentials.user, pass: credentials.password }, error => resolve(error))
  })
}

function toSession(connection: Connection, timeouts: Timeouts): Session {
  const { smtp } = connection
  let usable = true
  smtp.once('end', () => {
    usable = false
  })
  const send: Session['send'] = async (envelope, pieces, { beforeData } = {}) => {
    const from = checkAddress(envelope.from)
    if (from.kind === 'refused') return { kind: 'refused', whose: 'sender', detail: from.reason }
    const to = checkAddress(envelope.to, { beyondAscii: true })
    if (to.kind === 'refused') return { kind: 'refused', whose: 'recipient', detail: to.reason }
    const size = pieces.reduce((sum, { length }) => sum + length, 0)
    const unsupported = missingFor(connection, to.address) ?? tooLarge(connection, size)
    if (unsupported !== null) return unsupported
    if (!usable) return { kind: 'lost-before-dot', detail: 'the connection had ended' }
    connection.setReplyTimeout(timeouts.command)
    try {
      const message = { from: from.address, to: to.address, pieces, size, beforeData: beforeData ?? null }
      const { outcome, inStep } = await sendOne(connection, message, timeouts)
      usable &&= inStep && (await isReset(connection, outcome))
      return outcome
    } catch (error) {
      usable = false
      throw error
    } finally {
      if (!usable) smtp.close()
    }
  }
  return {
    kind: 'open',
    smtputf8: connection.supports('SMTPUTF8'),
    whatIsMissingFor: address => missingFor(connection, address),
    send,
    isUsable: () => usable && !smtp.destroyed,
    close: () => quit(connection),
    abort: () => smtp.close(),
  }
}

function missingFor(connection: Connection, address: string): Outcome | null {
  if (!/[^\x21-\x7e]/.test(address) || connection.supports('SMTPUTF8')) return null
  return {
    kind: 'unsupported',
    feature: 'smtputf8',
    detail: 'the relay takes no address with letters beyond ASCII before the @ (SMTPUTF8, RFC 6531)',
  }
}

function tooLarge(connection: Connection, size: number): Outcome | null {
  const largest = connection.largestMessage()
  if (largest === 0 || size <= largest) return null
  return {
    kind: 'unsupported',
    feature: 'size',
    detail: `the message has ${size} bytes, and the relay takes ${largest} (SIZE, RFC 1870)`,
  }
}

/** A mail transaction that the relay refused half way is still open: RSET ends it (RFC 5321 §4.1.1.5). */
function isReset({ smtp }: Connection, outcome: Outcome): Promise<boolean> {
  if (outcome.kind !== 'rejected' || outcome.stage === 'message' || outcome.stage === 'mail') return Promise.resolve(true)
  return new Promise(resolve => {
    const settle = (isInStep: boolean) => {
      smtp.removeListener('end', onEnd)
      resolve(isInStep)
    }
    const onEnd = () => settle(false)
    smtp.once('end', onEnd)
    smtp.reset(error => settle(error === null))
  })
}

const longestGoodbye = 1000

function quit({ smtp }: Connection): Promise<void> {
  return new Promise(resolve => {
    if (smtp.destroyed) return resolve()
    const timer = setTimeout(() => smtp.close(), longestGoodbye)
    smtp.once('end', () => {
      clearTimeout(timer)
      resolve()
    })
    smtp.quit()
  })
}
