/**
 * nodemailer's SMTPConnection with its data stream replaced by ours. Session, TLS, AUTH and envelope are nodemailer's; but it reports a connection that
 * was lost after the final dot, when the relay may have taken the message, exactly as one that was lost before DATA. Who writes the dot knows.
 */

import type { Socket } from 'node:net'
import type { SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection'
import type { Relay } from './relay-url.ts'

type SmtpConnection = import('nodemailer/lib/smtp-connection').default

/** Longest waits in milliseconds. */
export interface Timeouts {
  /** From the name's resolution to the greeting, STARTTLS included. */
  readonly setUp: number
  /** For the greeting, and for a STARTTLS handshake; at most what is left of `setUp`. */
  readonly greeting: number
  /** For the reply to a command. */
  readonly command: number
  /** For the relay to take more of a message. */
  readonly dataBlock: number
  /** For the reply to the final dot. Giving up early makes duplicates (RFC 1047). */
  readonly finalReply: number
}

const minute = 60_000

/** RFC 5321 §4.5.3.2. */
export const standardTimeouts: Timeouts = {
  setUp: 6 * minute,
  greeting: 5 * minute,
  command: 5 * minute,
  dataBlock: 3 * minute,
  finalReply: 10 * minute,
}

/** What we use of nodemailer's connection that its types leave out. tests/transport/connection.test.ts says loudly when any of it changes. */
interface Internals {
  _createSendStream: (done: (error: Error | null, response?: string) => void) => { write: () => void; end: () => void }
  _responseActions: ((reply: string) => void)[]
  readonly _supportedExtensions: readonly string[]
  readonly _maxAllowedSize: number
  readonly _socket: Socket
}

/** A connection, and the message that was last given to it. */
export interface Connection {
  readonly smtp: SmtpConnection
  readonly supports: (extension: 'SMTPUTF8') => boolean
  /** Largest message in octets that the relay announced; 0 where it announced none. */
  readonly largestMessage: () => number
  readonly setReplyTimeout: (milliseconds: number) => void
  /** Who hears of the next message. Set before each. */
  readonly listen: (listener: MessageListener) => void
}

/** What is heard of one message. */
export interface MessageListener {
  /** The relay answered DATA: what the socket is given now is the message. */
  readonly onGoAhead: (socket: Socket) => void
  /** The reply to the message as it came, lines joined by LF. */
  readonly onReply: (raw: string) => void
}

/** A connection that is not open yet. Throws where the installed nodemailer is not the one that this was written for. */
export async function createConnection(relay: Relay, timeouts: Timeouts): Promise<Connection> {
  const { default: SMTPConnection } = await import('nodemailer/lib/smtp-connection')
  const smtp = new SMTPConnection(connectionOptions(relay, timeouts))
  const internals = requireInternals(smtp)
  let listener: MessageListener | null = null
  internals._createSendStream = () => {
    internals._responseActions.push(raw => listener?.onReply(raw))
    // nodemailer hands over a whole message in one buffer; ours is in pieces, and goes past it to the socket.
    return { write: () => listener?.onGoAhead(internals._socket), end: () => {} }
  }
  return {
    smtp,
    supports: extension => internals._supportedExtensions.includes(extension),
    largestMessage: () => internals._maxAllowedSize,
    setReplyTimeout: milliseconds => void internals._socket.setTimeout(milliseconds),
    listen: each => {
      listener = each
    },
  }
}

function connectionOptions({ host, port, tls, verify, name }: Relay, timeouts: Timeouts): SMTPConnectionOptions {
  return {
    // nodemailer asks the name server even for this name, which need not know it.
    host: host === 'localhost' ? '127.0.0.1' : host,
    ...(host === 'localhost' ? { servername: host } : {}),
    port,
    secure: tls === 'implicit',
    requireTLS: tls === 'required',
    opportunisticTLS: tls === 'opportunistic',
    ignoreTLS: tls === 'off',
    ...(name === null ? {} : { name }),
    tls: { rejectUnauthorized: verify, minVersion: 'TLSv1.2' },
    connectionTimeout: timeouts.setUp,
    dnsTimeout: Math.min(timeouts.setUp, 30_000),
    greetingTimeout: timeouts.greeting,
    socketTimeout: timeouts.command,
    socketCloseTimeout: 1000,
    logger: false,
  }
}

function requireInternals(smtp: SmtpConnection): Internals {
  const internals = smtp as unknown as Partial<Internals>
  const known =
    typeof internals._createSendStream === 'function' &&
    internals._createSendStream.length === 1 &&
    Array.isArray(internals._responseActions) &&
    Array.isArray(internals._supportedExtensions) &&
    typeof internals._maxAllowedSize === 'number'
  if (!known)
    throw new Error('the installed nodemailer is not the one that news-digest was written for: install the exact version of package.json')
  return internals as Internals
}
