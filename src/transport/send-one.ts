/** One message over an open connection, and what became of it. */

import type { Socket } from 'node:net'
import type { StuffedBytes } from '../message/dot-stuff.ts'
import type { ConnectionError } from './connect-failure.ts'
import type { Connection } from './connection.ts'
import type { Outcome, Stage } from './outcome.ts'
import { parseReply, queueIdOf, shorten } from './reply.ts'
import { type MessageWriter, type WriteTimeouts, writeMessage } from './write-message.ts'

/** One message to one recipient; both addresses have been checked. */
export interface OneMessage {
  readonly from: string
  readonly to: string
  /** One after another they are the message. Pieces may be shared by many messages: they are neither copied nor changed. */
  readonly pieces: readonly StuffedBytes[]
  /** The octets of all pieces. */
  readonly size: number
  /** See `SendOptions` of open-session.ts. */
  readonly beforeData: (() => Promise<boolean>) | null
}

/** What became of a message, and whether the connection is still in step with the relay. */
export interface Sent {
  readonly outcome: Outcome
  readonly inStep: boolean
}

// nodemailer wants a message; ours never goes through it.
const placeholder = Buffer.from('\r\n', 'latin1')

/**
 * Sends one message. Resolves exactly once, whatever happens first: the reply to the message, a refusal before it, the end of the connection, or a
 * timeout. Rejects only with what `beforeData` rejected with; then nothing of the message was sent, and the connection is out of step.
 */
export function sendOne({ smtp, listen }: Connection, message: OneMessage, timeouts: WriteTimeouts): Promise<Sent> {
  return new Promise((resolve, reject) => {
    let writer: MessageWriter | null = null
    let lost: ConnectionError | null = null
    let isOver = false
    const finish = () => {
      isOver = true
      smtp.removeListener('error', onError)
      smtp.removeListener('end', onEnd)
    }
    const settle = (sent: Sent) => {
      finish()
      resolve(sent)
    }
    const onError = (error: ConnectionError) => {
      lost = error
    }
    // nodemailer reports the end before the error that goes with it to the sender, and sometimes the end alone.
    const onEnd = () => setImmediate(() => settle({ outcome: toLoss(lost, writer), inStep: false }))
    const write = (socket: Socket) => {
      if (!isOver) writer = writeMessage(socket, message.pieces, timeouts)
    }
    const ask = (socket: Socket, beforeData: () => Promise<boolean>) => {
      // It is we who are silent, for as long as it takes.
      socket.setTimeout(0)
      Promise.try(beforeData).then(
        mayGo => (mayGo ? write(socket) : settle(heldBack)),
        (error: unknown) => {
          finish()
          reject(error)
        },
      )
    }
    smtp.on('error', onError)
    smtp.once('end', onEnd)
    listen({
      onGoAhead: socket => (message.beforeData === null ? write(socket) : ask(socket, message.beforeData)),
      onReply: raw => settle(toFinal(raw, writer)),
    })
    smtp.send({ from: message.from, to: [message.to], size: message.size }, placeholder, error => {
      // Our own data stream reports replies to the message; what arrives here happened before it, or to the connection.
      if (error) settle(toRefusal(error) ?? { outcome: toLoss(error, writer), inStep: false })
    })
  })
}

/** What is said of a message that we held back ourselves: no failure of anybody's. */
export const heldBackDetail = 'it was held back before its first byte'

const heldBack: Sent = { outcome: { kind: 'lost-before-dot', detail: heldBackDetail }, inStep: false }

/** The reply to the message. One that came before the dot had left answers something else, unless it refuses (RFC 5321 §3.3: a server may, early). */
function toFinal(raw: string, writer: MessageWriter | null): Sent {
  const stopped = writer?.stop() ?? true
  const reply = parseReply(raw)
  if (reply !== null && reply.code >= 400)
    return { outcome: { kind: 'rejected', stage: 'message', reply }, inStep: !stopped && reply.code !== 421 }
  if (stopped) return { outcome: { kind: 'lost-before-dot', detail: 'the relay answered before the message was complete' }, inStep: false }
  if (reply === null || reply.code >= 300)
    return { outcome: { kind: 'uncertain', detail: 'the relay answered the message with what is no reply to it' }, inStep: false }
  return { outcome: { kind: 'accepted', reply, queueId: queueIdOf(reply) }, inStep: true }
}

const stages: Readonly<Record<string, Stage>> = { 'MAIL FROM': 'mail', 'RCPT TO': 'rcpt', DATA: 'data' }

/** A refusal before the message; null for an error of the connection. */
function toRefusal({ command = '', response }: ConnectionError): Sent | null {
  const reply = response === undefined ? null : parseReply(response)
  if (reply === null || reply.code < 400) return null
  if (reply.code === 421) return { outcome: { kind: 'rejected', stage: stages[command] ?? 'session', reply }, inStep: false }
  const stage = stages[command]
  return stage === undefined ? null : { outcome: { kind: 'rejected', stage, reply }, inStep: true }
}

function toLoss(error: ConnectionError | null, writer: MessageWriter | null): Outcome {
  const detail = describeLoss(error)
  return (writer?.stop() ?? true) ? { kind: 'lost-before-dot', detail } : { kind: 'uncertain', detail }
}

function describeLoss(error: ConnectionError | null): string {
  if (error === null) return 'the connection ended'
  const said = error.response === undefined ? '' : `; the relay's last words were "${error.response}"`
  if (error.code === 'ETIMEDOUT') return 'the relay did not answer in time'
  if (error.originalCode !== undefined) return `the connection broke (${error.originalCode})`
  return shorten(`the connection ended${said}`)
}
