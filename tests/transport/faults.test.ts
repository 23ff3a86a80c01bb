import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dotStuff } from '../../src/message/dot-stuff.ts'
import { standardTimeouts } from '../../src/transport/connection.ts'
import { openSession } from '../../src/transport/open-session.ts'
import type { Outcome } from '../../src/transport/outcome.ts'
import { parseRelayUrl } from '../../src/transport/relay-url.ts'
import { type Fault, type Faults, startFaultyRelay } from './faulty-relay.ts'
import { startMailRelay } from './mail-relay.ts'
import { selfSigned } from './self-signed.ts'

const small = dotStuff(Buffer.from('Subject: Lamps\r\n\r\nGood morning.\r\n'))
// More than the buffers of both ends take in, so that the end cannot have left while the server does not read.
const huge = dotStuff(Buffer.from(`Subject: Lamps\r\n\r\n${`${'x'.repeat(998)}\r\n`.repeat(30_000)}`))
const short = { ...standardTimeouts, setUp: 300, greeting: 300, command: 300, dataBlock: 300, finalReply: 300 }

async function trySending(faults: Faults, { message = small, timeouts = standardTimeouts } = {}) {
  const relay = await startFaultyRelay(faults)
  const session = await openSession(parseRelayUrl(`smtp://localhost:${relay.port}`), timeouts)
  if (session.kind !== 'open') return { outcome: session, isUsable: false, relay }
  const outcome = await session.send({ from: 'post@tide.example', to: 'reader@gull.example' }, [message])
  const isUsable = session.isUsable()
  await session.close()
  return { outcome, isUsable, relay }
}

const close: Fault = { next: 'close' }
const reset: Fault = { next: 'reset' }
const hang: Fault = { next: 'hang' }

describe.each([
  ['with pipelining', ['PIPELINING']],
  ['without pipelining', []],
])('before the dot, %s,', (_, extensions) => {
  it.each<[string, Faults]>([
    ['MAIL is answered by the end', { MAIL: close }],
    ['MAIL is answered by a reset', { MAIL: reset }],
    ['RCPT is answered by the end', { RCPT: close }],
    ['RCPT is answered by half a refusal', { RCPT: { say: '550 5.1.1 no su', next: 'close' } }],
    ['DATA is answered by the end', { DATA: close }],
    ['DATA is answered by half a reply', { DATA: { say: '35', next: 'reset' } }],
    ['MAIL is answered by what is no reply', { MAIL: { say: 'what?\r\n', next: 'close' } }],
  ])('the message is known not to be sent when %s', async (_title, faults) => {
    const { outcome, isUsable, relay } = await trySending({ ...faults, extensions })
    expect(outcome.kind).toBe('lost-before-dot')
    expect([isUsable, relay.messages]).toEqual([false, []])
  })

  it.each<[string, Faults, object, boolean]>([
    [
      'MAIL',
      { MAIL: { say: '550 5.1.8 bad sender\r\n' }, RCPT: { say: '503 no\r\n' }, DATA: { say: '503 no\r\n' } },
      { stage: 'mail', reply: { code: 550, enhanced: '5.1.8', text: 'bad sender' } },
      true,
    ],
    [
      'RCPT',
      { RCPT: { say: '550-5.1.1 no such\r\n550 5.1.1 mailbox\r\n' }, DATA: { say: '554 no\r\n' } },
      { stage: 'rcpt', reply: { code: 550, enhanced: '5.1.1', text: 'no such mailbox' } },
      true,
    ],
    [
      'RCPT for now',
      { RCPT: { say: '452 4.2.2 full\r\n' }, DATA: { say: '503 no\r\n' } },
      { stage: 'rcpt', reply: { code: 452, enhanced: '4.2.2', text: 'full' } },
      true,
    ],
    ['DATA', { DATA: { say: '554 5.7.1 no\r\n' } }, { stage: 'data', reply: { code: 554, enhanced: '5.7.1', text: 'no' } }, true],
    ['MAIL with 421', { MAIL: { say: '421 4.3.2 closing\r\n', next: 'close' } }, { stage: 'mail', reply: { code: 421 } }, false],
    ['RCPT with 421', { RCPT: { say: '421 4.7.0 slow down\r\n', next: 'close' } }, { reply: { code: 421, enhanced: '4.7.0' } }, false],
  ])('a refusal at %s is told with its stage', async (_title, faults, expected, usable) => {
    const { outcome, isUsable } = await trySending({ ...faults, extensions })
    expect(outcome).toMatchObject({ kind: 'rejected', ...expected })
    expect(isUsable).toBe(usable)
  })

  it('a relay that says nothing is given up', async () => {
    const { outcome } = await trySending({ extensions, RCPT: hang }, { timeouts: short })
    expect(outcome).toEqual({ kind: 'lost-before-dot', detail: 'the relay did not answer in time' })
  })

  it('a session whose RSET is refused is not used again', async () => {
    const { outcome, isUsable } = await trySending({
      extensions,
      RCPT: { say: '550 5.1.1 no\r\n' },
      DATA: { say: '503 no\r\n' },
      RSET: { say: '500 what\r\n' },
    })
    expect([outcome.kind, isUsable]).toEqual(['rejected', false])
  })
})

describe('within the message', () => {
  it.each<[string, Fault]>([
    ['ends the connection', close],
    ['resets the connection', reset],
  ])('it is known not to be taken when the relay %s before it can have read all', async (_title, fault) => {
    const { outcome, isUsable } = await trySending({ body: { after: 1000, ...fault } }, { message: huge })
    expect(outcome.kind).toBe('lost-before-dot')
    expect(isUsable).toBe(false)
  })

  it('it is given up, and known not to be taken, when the relay stops reading', async () => {
    const { outcome } = await trySending({ body: { after: 1000, ...hang } }, { message: huge, timeouts: short })
    expect(outcome).toEqual({ kind: 'lost-before-dot', detail: 'the relay did not answer in time' })
  })

  it('a refusal that comes early counts, and the dot never leaves', async () => {
    const { outcome, isUsable, relay } = await trySending({ DATA: { say: '354 go ahead\r\n552 5.3.4 too big\r\n' } })
    expect(outcome).toMatchObject({ kind: 'rejected', stage: 'message', reply: { code: 552, enhanced: '5.3.4' } })
    expect([isUsable, relay.messages]).toEqual([false, []])
  })

  it('a yes that comes early is not taken for the reply to the message', async () => {
    const { outcome, isUsable, relay } = await trySending({ DATA: { say: '354 go ahead\r\n250 2.0.0 Ok: queued as EARLY\r\n' } })
    expect(outcome.kind).toBe('lost-before-dot')
    expect([isUsable, relay.messages]).toEqual([false, []])
  })

  it('says "lost before the dot" only where the dot did not arrive, wherever the connection breaks', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(60_000), fc.constantFrom<Fault['next'][]>('close', 'reset'), async (after, next) => {
        const message = dotStuff(Buffer.from(`Subject: x\r\n\r\n${`${'y'.repeat(70)}\r\n`.repeat(800)}`))
        const { outcome, relay } = await trySending({ body: { after, ...(next === undefined ? {} : { next }) } }, { message })
        expect(['lost-before-dot', 'uncertain', 'accepted']).toContain(outcome.kind)
        if (outcome.kind === 'lost-before-dot') expect(relay.messages).toEqual([])
        if (outcome.kind === 'accepted') expect(relay.messages).toHaveLength(1)
      }),
      { numRuns: 40 },
    )
  })
})

describe('after the dot', () => {
  it.each<[string, Fault]>([
    ['the end', close],
    ['a reset', reset],
    ['half a yes', { say: '250 2.0.0 Ok: queued as 4X', next: 'close' }],
    ['half a no', { say: '550 5.7.1 we do not', next: 'close' }],
    ['the first line of a reply of two', { say: '250-2.0.0 Ok\r\n', next: 'reset' }],
    ['what is no reply', { say: 'thanks!\r\n' }],
    ['a reply to something else', { say: '354 more\r\n' }],
  ])('a message that is answered by %s is uncertain', async (_title, dot) => {
    const { outcome, isUsable, relay } = await trySending({ dot })
    expect(outcome.kind).toBe('uncertain')
    expect([isUsable, relay.messages.length]).toEqual([false, 1])
  })

  it('a message that is never answered is uncertain once the time is over', async () => {
    const { outcome } = await trySending({ dot: hang }, { timeouts: short })
    expect(outcome).toEqual({ kind: 'uncertain', detail: 'the relay did not answer in time' })
  })

  it.each<[string, number, string | null, boolean]>([
    ['554 5.7.1 spam\r\n', 554, '5.7.1', true],
    ['451 4.3.0 try later\r\n', 451, '4.3.0', true],
    ['421 4.3.0 closing\r\n', 421, '4.3.0', false],
  ])('%j is a refusal', async (say, code, enhanced, usable) => {
    const { outcome, isUsable } = await trySending({ dot: { say } })
    expect(outcome).toMatchObject({ kind: 'rejected', stage: 'message', reply: { code, enhanced } })
    expect(isUsable).toBe(usable)
  })

  it('a message that is accepted in the last words before the end is accepted', async () => {
    const { outcome } = await trySending({ dot: { say: '250 2.0.0 Ok: queued as 4XyZ\r\n', next: 'close' } })
    expect(outcome).toMatchObject({ kind: 'accepted', queueId: '4XyZ' })
  })
})

describe('without a session', () => {
  const noSession = async (url: string, timeouts = standardTimeouts): Promise<Outcome | 'open'> => {
    const session = await openSession(parseRelayUrl(url), timeouts)
    if (session.kind !== 'open') return session
    await session.close()
    return 'open'
  }

  it.each<[string, Faults, string]>([
    ['greets with 554', { greeting: { say: '554 5.3.2 go away\r\n' } }, 'greeting'],
    ['greets with 421', { greeting: { say: '421 4.3.2 too busy\r\n', next: 'close' } }, 'greeting'],
    ['speaks another protocol', { greeting: { say: 'HTTP/1.1 400 Bad Request\r\n\r\n' } }, 'greeting'],
    ['ends at once', { greeting: close }, 'lost'],
    ['resets at once', { greeting: reset }, 'lost'],
    ['never greets', { greeting: hang }, 'timeout'],
    ['answers EHLO with 421', { EHLO: { say: '421 4.3.2 no\r\n', next: 'close' } }, 'greeting'],
    ['ends at EHLO', { EHLO: close }, 'lost'],
    ['never answers EHLO', { EHLO: hang }, 'timeout'],
  ])('a relay that %s is told apart', async (_title, faults, why) => {
    const { port } = await startFaultyRelay(faults)
    expect(await noSession(`smtp://localhost:${port}`, short)).toMatchObject({ kind: 'no-connection', why })
  })

  it('a port where nothing listens, and a name that does not resolve, are told apart', async () => {
    expect(await noSession(`smtp://localhost:1`)).toMatchObject({ kind: 'no-connection', why: 'refused' })
    const timeouts = { ...standardTimeouts, setUp: 3000 }
    expect(await noSession('smtp://relay.invalid?tls=off', timeouts)).toMatchObject({ kind: 'no-connection', why: 'dns' })
  })

  it('the relay’s words are kept', async () => {
    const { port } = await startFaultyRelay({ greeting: { say: '554 5.3.2 go away\r\n' } })
    expect(await noSession(`smtp://localhost:${port}`)).toMatchObject({ reply: { code: 554, enhanced: '5.3.2', text: 'go away' } })
  })
})

describe('protection', () => {
  const why = async (url: string) => {
    const session = await openSession(parseRelayUrl(url))
    if (session.kind === 'no-connection') return { why: session.why, detail: session.detail }
    await session.close()
    return { why: 'open', detail: '' }
  }

  it.each([true, false])('refuses a certificate that is signed by itself, and says so (TLS from the first byte: %s)', async secure => {
    const { port } = await startMailRelay({ ...selfSigned('localhost'), disabledCommands: ['AUTH'], secure })
    const scheme = secure ? 'smtps' : 'smtp'
    expect(await why(`${scheme}://localhost:${port}?tls=required`)).toEqual({
      why: 'tls',
      detail: expect.stringContaining('signed by itself'),
    })
    expect(await why(`${scheme}://localhost:${port}?tls=required&tls-verify=off`)).toEqual({ why: 'open', detail: '' })
  })

  it('refuses a relay that offers no STARTTLS where TLS is required, and sends it nothing', async () => {
    const { port, commands } = await startFaultyRelay({ extensions: ['AUTH PLAIN'] })
    expect(await why(`smtp://u:secret@localhost:${port}?tls=required`)).toEqual({
      why: 'tls',
      detail: expect.stringContaining('offers no STARTTLS'),
    })
    expect(commands.map(each => each.split(' ')[0])).toEqual(['EHLO', 'STARTTLS'])
  })

  it('hands a password to nobody over a connection that was to be protected and is not', async () => {
    const { port, commands } = await startFaultyRelay({ extensions: ['AUTH PLAIN'] })
    expect(await why(`smtp://u:secret@localhost:${port}?tls=opportunistic`)).toMatchObject({ why: 'tls' })
    expect(commands.filter(each => each.startsWith('AUTH'))).toEqual([])
  })

  it('goes on without TLS where it is only opportunistic and nothing secret is sent', async () => {
    const plain = await startFaultyRelay()
    expect(await why(`smtp://localhost:${plain.port}?tls=opportunistic`)).toMatchObject({ why: 'open' })
    const offered = await startMailRelay({ ...selfSigned('other.example'), disabledCommands: ['AUTH'] })
    expect(await why(`smtp://localhost:${offered.port}?tls=opportunistic`)).toMatchObject({ why: 'open' })
  })

  it('knows a relay that speaks no TLS from the first byte', async () => {
    const { port } = await startFaultyRelay()
    expect(await why(`smtps://localhost:${port}`)).toMatchObject({ why: 'tls' })
  })
})

describe('the login', () => {
  it.each<[string, Faults, object]>([
    [
      'a wrong password',
      { extensions: ['AUTH PLAIN'], AUTH: { say: '535 5.7.8 no such user and password\r\n' } },
      { reply: { code: 535, enhanced: '5.7.8' } },
    ],
    [
      'a relay that repeats what it was sent',
      {
        extensions: ['AUTH PLAIN'],
        AUTH: { say: `535 5.7.8 no: ${Buffer.from('\0robin\0tRoub4dor').toString('base64')} (robin, tRoub4dor)\r\n` },
      },
      { reply: { code: 535, enhanced: '5.7.8', text: 'no: … (robin, …)' } },
    ],
    ['a login that is off for now', { extensions: ['AUTH PLAIN'], AUTH: { say: '454 4.7.0 later\r\n' } }, { reply: { code: 454 } }],
    ['a relay without a login', { extensions: [] }, { reply: null, detail: expect.stringContaining('offers no login') }],
    ['a relay that ends during it', { extensions: ['AUTH LOGIN'], AUTH: { next: 'close' } }, { reply: null }],
  ])('%s is told apart, and the password stands nowhere in it', async (_title, faults, expected) => {
    const { port } = await startFaultyRelay(faults)
    const outcome = await openSession(parseRelayUrl(`smtp://robin:tRoub4dor@localhost:${port}`))
    expect(outcome).toMatchObject({ kind: 'no-connection', ...expected })
    for (const secret of ['tRoub4dor', Buffer.from('\0robin\0tRoub4dor').toString('base64')])
      expect(JSON.stringify(outcome)).not.toContain(secret)
  })
})
