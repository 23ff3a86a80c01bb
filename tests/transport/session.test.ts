import PostalMime from 'postal-mime'
import type { SMTPServerOptions } from 'smtp-server'
import { describe, expect, it, onTestFinished } from 'vitest'
import { dotStuff } from '../../src/message/dot-stuff.ts'
import { openSession, type Session } from '../../src/transport/open-session.ts'
import { parseRelayUrl } from '../../src/transport/relay-url.ts'
import { startFaultyRelay } from './faulty-relay.ts'
import { startMailRelay } from './mail-relay.ts'
import { selfSigned } from './self-signed.ts'

const message = (body: string) => Buffer.from(`Subject: Lamps\r\nFrom: a@tide.example\r\n\r\n${body}`)
const stuffed = (body = 'Good morning.\r\n') => [dotStuff(message(body))]
const envelope = (to = 'reader@gull.example') => ({ from: 'post@tide.example', to })

async function open(url: string): Promise<Session> {
  const session = await openSession(parseRelayUrl(url))
  if (session.kind !== 'open') throw new Error(session.detail)
  return session
}

const checkPassword: SMTPServerOptions['onAuth'] = (auth, _session, done) => {
  if (auth.username === 'robin' && auth.password === 's:cret') done(null, { user: auth.username })
  else done(new Error('no'))
}

describe('a session', () => {
  it('has a message accepted, and tells the relay’s reply and its name for the message', async () => {
    const { port, received } = await startMailRelay()
    const session = await open(`smtp://localhost:${port}`)
    expect(await session.send(envelope(), stuffed())).toEqual({
      kind: 'accepted',
      reply: { code: 250, enhanced: null, text: 'OK: queued as T1EST' },
      queueId: 'T1EST',
    })
    await session.close()
    expect(received).toMatchObject([{ from: 'post@tide.example', to: ['reader@gull.example'] }])
  })

  it.each([
    ['with pipelining', {}],
    ['without pipelining', { hidePIPELINING: true }],
  ])('has lines that begin with dots arrive byte for byte, %s', async (_, options) => {
    const { port, received } = await startMailRelay(options)
    const session = await open(`smtp://127.0.0.1:${port}`)
    const bodies = ['.\r\n..\r\n.hidden\r\n', '...\r\n', `a${'\r\n.'.repeat(5000)}\r\n`, '\r\n\r\n.\r\n']
    for (const body of bodies) expect(await session.send(envelope(), stuffed(body))).toMatchObject({ kind: 'accepted' })
    await session.close()
    expect(received.map(({ bytes }) => bytes.toString('latin1'))).toEqual(bodies.map(body => message(body).toString('latin1')))
    expect((await PostalMime.parse(received[0]?.bytes ?? '')).text).toBe('.\n..\n.hidden\n')
  })

  it('sends a message larger than any buffer on the way', async () => {
    const { port, received } = await startMailRelay()
    const session = await open(`smtp://localhost:${port}`)
    const body = `.${'x'.repeat(76)}\r\n`.repeat(150_000)
    expect(await session.send(envelope(), stuffed(body))).toMatchObject({ kind: 'accepted' })
    await session.close()
    expect(received[0]?.bytes.equals(message(body))).toBe(true)
  })

  it('goes on over the same connection after a recipient was refused', async () => {
    for (const extensions of [['PIPELINING'], []]) {
      const { port, commands, connections, messages } = await startFaultyRelay({
        extensions,
        RCPT: to => (to.startsWith('gone') ? { say: '550 5.1.1 no such mailbox\r\n' } : undefined),
      })
      const session = await open(`smtp://localhost:${port}`)
      const outcomes = []
      for (const to of ['a@gull.example', 'gone@gull.example', 'b@gull.example']) outcomes.push(await session.send(envelope(to), stuffed()))
      expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', 'rejected', 'accepted'])
      expect([connections(), commands.filter(each => each === 'RSET').length, session.isUsable()]).toEqual([1, 1, true])
      expect(messages.filter(each => each.length > 0)).toHaveLength(2)
      await session.close()
      expect(session.isUsable()).toBe(false)
    }
  })

  it('keeps no listener of a message that is done, accepted or refused', async () => {
    const warnings: string[] = []
    const onWarning = (warning: Error) => warnings.push(warning.message)
    process.on('warning', onWarning)
    onTestFinished(() => void process.removeListener('warning', onWarning))
    const { port } = await startFaultyRelay({ RCPT: to => (to.startsWith('gone') ? { say: '550 5.1.1 no such mailbox\r\n' } : undefined) })
    const session = await open(`smtp://localhost:${port}`)
    for (let n = 0; n < 30; n++) await session.send(envelope(n % 2 === 0 ? 'gone@gull.example' : 'ok@gull.example'), stuffed())
    await session.close()
    expect(warnings).toEqual([])
  })

  it('gives exactly one RCPT to every message, and no command out of an address', async () => {
    const { port, commands } = await startFaultyRelay()
    const session = await open(`smtp://localhost:${port}`)
    const hostile = [
      'a@x.test, b@evil.test',
      'a@x.test\r\nRCPT TO:<e@x.test>',
      'a@x.test> <b@evil.test',
      'a@x.test>\r\nRCPT TO:<e@x.test',
      '"a@evil"@x.test',
      'a@x\u00ad.test\n',
      'a@[127.0.0.1]',
      'a@x.test SIZE=1',
      '',
      '@x.test',
      'a\u0000@x.test',
    ]
    for (const to of hostile) expect(await session.send(envelope(to), stuffed())).toMatchObject({ kind: 'refused', whose: 'recipient' })
    for (const from of hostile)
      expect(await session.send({ from, to: 'a@x.test' }, stuffed())).toMatchObject({ kind: 'refused', whose: 'sender' })
    expect(commands).toHaveLength(1)
    await session.send(envelope('ok@x.test'), stuffed())
    await session.close()
    expect(commands.filter(each => /^(MAIL|RCPT)/.test(each)).map(each => each.replace(/ SIZE=\d+/, ''))).toEqual([
      'MAIL FROM:<post@tide.example>',
      'RCPT TO:<ok@x.test>',
    ])
  })

  it('drops a soft hyphen, writes a domain beyond ASCII in punycode, and keeps a homoglyph apart from the letter it looks like', async () => {
    const { port, commands } = await startFaultyRelay()
    const session = await open(`smtp://localhost:${port}`)
    for (const to of ['a@b\u00fccher.example', 'a@gu\u00adll.example', 'a@g\u0443ll.example']) await session.send(envelope(to), stuffed())
    await session.close()
    expect(commands.filter(each => each.startsWith('RCPT'))).toEqual([
      'RCPT TO:<a@xn--bcher-kva.example>',
      'RCPT TO:<a@gull.example>',
      'RCPT TO:<a@xn--gll-dfd.example>',
    ])
  })

  it('reports a local part beyond ASCII as unsupported by a relay without SMTPUTF8, and sends nothing', async () => {
    const { port, received } = await startMailRelay({ hideSMTPUTF8: true })
    const session = await open(`smtp://localhost:${port}`)
    expect(await session.send(envelope('j\u00fcrgen@b\u00fccher.example'), stuffed())).toMatchObject({
      kind: 'unsupported',
      feature: 'smtputf8',
    })
    expect(session.isUsable()).toBe(true)
    await session.close()
    expect(received).toEqual([])
  })

  it('asks for SMTPUTF8 where the relay has it and the local part needs it', async () => {
    const { port, commands } = await startFaultyRelay({ extensions: ['SMTPUTF8', '8BITMIME'] })
    const session = await open(`smtp://localhost:${port}`)
    await session.send(envelope('j\u00fcrgen@b\u00fccher.example'), stuffed())
    await session.send(envelope('plain@b\u00fccher.example'), stuffed())
    await session.close()
    expect(commands.filter(each => /^(MAIL|RCPT)/.test(each))).toEqual([
      'MAIL FROM:<post@tide.example> SMTPUTF8',
      'RCPT TO:<j\u00fcrgen@xn--bcher-kva.example>',
      'MAIL FROM:<post@tide.example>',
      'RCPT TO:<plain@xn--bcher-kva.example>',
    ])
  })

  it('sends no message that is larger than the relay said it takes', async () => {
    const { port, commands } = await startFaultyRelay({ extensions: ['SIZE 100'] })
    const session = await open(`smtp://localhost:${port}`)
    expect(await session.send(envelope(), stuffed('x'.repeat(76).concat('\r\n')))).toMatchObject({ kind: 'unsupported', feature: 'size' })
    expect(commands).toHaveLength(1)
    await session.close()
  })

  it('says its name, and goodbye', async () => {
    const { port, commands } = await startFaultyRelay()
    await (await open(`smtp://localhost:${port}?name=mail.tide.example`)).close()
    expect(commands).toEqual(['EHLO mail.tide.example', 'QUIT'])
  })

  it('logs in over TLS, and is protected from the first byte with smtps', async () => {
    const options = { ...selfSigned('localhost'), disabledCommands: [], authOptional: false, onAuth: checkPassword }
    for (const secure of [false, true]) {
      const { port, received } = await startMailRelay({ ...options, secure })
      const session = await open(`smtp${secure ? 's' : ''}://robin:s%3Acret@localhost:${port}?tls=required&tls-verify=off`)
      expect(await session.send(envelope(), stuffed())).toMatchObject({ kind: 'accepted' })
      await session.close()
      expect(received).toMatchObject([{ secure: true, user: 'robin' }])
    }
  })
})
