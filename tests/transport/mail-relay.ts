/** A real SMTP server in the process, on loopback and a free port. */

import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { onTestFinished } from 'vitest'

/** One message as the server took it: the envelope, and the bytes after dot-unstuffing. */
export interface Received {
  readonly from: string
  readonly to: readonly string[]
  readonly bytes: Buffer
  readonly secure: boolean
  readonly user: string | undefined
}

/** A running server. */
export interface MailRelay {
  readonly port: number
  readonly received: readonly Received[]
}

/** Starts a server that accepts everything, unless options say otherwise; it is gone when the test ends. */
export async function startMailRelay(options: SMTPServerOptions = {}): Promise<MailRelay> {
  const received: Received[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    closeTimeout: 50,
    onData(stream, { envelope, secure, user }, done) {
      const chunks: Buffer[] = []
      stream.on('data', chunk => chunks.push(chunk))
      stream.on('end', () => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address
        const to = envelope.rcptTo.map(({ address }) => address)
        received.push({ from, to, bytes: Buffer.concat(chunks), secure, user: user === undefined ? undefined : String(user) })
        ;(done as (error: null, text: string) => void)(null, `OK: queued as T${received.length}EST`)
      })
    },
    ...options,
  })
  // Clients that refuse a certificate, or go away, are what the tests are about.
  server.on('error', () => {})
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise<void>(resolve => server.close(() => resolve())))
  return { port: (server.server.address() as AddressInfo).port, received }
}
