import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { describe, expect, it } from 'vitest'
import { createConnection, standardTimeouts } from '../../src/transport/connection.ts'
import { parseRelayUrl } from '../../src/transport/relay-url.ts'

const { dependencies } = JSON.parse(readFileSync(fileURLToPath(new URL('../../package.json', import.meta.url)), 'utf8'))

/**
 * src/transport/connection.ts replaces `_createSendStream`, and relies on how these methods of nodemailer's connection call it and tell the end of a
 * connection. When this fails, nodemailer has changed: read its lib/smtp-connection against connection.ts and send-one.ts, run tests/transport, and only
 * then write the new version and digest here.
 */
describe('the nodemailer that is installed', () => {
  it('is the one that our data stream was written for, named exactly', () => {
    expect([dependencies.nodemailer, new SMTPConnection().version]).toEqual(['10.6.0', '10.6.0'])
  })

  it('has the methods that our data stream stands between as they were read', () => {
    const methods = [
      'send',
      '_createSendStream',
      '_setEnvelope',
      '_actionDATA',
      '_processResponse',
      '_onError',
      '_onClose',
      '_onServerClosing',
      'close',
      '_destroy',
    ]
    const prototype = SMTPConnection.prototype as unknown as Readonly<Record<string, () => void>>
    const source = methods.map(name => String(prototype[name])).join('\n')
    expect(createHash('sha256').update(source).digest('hex').slice(0, 16)).toBe('b480e52a44a2e905')
  })
})

describe('createConnection()', () => {
  const optionsOf = async (url: string) =>
    (await createConnection(parseRelayUrl(url), standardTimeouts)).smtp as unknown as {
      options: Record<string, unknown>
      servername: unknown
    }

  it.each([
    ['smtp://smtp.example.com', { secure: false, requireTLS: true, opportunisticTLS: false, ignoreTLS: false }],
    ['smtps://smtp.example.com', { secure: true, requireTLS: false, opportunisticTLS: false, ignoreTLS: false }],
    ['smtp://smtp.example.com?tls=opportunistic', { secure: false, requireTLS: false, opportunisticTLS: true, ignoreTLS: false }],
    ['smtp://localhost', { secure: false, requireTLS: false, opportunisticTLS: false, ignoreTLS: true }],
  ])('protects %s as asked', async (url, expected) => {
    expect((await optionsOf(url)).options).toMatchObject(expected)
  })

  it('proves the host that was named, also where it goes to the address of this machine', async () => {
    expect((await optionsOf('smtp://localhost?tls=required')).servername).toBe('localhost')
    expect((await optionsOf('smtp://smtp.example.com')).servername).toBe('smtp.example.com')
    expect((await optionsOf('smtp://smtp.example.com')).options.tls).toMatchObject({ rejectUnauthorized: true, minVersion: 'TLSv1.2' })
  })

  it('waits ten minutes for the reply to a message, and logs nothing', async () => {
    expect(standardTimeouts.finalReply).toBe(600_000)
    expect((await optionsOf('smtp://u:p@smtp.example.com')).options).toMatchObject({ logger: false })
  })
})
