import { spawn } from 'node:child_process'
import { hash } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { dotStuff } from '../../src/message/dot-stuff.ts'
import { standardTimeouts } from '../../src/transport/connection.ts'
import { openSession } from '../../src/transport/open-session.ts'
import type { Outcome } from '../../src/transport/outcome.ts'
import { parseRelayUrl } from '../../src/transport/relay-url.ts'
import { createTempFolder } from '../temp-folder.ts'
import { readEvents } from './fault-server/event-log.ts'
import type { ServerEvent, Stage, TakenMessage } from './fault-server/fault.ts'
import { type FaultChances, type FaultName, faultKinds, parseFaults, randomFaults } from './fault-server/random-faults.ts'
import { type FaultServerOptions, startFaultServer } from './fault-server/start-fault-server.ts'

const text = 'Message-ID: <1@tide.example>\r\nX-News-Digest-Delivery:\r\n d-17\r\nSubject: Lamps\r\n\r\n.Good morning.\r\n'
const pieces = [dotStuff(Buffer.from(text))]
const short = { ...standardTimeouts, setUp: 500, greeting: 500, command: 500, dataBlock: 500, finalReply: 500 }

async function start(options: FaultServerOptions = {}) {
  const events: ServerEvent[] = []
  const messages: TakenMessage[] = []
  const server = await startFaultServer({
    onEvent: event => void events.push(event),
    onMessage: message => void messages.push(message),
    ...options,
  })
  onTestFinished(() => server.close())
  return { ...server, events, messages }
}

async function send(port: number, to = 'reader@gull.example', url = `smtp://localhost:${port}`): Promise<Outcome> {
  const session = await openSession(parseRelayUrl(url), short)
  if (session.kind === 'no-connection') return session
  const outcome = await session.send({ from: 'post@tide.example', to }, pieces)
  await session.close()
  return outcome
}

describe('the fault server', () => {
  it('takes every message where nothing is to go wrong, and tells of it before it says so', async () => {
    const { port, events, messages } = await start()
    expect(await send(port)).toMatchObject({ kind: 'accepted' })
    await expect.poll(() => events.at(-1)?.kind).toBe('end')
    const length = text.length
    const at = expect.any(Number)
    expect(events).toEqual([
      { at, connection: 1, kind: 'connection' },
      { at, connection: 1, kind: 'rcpt', to: 'reader@gull.example', said: '250 2.0.0' },
      {
        at,
        connection: 1,
        kind: 'message',
        from: 'post@tide.example',
        to: 'reader@gull.example',
        messageId: '<1@tide.example>',
        delivery: 'd-17',
        length,
        sha256: hash('sha256', text),
      },
      {
        at,
        connection: 1,
        kind: 'reply',
        to: 'reader@gull.example',
        said: expect.stringMatching(/^250 2\.0\.0 Ok: queued as \w+$/),
        whole: true,
      },
      { at, connection: 1, kind: 'end' },
    ])
    expect(messages[0]?.bytes.toString()).toBe(text)
  })

  it.each<[FaultName, object, { messages: number }]>([
    ['greeting-421', { kind: 'no-connection', why: 'greeting', reply: { code: 421 } }, { messages: 0 }],
    ['greeting-554', { kind: 'no-connection', why: 'greeting', reply: { code: 554 } }, { messages: 0 }],
    ['greeting-wrong', { kind: 'no-connection', why: 'greeting' }, { messages: 0 }],
    ['greeting-drop', { kind: 'no-connection', why: 'lost' }, { messages: 0 }],
    ['ehlo-drop', { kind: 'no-connection', why: 'lost' }, { messages: 0 }],
    ['mail-421', { kind: 'rejected', stage: 'mail', reply: { code: 421 } }, { messages: 0 }],
    ['mail-451', { kind: 'rejected', stage: 'mail', reply: { code: 451, enhanced: '4.3.0' } }, { messages: 0 }],
    ['mail-drop', { kind: 'lost-before-dot' }, { messages: 0 }],
    ['rcpt-450', { kind: 'rejected', stage: 'rcpt', reply: { code: 450 } }, { messages: 0 }],
    ['rcpt-452', { kind: 'rejected', stage: 'rcpt', reply: { code: 452, enhanced: '4.2.2' } }, { messages: 0 }],
    ['rcpt-550', { kind: 'rejected', stage: 'rcpt', reply: { code: 550, enhanced: '5.1.1' } }, { messages: 0 }],
    ['rcpt-552', { kind: 'rejected', stage: 'rcpt', reply: { code: 552, enhanced: '5.2.2' } }, { messages: 0 }],
    ['rcpt-554', { kind: 'rejected', stage: 'rcpt', reply: { code: 554, enhanced: '5.7.1' } }, { messages: 0 }],
    ['rcpt-drop', { kind: 'lost-before-dot' }, { messages: 0 }],
    ['data-451', { kind: 'rejected', stage: 'data', reply: { code: 451 } }, { messages: 0 }],
    ['data-drop', { kind: 'lost-before-dot' }, { messages: 0 }],
    ['dot-drop', { kind: 'uncertain' }, { messages: 1 }],
    ['dot-half', { kind: 'uncertain' }, { messages: 1 }],
    ['dot-421', { kind: 'rejected', stage: 'message', reply: { code: 421 } }, { messages: 1 }],
    ['dot-451', { kind: 'rejected', stage: 'message', reply: { code: 451 } }, { messages: 1 }],
    ['dot-554', { kind: 'rejected', stage: 'message', reply: { code: 554 } }, { messages: 1 }],
    ['dot-slow', { kind: 'accepted' }, { messages: 1 }],
    ['storm', { kind: 'rejected', stage: 'mail', reply: { code: 421 } }, { messages: 0 }],
  ])('does %s', async (name, expected, { messages: count }) => {
    const { port, messages, events } = await start({ decide: randomFaults({ [name]: 1 }, 7) })
    expect(await send(port)).toMatchObject(expected)
    expect(messages).toHaveLength(count)
    const replies = events.filter(({ kind }) => kind === 'reply')
    if (name === 'dot-drop') expect(replies).toMatchObject([{ said: null, whole: false }])
    if (name === 'dot-half') expect(replies).toMatchObject([{ said: '250 2.0.0 Ok: que', whole: false }])
  })

  it('breaks off within a message', async () => {
    const { port, messages, open } = await start({ decide: ({ stage }) => (stage === 'body' ? { after: 20, next: 'reset' } : undefined) })
    expect(['lost-before-dot', 'uncertain']).toContain((await send(port)).kind)
    await expect.poll(open).toBe(0)
    expect(messages).toEqual([])
  })

  it('waits before it answers, and goes on with what came meanwhile', async () => {
    const { port } = await start({ decide: ({ stage }) => (stage === 'MAIL' || stage === 'body' ? { delay: 60 } : undefined) })
    const begin = performance.now()
    expect(await send(port)).toMatchObject({ kind: 'accepted' })
    expect(performance.now() - begin).toBeGreaterThan(115)
  })

  it('asks several deciders in turn', async () => {
    const { port } = await start({
      decide: [({ to }) => (to.startsWith('gone') ? { say: '550 5.1.1 gone\r\n' } : undefined), randomFaults({ 'data-451': 1 }, 1)],
    })
    expect(await send(port, 'gone@gull.example')).toMatchObject({ kind: 'rejected', stage: 'rcpt' })
    expect(await send(port)).toMatchObject({ kind: 'rejected', stage: 'data' })
  })

  it('goes away and comes back at the same port', async () => {
    const { port, goAway, comeBack } = await start()
    await goAway()
    expect(await send(port)).toMatchObject({ kind: 'no-connection', why: 'refused' })
    await comeBack()
    expect(await send(port)).toMatchObject({ kind: 'accepted' })
  })

  it('speaks TLS in both ways, breaks it, and asks for a login', async () => {
    const login = { user: 'robin', password: 's:cret' }
    for (const tls of ['starttls', 'implicit'] as const) {
      const { port, events } = await start({ tls, login })
      const url = (password: string) =>
        `smtp${tls === 'implicit' ? 's' : ''}://robin:${password}@localhost:${port}?tls=required&tls-verify=off`
      expect(await send(port, undefined, url('s%3Acret'))).toMatchObject({ kind: 'accepted' })
      expect(await send(port, undefined, url('wrong'))).toMatchObject({ kind: 'no-connection', why: 'auth', reply: { code: 535 } })
      expect(events.filter(({ kind }) => kind === 'message')).toHaveLength(1)
    }
    const { port } = await start({ tls: 'starttls', decide: randomFaults({ 'tls-break': 1 }, 1) })
    expect(await send(port, undefined, `smtp://localhost:${port}?tls=required&tls-verify=off`)).toMatchObject({ why: 'tls' })
  })

  it('keeps to SMTPUTF8 and SIZE as it announces them', async () => {
    const { port } = await start({ extensions: ['SIZE 50'] })
    expect(await send(port)).toMatchObject({ kind: 'unsupported', feature: 'size' })
    expect(await send(port, 'j\u00fcrgen@gull.example')).toMatchObject({ kind: 'unsupported', feature: 'smtputf8' })
    const utf8 = await start()
    expect(await send(utf8.port, 'j\u00fcrgen@gull.example')).toMatchObject({ kind: 'accepted' })
    expect(utf8.messages[0]?.to).toEqual(['j\u00fcrgen@gull.example'])
  })
})

describe('randomFaults()', () => {
  const recipients = Array.from({ length: 5000 }, (_, n) => `reader${n}@gull.example`)
  const hits = (chances: FaultChances, seed: number, all: readonly string[], stage: Stage = 'RCPT') => {
    const decide = randomFaults(chances, seed)
    return all.filter(to => decide({ stage, connection: 1, line: '', to, message: null }) !== undefined)
  }

  it('hits about as many as the chance says, the same ones for a seed in whatever order, and others for another', () => {
    const once = hits({ 'rcpt-450': 0.1 }, 7, recipients)
    expect(once.length).toBeGreaterThan(420)
    expect(once.length).toBeLessThan(580)
    expect(hits({ 'rcpt-450': 0.1 }, 7, recipients.toReversed()).toReversed()).toEqual(once)
    expect(hits({ 'rcpt-450': 0.1 }, 8, recipients)).not.toEqual(once)
  })

  it('refuses a recipient for good at every attempt, and for now at some', () => {
    const thrice = recipients.slice(0, 500).flatMap(to => [to, to, to])
    const counts = (name: FaultName) =>
      new Set(Object.values(Object.groupBy(hits({ [name]: 0.3 }, 7, thrice), to => to)).map(each => each?.length))
    expect(counts('rcpt-550')).toEqual(new Set([3]))
    expect(counts('rcpt-450')).toEqual(new Set([1, 2, 3]))
  })

  it('has a storm pass', () => {
    let now = 0
    const decide = randomFaults({ storm: 0.05 }, 7, () => now)
    const mail = () => decide({ stage: 'MAIL', connection: 1, line: '', to: '', message: null })
    while (mail() === undefined) now += 1
    const begin = now
    for (now = begin; now < begin + 300; now += 50) expect(mail()).toMatchObject({ next: 'close' })
    const later = Array.from({ length: 20 }, () => {
      now += 300
      return mail()
    })
    expect(later).toContain(undefined)
  })

  it('names its faults on a command line, and no other', () => {
    expect(parseFaults('rcpt-550=0.02, dot-drop=1')).toEqual({ 'rcpt-550': 0.02, 'dot-drop': 1 })
    expect(parseFaults('')).toEqual({})
    for (const wrong of ['rcpt-551=0.1', 'rcpt-550', 'rcpt-550=2', 'rcpt-550=x']) expect(() => parseFaults(wrong)).toThrow('no fault')
    expect(Object.keys(faultKinds)).toHaveLength(25)
  })
})

describe('the fault server as a process', () => {
  it('prints its port, and leaves every message that it said yes to in its file when it is killed', async () => {
    const log = join(await createTempFolder(), 'events.jsonl')
    const script = fileURLToPath(new URL('./fault-server/run.ts', import.meta.url))
    const args = ['--seed', '7', '--faults', 'rcpt-550=0.3', '--log', log, '--without', 'PIPELINING', '--outage', '400/100']
    const server = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
    onTestFinished(() => void server.kill('SIGKILL'))
    const { port } = JSON.parse(String(await once(server.stdout, 'data')))
    const outcomes = new Map<string, Outcome>()
    for (let n = 0; n < 20; n++) outcomes.set(`reader${n}@gull.example`, await send(port, `reader${n}@gull.example`))
    server.kill('SIGKILL')
    await once(server, 'exit')
    const accepted = [...outcomes].filter(([, { kind }]) => kind === 'accepted').map(([to]) => to)
    const events = readEvents(log)
    const received = events.flatMap(each => (each.kind === 'message' ? [each.to] : []))
    expect(accepted.length).toBeGreaterThan(5)
    expect([...outcomes.values()].some(each => each.kind === 'rejected' && each.reply.code === 550)).toBe(true)
    expect(received).toEqual(expect.arrayContaining(accepted))
    expect(events.some(each => each.kind === 'rcpt' && each.said === '550 5.1.1')).toBe(true)
  })

  it('goes away for a while and comes back', async () => {
    const script = fileURLToPath(new URL('./fault-server/run.ts', import.meta.url))
    const server = spawn(process.execPath, [script, '--outage', '300/200'], { stdio: ['ignore', 'pipe', 'inherit'] })
    onTestFinished(() => void server.kill('SIGKILL'))
    const { port } = JSON.parse(String(await once(server.stdout, 'data')))
    const seen: string[] = []
    for (let n = 0; n < 60 && !(seen.includes('no-connection') && seen.at(-1) === 'accepted'); n++) {
      seen.push((await send(port)).kind)
      await sleep(20)
    }
    expect(seen).toContain('no-connection')
    expect(seen.at(-1)).toBe('accepted')
  })
})
