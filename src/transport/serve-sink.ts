/** The relay of a dry run: a real SMTP server on loopback that accepts everything, so that all but the relay is as in a sending. */

import { type AddressInfo, createServer, type Socket } from 'node:net'
import { dotUnstuff, type MessageTaker, takeMessage } from './take-message.ts'

/** A message as the sink accepted it. */
export interface SunkMessage {
  readonly from: string
  readonly to: readonly string[]
  /** After undoing the dot-stuffing. The sink keeps no hold of it. */
  readonly bytes: Buffer
  /** When its final dot came, in milliseconds of the sink's clock. */
  readonly at: number
}

/** How a sink behaves. */
export interface SinkOptions {
  readonly onMessage?: (message: SunkMessage) => void
  /** The clock, in milliseconds. It may run faster than time does. Default: the system's. */
  readonly now?: () => number
  /** Messages a second of that clock; a message beyond is refused as Amazon SES refuses it. Null: no limit. */
  readonly rate?: number | null
  /** Milliseconds of that clock by which a message may come earlier or later than it was let go: where the clock runs fast, small delays are long. Default: 0. */
  readonly jitter?: number
  /** Octets of a message that it announces, and takes (RFC 1870). Default: 50 MB. */
  readonly largestMessage?: number
}

/** A running sink. */
export interface Sink {
  readonly port: number
  /** For `parseRelayUrl()`. */
  readonly url: string
  /** Connections so far, and the most that were open at once. */
  readonly connections: () => { readonly opened: number; readonly atOnce: number }
  /** Ends all connections, and resolves once nothing of it is left. */
  readonly close: () => Promise<void>
}

/** Starts a sink on 127.0.0.1 and a free port. */
export async function serveSink({
  onMessage = () => {},
  now = Date.now,
  rate = null,
  jitter = 0,
  largestMessage = 50_000_000,
}: SinkOptions = {}): Promise<Sink> {
  const sockets = new Set<Socket>()
  let opened = 0
  let atOnce = 0
  const mayPass = rate === null ? () => true : limitRate(rate, jitter)
  const accept = (message: Omit<SunkMessage, 'at'>): string => {
    const at = now()
    if (!mayPass(at)) return '454 4.7.0 Throttling failure: Maximum sending rate exceeded.'
    onMessage({ ...message, at })
    return '250 2.0.0 Ok: not sent, this is a dry run'
  }
  const server = createServer({ noDelay: true }, socket => {
    sockets.add(socket)
    opened += 1
    atOnce = Math.max(atOnce, sockets.size)
    socket.on('close', () => sockets.delete(socket))
    // A sender that goes away is no failure of the sink's.
    socket.on('error', () => {})
    talk(socket, accept, largestMessage)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  const close = () =>
    new Promise<void>(resolve => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    })
  return { port, url: `smtp://127.0.0.1:${port}`, connections: () => ({ opened, atOnce }), close }
}

/**
 * Whether one more message fits into the second that ends with it; with less than one a second, into as long as one takes. With a jitter, into ten times as
 * long as that, and as many more as it may bring together.
 */
function limitRate(rate: number, jitter: number): (at: number) => boolean {
  const span = Math.max(1000, 1000 / rate, 10 * jitter)
  const most = Math.max(1, Math.floor((rate * (span + jitter)) / 1000))
  const passed: number[] = []
  return at => {
    while (passed[0] !== undefined && passed[0] <= at - span) passed.shift()
    if (passed.length >= most) return false
    passed.push(at)
    return true
  }
}

const longestLine = 4096

function talk(socket: Socket, accept: (message: Omit<SunkMessage, 'at'>) => string, largestMessage: number): void {
  let input: Buffer = Buffer.alloc(0)
  let from: string | null = null
  let to: string[] = []
  let taker: MessageTaker | null = null
  const reset = () => {
    from = null
    to = []
    taker = null
  }
  const finish = (message: Buffer): string => {
    const sunk = { from: from ?? '', to, bytes: dotUnstuff(message) }
    reset()
    return message.length > largestMessage ? '552 5.3.4 message too large' : accept(sunk)
  }
  const mail = (line: string, address: string | undefined): string => {
    if (address === undefined) return '501 5.5.4 MAIL FROM:<address>'
    if (from !== null) return '503 5.5.1 one MAIL at a time'
    if (Number(/ SIZE=(\d+)/i.exec(line)?.[1] ?? 0) > largestMessage) return '552 5.3.4 message too large'
    from = address
    return '250 2.1.0 Ok'
  }
  const rcpt = (address: string | undefined): string => {
    if (address === undefined || address === '') return '501 5.5.4 RCPT TO:<address>'
    if (from === null) return '503 5.5.1 MAIL first'
    to.push(address)
    return '250 2.1.5 Ok'
  }
  const answer = (line: string): string => {
    const verb = /^[A-Z]+/i.exec(line)?.[0].toUpperCase() ?? ''
    const address = /^(?:MAIL FROM|RCPT TO):\s*<([^>]*)>/i.exec(line)?.[1]
    switch (verb) {
      case 'EHLO':
        reset()
        return `250-sink\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-ENHANCEDSTATUSCODES\r\n250 SIZE ${largestMessage}`
      case 'HELO':
      case 'RSET':
        reset()
        return '250 2.0.0 Ok'
      case 'NOOP':
        return '250 2.0.0 Ok'
      case 'MAIL':
        return mail(line, address)
      case 'RCPT':
        return rcpt(address)
      case 'DATA':
        if (to.length === 0) return '503 5.5.1 RCPT first'
        taker = takeMessage()
        return '354 go ahead'
      case 'QUIT':
        return '221 2.0.0 Bye'
      default:
        return '502 5.5.1 not here'
    }
  }
  /** Takes one step with what is there; false where that needs more. */
  const step = (): boolean => {
    let reply: string
    if (taker !== null) {
      const taken = taker.take(input)
      input = taken?.rest ?? Buffer.alloc(0)
      if (taken === null) return false
      reply = finish(taken.message)
    } else {
      const end = input.indexOf('\r\n')
      if (end === -1) {
        if (input.length > longestLine) socket.destroy()
        return false
      }
      reply = answer(input.toString('utf8', 0, end))
      input = input.subarray(end + 2)
    }
    socket.write(`${reply}\r\n`)
    if (reply.startsWith('221')) socket.end()
    return input.length > 0 && !socket.writableEnded
  }
  socket.on('data', chunk => {
    input = input.length === 0 ? chunk : Buffer.concat([input, chunk])
    while (step());
  })
  socket.write('220 sink ESMTP, a dry run\r\n')
}
