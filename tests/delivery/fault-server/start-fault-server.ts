/** An SMTP server that does wrong things on purpose, on loopback, and tells what it has seen. For tests in the process; run.ts is the same as a process. */

import { type AddressInfo, createServer, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { selfSigned } from '../../transport/self-signed.ts'
import type { Decide, ServerEvent, TakenMessage } from './fault.ts'
import { type Dialogue, talkSmtp } from './talk-smtp.ts'

/** How the server is. Without options it accepts everything. */
export interface FaultServerOptions {
  /** Default: a free one. */
  readonly port?: number
  /** What goes wrong. The first that decides counts. */
  readonly decide?: Decide | readonly Decide[]
  readonly extensions?: readonly string[]
  /** `starttls` and `implicit` with a certificate that is signed by itself. Default: none. */
  readonly tls?: 'none' | 'starttls' | 'implicit'
  readonly login?: Dialogue['login']
  readonly onEvent?: (event: ServerEvent) => void
  readonly onCommand?: (line: string) => void
  readonly onBody?: (octets: number) => void
  readonly onMessage?: (message: TakenMessage, wire: Buffer) => void
}

/** A running server. */
export interface FaultServer {
  readonly port: number
  /** Connections so far, and those that are open. */
  readonly connections: () => number
  readonly open: () => number
  /** Ends all connections and stops listening. */
  readonly goAway: () => Promise<void>
  /** Listens again, at the same port. */
  readonly comeBack: () => Promise<void>
  readonly close: () => Promise<void>
}

/** What a relay of today offers. */
export const usualExtensions = ['PIPELINING', '8BITMIME', 'SMTPUTF8', 'ENHANCEDSTATUSCODES', 'SIZE 52428800']

/** Starts a server on 127.0.0.1. */
export async function startFaultServer(options: FaultServerOptions = {}): Promise<FaultServer> {
  const { decide = [], extensions = usualExtensions, tls = 'none', login = null, onEvent = () => {} } = options
  const deciders = typeof decide === 'function' ? [decide] : decide
  const certificate = tls === 'none' ? null : selfSigned('localhost')
  const sockets = new Set<Socket>()
  let connections = 0
  const onConnection = (socket: Socket) => {
    const connection = ++connections
    const tell: Dialogue['onEvent'] = event => onEvent({ at: Date.now(), connection, ...event })
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => {
      sockets.delete(socket)
      tell({ kind: 'end' })
    })
    tell({ kind: 'connection' })
    talkSmtp(socket, connection, {
      decide: step => {
        for (const each of deciders) {
          const fault = each(step)
          if (fault !== undefined) return fault
        }
        return undefined
      },
      extensions,
      certificate: tls === 'starttls' ? certificate : null,
      login,
      onEvent: tell,
      onCommand: options.onCommand ?? (() => {}),
      onBody: options.onBody ?? (() => {}),
      onMessage: options.onMessage ?? (() => {}),
    })
  }
  const server =
    tls === 'implicit' && certificate !== null ? createTlsServer(certificate, onConnection) : createServer({ noDelay: true }, onConnection)
  server.on('tlsClientError', () => {})
  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', () => {
        server.removeListener('error', reject)
        resolve()
      })
    })
  await listen(options.port ?? 0)
  const { port } = server.address() as AddressInfo
  const goAway = () =>
    new Promise<void>(resolve => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    })
  return { port, connections: () => connections, open: () => sockets.size, goAway, comeBack: () => listen(port), close: goAway }
}
