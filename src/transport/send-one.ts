/** One message over an open connection, and what became of it. */

import type { StuffedBytes } from '../message/dot-stuff.ts'
import type { ConnectionError } from './connect-failure.ts'
import type { Connection } from './connection.ts'
import type { Outcome, Stage } from './outcome.ts'
import { parseReply, queueIdOf, shorten } from './reply.ts'
import type { MessageWriter } from './write-message.ts'

/** What became of a message, and whether the connection is still in step with the relay. */
export interface Sent {
  readonly outcome: Outcome
  readonly inStep: boolean
}

/**
 * Sends one message; both addresses have been checked. Resolves exactly once, whatever happens first: the reply to the message, a refusal before it,
 * the end of the connection, or a timeout.
 */
export function sendOne(
  { smtp, listen }: Connection,
  envelope: { readonly from: string; readonly to: string },
  message: StuffedBytes,
): Promise<Sent> {
  return new Promise(resolve => {
    let writer: MessageWriter | null = null
    let lost: ConnectionError | null = null
    const settle = (sent: Sent) => {
      smtp.removeListener('error', onError)
      smtp.removeListener('end', onEnd)
      resolve(sent)
    }
    const onError = (error: ConnectionError) => {
      lost = error
    }
    // nodemailer reports the end before the error that goes with it to the sender, and sometimes the end alone.
    const onEnd = () => setImmediate(() => settle({ outcome: toLoss(lost, writer), inStep: false }))
    smtp.on('error', onError)
    smtp.once('end', onEnd)
    listen({
      onWriting: each => {
        writer = each
      },
      onReply: raw => settle(toFinal(raw, writer)),
    })
    smtp.send(
      { from: envelope.from, to: [envelope.to], size: message.length },
      Buffer.from(message.buffer, message.byteOffset, message.length),
      error => {
        // Our own data stream reports replies to the message; what arrives here happened before it, or to the connection.
        if (error) settle(toRefusal(error) ?? { outcome: toLoss(error, writer), inStep: false })
      },
    )
  })
}

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
