/** A lane: one connection's worth of a relay, opened and opened anew as it is needed. As many lanes as a relay has connections are its pool. */

import type { StuffedBytes } from '../message/dot-stuff.ts'
import { standardTimeouts, type Timeouts } from './connection.ts'
import { type Envelope, openSession, type SendOptions, type Session } from './open-session.ts'
import type { NoConnection, Outcome } from './outcome.ts'
import type { ConfiguredRelay } from './relays.ts'

/** One lane. One thing at a time: nothing of it may be called before the last call has resolved. It never holds more than one connection. */
export interface Lane {
  /**
   * The session that the next message goes over: opened where there is none, where the last one ended or is out of step, and where it has had its
   * `messagesPerConnection`. A `NoConnection` is not kept: the next call tries again, so back off before it.
   */
  readonly session: () => Promise<Session | NoConnection>
  /** Sends one message over that session, as `Session.send` does. */
  readonly send: (envelope: Envelope, message: readonly StuffedBytes[], options?: SendOptions) => Promise<Outcome>
  /** Whether the next message goes over the session that is open: otherwise `session()` may take minutes. */
  readonly isOpen: () => boolean
  /** Says goodbye, and waits until the connection has ended, at most a second. The lane can be used again. */
  readonly close: () => Promise<void>
  /** Gives up opening a connection, where one is being opened. */
  readonly giveUpOpening: () => void
  /** Breaks the connection, or gives up opening one: whatever was waited for ends at once, with what is known of it. */
  readonly abort: () => void
}

/** How long a lane waits. */
export interface LaneOptions {
  readonly timeouts?: Timeouts
  /** Milliseconds after which a connection without a message is closed. Default: 30 seconds; some relays close after a minute, and are busy until then. */
  readonly idle?: number
}

/** A lane that has no connection yet. */
export function createLane(
  { relay, messagesPerConnection }: Pick<ConfiguredRelay, 'relay' | 'messagesPerConnection'>,
  { timeouts = standardTimeouts, idle = 30_000 }: LaneOptions = {},
): Lane {
  let current: Session | null = null
  let sent = 0
  let closing: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  let opening: AbortController | null = null
  const isSpent = () => messagesPerConnection !== null && sent >= messagesPerConnection
  const close = (): Promise<void> => {
    clearTimeout(timer)
    const last = current
    current = null
    if (last !== null) closing = last.close()
    return closing
  }
  const closeWhenIdle = () => {
    clearTimeout(timer)
    timer = setTimeout(() => void close(), idle)
    timer.unref()
  }
  const session = async (): Promise<Session | NoConnection> => {
    clearTimeout(timer)
    if (current !== null && (isSpent() || !current.isUsable())) await close()
    if (current === null) {
      // From here on it can be given up, also while the last connection is still saying goodbye.
      const giveUp = new AbortController()
      opening = giveUp
      await closing
      const opened = await openSession(relay, timeouts, giveUp.signal)
      opening = null
      if (opened.kind === 'no-connection') return opened
      current = opened
      sent = 0
    }
    closeWhenIdle()
    return current
  }
  const send: Lane['send'] = async (envelope, message, options) => {
    const opened = await session()
    if (opened.kind === 'no-connection') return opened
    clearTimeout(timer)
    try {
      sent += 1
      return await opened.send(envelope, message, options)
    } finally {
      closeWhenIdle()
    }
  }
  return {
    session,
    send,
    isOpen: () => current?.isUsable() === true && !isSpent(),
    close,
    giveUpOpening: () => opening?.abort(),
    abort: () => {
      opening?.abort()
      current?.abort()
    },
  }
}
