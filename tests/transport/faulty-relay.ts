/** An SMTP server that does wrong things on purpose, at a step that the test names. Loopback, free port. */

import { type AddressInfo, createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** What the server does at a step: says these bytes as they are, then goes on, closes the connection, breaks it (RST), or says nothing more. */
export interface Fault {
  readonly say?: string
  readonly next?: 'go-on' | 'close' | 'reset' | 'hang'
}

/** Faults by step. `body` comes once as many bytes of a message as `bodyBytes` says have arrived; all other steps are commands. */
export interface Faults {
  readonly extensions?: readonly string[]
  readonly greeting?: Fault | (() => Fault | undefined)
  readonly EHLO?: Fault
  readonly STARTTLS?: Fault
  readonly AUTH?: Fault
  readonly MAIL?: Fault
  readonly RCPT?: Fault | ((address: string) => Fault | undefined)
  readonly DATA?: Fault
  readonly RSET?: Fault
  readonly body?: Fault & { readonly after: number }
  /** The reply to the final dot. */
  readonly dot?: Fault
}

/** What the server has seen. */
export interface FaultyRelay {
  readonly port: number
  readonly commands: readonly string[]
  /** Bytes between DATA and the final dot, still dot-stuffed, of messages whose dot arrived. */
  readonly messages: readonly Buffer[]
  readonly connections: () => number
  /** Connections that are open now. */
  readonly open: () => number
  /** Bytes that came after a go-ahead to DATA, those of unfinished messages and of final dots with them. */
  readonly bodyBytes: () => number
}

const ok = { say: '250 2.0.0 Ok\r\n' }

/** Starts a server; it is gone when the test ends. */
export async function startFaultyRelay(faults: Faults = {}): Promise<FaultyRelay> {
  const commands: string[] = []
  const messages: Buffer[] = []
  const sockets = new Set<Socket>()
  let connections = 0
  let bodyBytes = 0
  const server = createServer({ noDelay: true }, socket => {
    connections += 1
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    talk(socket, faults, {
      commands,
      messages,
      onBody: count => {
        bodyBytes += count
      },
    })
  })
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve))
  onTestFinished(
    () =>
      new Promise<void>(resolve => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  )
  return {
    port: (server.address() as AddressInfo).port,
    commands,
    messages,
    connections: () => connections,
    open: () => sockets.size,
    bodyBytes: () => bodyBytes,
  }
}

interface Seen {
  readonly commands: string[]
  readonly messages: Buffer[]
  readonly onBody: (bytes: number) => void
}

function talk(socket: Socket, faults: Faults, seen: Seen): void {
  let input = Buffer.alloc(0)
  let inData = false
  let isOver = false
  const act = ({ say, next = 'go-on' }: Fault) => {
    if (say !== undefined) socket.write(say, 'latin1')
    isOver = next !== 'go-on'
    if (next === 'close') socket.destroySoon()
    if (next === 'reset') socket.resetAndDestroy()
    if (next === 'hang') socket.pause()
  }
  const command = (line: string) => {
    seen.commands.push(line)
    const verb = /^[A-Z]+/i.exec(line)?.[0].toUpperCase() ?? ''
    const fault = faultOf(faults, verb, line)
    inData = verb === 'DATA' && (fault.say?.startsWith('354') ?? false)
    act(fault)
  }
  const takeMessage = () => {
    const end = Buffer.concat([Buffer.from('\r\n'), input]).indexOf('\r\n.\r\n')
    if (faults.body !== undefined && input.length >= faults.body.after) return act(faults.body)
    if (end === -1) return undefined
    seen.messages.push(input.subarray(0, end))
    input = input.subarray(end + 3)
    inData = false
    return act(faults.dot ?? { say: '250 2.0.0 Ok: queued as F0A1B2\r\n' })
  }
  socket.on('data', chunk => {
    if (inData) seen.onBody(chunk.length)
    input = Buffer.concat([input, chunk])
    for (let size = -1; size !== input.length && !isOver; ) {
      size = input.length
      const end = input.indexOf('\r\n')
      if (inData) takeMessage()
      else if (end !== -1) {
        const line = input.toString('utf8', 0, end)
        input = input.subarray(end + 2)
        command(line)
      }
    }
  })
  const greeting = typeof faults.greeting === 'function' ? faults.greeting() : faults.greeting
  act(greeting ?? { say: '220 faulty.example ESMTP\r\n' })
}

function faultOf(faults: Faults, verb: string, line: string): Fault {
  if (verb === 'EHLO') {
    const lines = ['faulty.example', ...(faults.extensions ?? ['PIPELINING', 'ENHANCEDSTATUSCODES'])]
    const reply = lines.map((each, index) => `250${index === lines.length - 1 ? ' ' : '-'}${each}\r\n`).join('')
    return faults.EHLO ?? { say: reply }
  }
  if (verb === 'RCPT') return (typeof faults.RCPT === 'function' ? faults.RCPT(/<(.*)>/.exec(line)?.[1] ?? '') : faults.RCPT) ?? ok
  if (verb === 'DATA') return faults.DATA ?? { say: '354 go ahead\r\n' }
  if (verb === 'QUIT') return { say: '221 2.0.0 Bye\r\n', next: 'close' }
  if (verb === 'STARTTLS' || verb === 'AUTH') return faults[verb] ?? { say: '502 5.5.1 not here\r\n' }
  return (verb === 'MAIL' || verb === 'RSET' ? faults[verb] : undefined) ?? ok
}
