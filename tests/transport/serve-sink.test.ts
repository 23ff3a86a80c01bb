import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { dotStuff } from '../../src/message/dot-stuff.ts'
import { openSession, type Session } from '../../src/transport/open-session.ts'
import { parseRelayUrl } from '../../src/transport/relay-url.ts'
import { type SinkOptions, type SunkMessage, serveSink } from '../../src/transport/serve-sink.ts'

async function start(options: SinkOptions = {}) {
  const messages: SunkMessage[] = []
  const sink = await serveSink({ onMessage: message => void messages.push(message), ...options })
  onTestFinished(() => sink.close())
  const open = async (): Promise<Session> => {
    const session = await openSession(parseRelayUrl(sink.url))
    if (session.kind !== 'open') throw new Error(session.detail)
    return session
  }
  return { sink, messages, open }
}

const message = (body: string) => Buffer.from(`Subject: Lamps\r\n\r\n${body}\r\n`)
const send = (session: Session, to = 'reader@gull.example', body = 'Good morning.') =>
  session.send({ from: 'post@tide.example', to }, [dotStuff(message(body))])

/** Says each text once the one before it was answered, hangs up, and gives all that was heard. */
async function say(port: number, texts: readonly string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  const over = once(socket, 'close')
  let heard = ''
  for (const text of texts) {
    heard += String(await once(socket, 'data'))
    socket.write(text)
  }
  socket.on('data', chunk => {
    heard += String(chunk)
  })
  socket.end()
  await over
  return heard
}

describe('serveSink()', () => {
  it('accepts every message, byte for byte, and tells its envelope and the clock’s time', async () => {
    const { messages, open } = await start({ now: () => 42 })
    const session = await open()
    const bodies = ['.\r\n..\r\n.x', 'x\r\n'.repeat(50_000), '']
    for (const body of bodies) expect(await send(session, 'reader@gull.example', body)).toMatchObject({ kind: 'accepted' })
    await session.close()
    expect(messages.map(({ bytes }) => bytes.toString())).toEqual(bodies.map(body => message(body).toString()))
    expect(messages[0]).toMatchObject({ from: 'post@tide.example', to: ['reader@gull.example'], at: 42 })
  })

  it('takes an address beyond ASCII', async () => {
    const { messages, open } = await start()
    const session = await open()
    expect(await send(session, 'j\u00fcrgen@gull.example')).toMatchObject({ kind: 'accepted' })
    await session.close()
    expect(messages[0]?.to).toEqual(['j\u00fcrgen@gull.example'])
  })

  it('announces how large a message may be, and takes none that is larger', async () => {
    const { sink, messages, open } = await start({ largestMessage: 60 })
    const session = await open()
    expect(await send(session, 'reader@gull.example', 'x'.repeat(60))).toMatchObject({ kind: 'unsupported', feature: 'size' })
    await session.close()
    const talk = [
      'EHLO x\r\n',
      'MAIL FROM:<a@b.c>\r\n',
      'RCPT TO:<a@b.c>\r\n',
      'DATA\r\n',
      `${'x'.repeat(70)}\r\n.\r\n`,
      'MAIL FROM:<a@b.c> SIZE=61\r\n',
    ]
    expect((await say(sink.port, talk)).match(/^552/gm)).toHaveLength(2)
    expect(messages).toEqual([])
  })

  it('refuses what is over the rate of its clock, as Amazon SES does, and takes it again later', async () => {
    let now = 0
    const { messages, open } = await start({ now: () => now, rate: 2 })
    const session = await open()
    const kinds: string[] = []
    for (const at of [0, 100, 200, 999, 1000, 1001, 1100]) {
      now = at
      const outcome = await send(session)
      kinds.push(outcome.kind === 'rejected' ? `${outcome.reply.code} ${outcome.reply.enhanced}` : outcome.kind)
    }
    await session.close()
    expect(kinds).toEqual(['accepted', 'accepted', '454 4.7.0', '454 4.7.0', 'accepted', '454 4.7.0', 'accepted'])
    expect(messages.map(({ at }) => at)).toEqual([0, 100, 1000, 1100])
  })

  it('holds a rate in a clock that runs fast, where small delays are long', async () => {
    let now = 0
    const { open } = await start({ now: () => now, rate: 2, jitter: 500 })
    const session = await open()
    const kinds: string[] = []
    // Ten in five seconds, and one that half a second may bring along.
    for (let at = 0; at < 12; at += 1) kinds.push((await send(session)).kind)
    now = 5001
    kinds.push((await send(session)).kind)
    await session.close()
    expect(kinds).toEqual([...Array.from({ length: 11 }, () => 'accepted'), 'rejected', 'accepted'])
  })

  it('counts its connections, and how many were open at once', async () => {
    const { sink, open } = await start()
    const sessions = await Promise.all([open(), open()])
    for (const session of sessions) await session.close()
    await (await open()).close()
    expect(sink.connections()).toEqual({ opened: 3, atOnce: 2 })
  })

  it('holds a rate below one a second', async () => {
    let now = 0
    const { open } = await start({ now: () => now, rate: 0.1 })
    const session = await open()
    const kinds: string[] = []
    for (const at of [0, 9999, 10_000]) {
      now = at
      kinds.push((await send(session)).kind)
    }
    await session.close()
    expect(kinds).toEqual(['accepted', 'rejected', 'accepted'])
  })

  it('answers what comes out of order or is no command with a refusal, and goes on', async () => {
    const { sink, messages } = await start()
    const heard = await say(sink.port, [
      'DATA\r\n',
      'RCPT TO:<a@b.c>\r\n',
      'MAIL FROM:a@b.c\r\n',
      'VRFY x\r\n',
      'HELO x\r\n',
      'mail from:<>\r\n',
      'MAIL FROM:<a@b.c>\r\n',
      'RCPT TO:<>\r\n',
      'RSET\r\nNOOP\r\nQUIT\r\n',
    ])
    expect(heard.match(/^\d{3}/gm)).toEqual(['220', '503', '503', '501', '502', '250', '250', '503', '501', '250', '250', '221'])
    expect(messages).toEqual([])
  })

  it('ends a connection that sends a line without end', async () => {
    const { sink } = await start()
    expect(await say(sink.port, ['x'.repeat(5000)])).toMatch(/^220 /)
  })

  it('closes fully, with connections open and a message half way', async () => {
    const { sink, messages, open } = await start()
    const sessions = await Promise.all([open(), open()])
    const waiting = sessions[0]?.send({ from: 'post@tide.example', to: 'reader@gull.example' }, [dotStuff(message('x'))], {
      beforeData: () => sleep(200, true),
    })
    await sleep(50)
    await sink.close()
    expect(await waiting).toMatchObject({ kind: 'lost-before-dot' })
    expect(sessions[1]?.isUsable()).toBe(false)
    expect(messages).toEqual([])
    expect(await openSession(parseRelayUrl(sink.url))).toMatchObject({ kind: 'no-connection', why: 'refused' })
  })
})
