/** One connection of the fault-injecting server: SMTP as a relay speaks it, with a question before every answer whether something goes wrong there. */

import { hash } from 'node:crypto'
import type { Socket } from 'node:net'
import { createSecureContext, TLSSocket } from 'node:tls'
import { dotUnstuff, type MessageTaker, takeMessage } from '../../../src/transport/take-message.ts'
import type { Decide, EventDetail, Fault, Stage, TakenMessage } from './fault.ts'

/** What the server offers. */
export interface Dialogue {
  readonly decide: Decide
  /** Lines of the reply to EHLO, without STARTTLS. `SIZE n` and SMTPUTF8 are kept to. */
  readonly extensions: readonly string[]
  /** Offers STARTTLS with it. */
  readonly certificate: { readonly key: string; readonly cert: string } | null
  /** The only login that AUTH PLAIN takes; null: no AUTH. */
  readonly login: { readonly user: string; readonly password: string } | null
  readonly onEvent: (event: EventDetail) => void
  readonly onCommand: (line: string) => void
  readonly onBody: (octets: number) => void
  readonly onMessage: (message: TakenMessage, wire: Buffer) => void
}

const ok = '250 2.0.0 Ok\r\n'

/** Talks until the connection ends. `connection` is its number. */
export function talkSmtp(socket: Socket, connection: number, dialogue: Dialogue): void {
  const { decide, extensions, certificate, login, onEvent } = dialogue
  const largest = Number(extensions.map(each => /^SIZE (\d+)$/i.exec(each)?.[1]).find(each => each !== undefined) ?? 0)
  let wire = socket
  let input: Buffer = Buffer.alloc(0)
  let output = ''
  let isOver = false
  let isWaiting = false
  let from: string | null = null
  let to: string[] = []
  let taker: MessageTaker | null = null
  let bodyFault: Fault | null = null

  const flush = () => {
    if (output !== '') wire.write(output, 'latin1')
    output = ''
  }
  const reset = () => {
    from = null
    to = []
    return ok
  }
  /** Does what was decided, or answers; then calls back with what was said, null for nothing. */
  const answer = (fault: Fault | undefined, usual: () => string, done: (said: string | null) => void = () => {}) => {
    const act = () => {
      const { next = 'go-on' } = fault ?? {}
      const said = fault?.say ?? (fault?.next === undefined ? usual() : null)
      if (said !== null) output += said
      isOver = next !== 'go-on'
      if (isOver) flush()
      done(said)
      if (next === 'close') wire.destroySoon()
      if (next === 'reset') breakOff(wire)
      if (next === 'hang') wire.pause()
    }
    if (fault?.delay === undefined) return act()
    flush()
    isWaiting = true
    setTimeout(() => {
      isWaiting = false
      if (wire.destroyed) return
      act()
      proceed()
    }, fault.delay)
  }
  const ask = (stage: Stage, line = '', recipient = to[0] ?? '', message: TakenMessage | null = null) =>
    decide({ stage, connection, line, to: recipient, message })

  const greet = () => {
    const lines = [
      ...extensions,
      ...(certificate !== null && wire === socket ? ['STARTTLS'] : []),
      ...(login === null ? [] : ['AUTH PLAIN']),
    ]
    return ['faulty.example', ...lines].map((each, at) => `250${at === lines.length ? ' ' : '-'}${each}\r\n`).join('')
  }
  const startTls = () => {
    flush()
    if (certificate === null) return
    socket.removeListener('data', onData)
    wire = new TLSSocket(socket, { isServer: true, secureContext: createSecureContext(certificate) })
    wire.on('error', () => {})
    wire.on('data', onData)
    reset()
  }
  const mail = (line: string) => {
    if (largest > 0 && Number(/ SIZE=(\d+)/i.exec(line)?.[1] ?? 0) > largest) return '552 5.3.4 message too large\r\n'
    from = /<([^>]*)>/.exec(line)?.[1] ?? ''
    return ok
  }
  const rcpt = (address: string) => {
    if (from === null) return '503 5.5.1 MAIL first\r\n'
    if (/[^\x21-\x7e]/.test(address) && !extensions.includes('SMTPUTF8')) return '553 5.6.7 no SMTPUTF8 here\r\n'
    to.push(address)
    return ok
  }
  const authenticate = (line: string) => {
    if (login === null) return '502 5.5.1 not here\r\n'
    const given = Buffer.from(/^AUTH PLAIN (\S+)$/i.exec(line)?.[1] ?? '', 'base64').toString()
    return given === `\0${login.user}\0${login.password}` ? '235 2.7.0 Ok\r\n' : '535 5.7.8 no such user and password\r\n'
  }

  const command = (line: string) => {
    dialogue.onCommand(line)
    const verb = /^[A-Z]+/i.exec(line)?.[0].toUpperCase() ?? ''
    const fault = (stage: Stage) => ask(stage, line)
    switch (verb) {
      case 'EHLO':
        reset()
        return answer(fault('EHLO'), greet)
      case 'STARTTLS':
        if (certificate === null) return answer(fault('STARTTLS'), () => '502 5.5.1 not here\r\n')
        return answer(
          fault('STARTTLS'),
          () => '220 2.0.0 go ahead\r\n',
          said => void (said?.startsWith('220 2') && startTls()),
        )
      case 'AUTH':
        return answer(fault('AUTH'), () => authenticate(line))
      case 'MAIL':
        return answer(fault('MAIL'), () => mail(line))
      case 'RCPT': {
        const address = /<(.*)>/.exec(line)?.[1] ?? ''
        const event = (said: string | null) => onEvent({ kind: 'rcpt', to: address, said: said === null ? null : said.slice(0, 9).trim() })
        return answer(ask('RCPT', line, address), () => rcpt(address), event)
      }
      case 'DATA':
        return answer(fault('DATA'), () => (to.length === 0 ? '554 5.5.1 no valid recipients\r\n' : '354 go ahead\r\n'), begin)
      case 'RSET':
        return answer(fault('RSET'), reset)
      case 'NOOP':
        return answer(fault('NOOP'), () => ok)
      case 'QUIT':
        return answer(fault('QUIT') ?? { say: '221 2.0.0 Bye\r\n', next: 'close' }, () => '')
      default:
        return answer(fault('other'), () => '502 5.5.1 not here\r\n')
    }
  }
  const begin = (said: string | null) => {
    if (!said?.startsWith('354')) return
    taker = takeMessage()
    bodyFault = ask('body') ?? null
  }
  const takeBody = (body: MessageTaker) => {
    if (bodyFault !== null && body.size() + input.length >= (bodyFault.after ?? 0)) {
      const fault = bodyFault
      bodyFault = null
      return answer(fault, () => '')
    }
    const taken = body.take(input)
    input = taken?.rest ?? Buffer.alloc(0)
    if (taken === null) return undefined
    taker = null
    const message = describeMessage(from ?? '', to, dotUnstuff(taken.message))
    dialogue.onMessage(message, taken.message)
    const recipient = to[0] ?? ''
    const { messageId, delivery, bytes } = message
    onEvent({
      kind: 'message',
      from: message.from,
      to: recipient,
      messageId,
      delivery,
      length: bytes.length,
      sha256: hash('sha256', bytes),
    })
    const fault = ask('dot', '', recipient, message)
    reset()
    const usual = () =>
      largest > 0 && bytes.length > largest
        ? '552 5.3.4 message too large\r\n'
        : `250 2.0.0 Ok: queued as F${connection}A${Date.now().toString(36)}\r\n`
    return answer(fault, usual, said => onEvent({ kind: 'reply', to: recipient, said: said?.trim() ?? null, whole: isWhole(said) }))
  }
  const proceed = () => {
    while (!isOver && !isWaiting && input.length > 0) {
      if (taker !== null) takeBody(taker)
      else {
        const end = input.indexOf('\r\n')
        if (end === -1) break
        const line = input.toString('utf8', 0, end)
        input = input.subarray(end + 2)
        command(line)
      }
    }
    if (!isOver) flush()
  }
  const onData = (chunk: Buffer) => {
    if (taker !== null) dialogue.onBody(chunk.length)
    input = input.length === 0 ? chunk : Buffer.concat([input, chunk])
    proceed()
  }
  socket.on('data', onData)
  answer(ask('greeting'), () => '220 faulty.example ESMTP\r\n')
  proceed()
}

/** RST; a connection with TLS can only be ended without a goodbye. */
function breakOff(wire: Socket): void {
  if (wire instanceof TLSSocket) wire.destroy()
  else wire.resetAndDestroy()
}

/** A reply is complete with the line that has no hyphen behind its code (RFC 5321 §4.2.1). */
function isWhole(said: string | null): boolean {
  return said !== null && /(?:^|\n)\d{3}(?: [^\n]*)?\r\n/.test(said)
}

function describeMessage(from: string, to: readonly string[], bytes: Buffer): TakenMessage {
  const end = bytes.indexOf('\r\n\r\n')
  const head = bytes.toString('latin1', 0, end === -1 ? bytes.length : end)
  const header = (name: string) =>
    new RegExp(`^${name}:\\s*(.*(?:\\r\\n[ \\t].*)*)$`, 'im')
      .exec(head)?.[1]
      ?.replace(/\r\n\s+/g, ' ')
      .trim() ?? null
  return { from, to, messageId: header('Message-ID'), delivery: header('X-News-Digest-Delivery'), bytes }
}
