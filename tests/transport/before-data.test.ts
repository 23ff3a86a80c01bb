import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { dotStuff } from '../../src/message/dot-stuff.ts'
import { standardTimeouts } from '../../src/transport/connection.ts'
import { openSession, type SendOptions } from '../../src/transport/open-session.ts'
import { parseRelayUrl } from '../../src/transport/relay-url.ts'
import { type Faults, startFaultyRelay } from './faulty-relay.ts'

const short = { ...standardTimeouts, command: 200, dataBlock: 200, finalReply: 200 }
const envelope = { from: 'post@tide.example', to: 'reader@gull.example' }
const pieces = [dotStuff(Buffer.from('Subject: Lamps\r\n\r\n')), dotStuff(Buffer.from('Good morning.\r\n'))]

async function open(faults: Faults = {}) {
  const relay = await startFaultyRelay(faults)
  const session = await openSession(parseRelayUrl(`smtp://localhost:${relay.port}`), short)
  if (session.kind !== 'open') throw new Error(session.detail)
  return { relay, session, send: (options: SendOptions) => session.send(envelope, pieces, options) }
}

describe.each([
  ['with pipelining', ['PIPELINING']],
  ['without pipelining', []],
])('beforeData, %s,', (_, extensions) => {
  it('is asked after the relay’s go-ahead and before the first byte, for longer than any timeout', async () => {
    const { relay, session, send } = await open({ extensions })
    const seen: unknown[] = []
    const beforeData = async () => {
      await sleep(500)
      seen.push(relay.commands.at(-1), relay.bodyBytes())
      return true
    }
    expect(await send({ beforeData })).toMatchObject({ kind: 'accepted' })
    expect(seen).toEqual(['DATA', 0])
    expect(await send({})).toMatchObject({ kind: 'accepted' })
    await session.close()
    expect(relay.messages).toHaveLength(2)
  })

  it('holds the message back with false: no byte of it leaves, and the connection ends', async () => {
    const { relay, session, send } = await open({ extensions })
    expect(await send({ beforeData: async () => false })).toMatchObject({
      kind: 'lost-before-dot',
      detail: expect.stringContaining('held back'),
    })
    expect(session.isUsable()).toBe(false)
    await sleep(50)
    expect([relay.bodyBytes(), relay.messages, relay.open()]).toEqual([0, [], 0])
  })

  it.each([
    ['rejects', async () => Promise.reject(new Error('ledger gone'))],
    [
      'throws',
      () => {
        throw new Error('ledger gone')
      },
    ],
  ])('has send reject when it %s, and nothing leaves', async (_title, beforeData) => {
    const { relay, session, send } = await open({ extensions })
    await expect(send({ beforeData })).rejects.toThrow('ledger gone')
    expect(session.isUsable()).toBe(false)
    await sleep(50)
    expect([relay.bodyBytes(), relay.messages, relay.open()]).toEqual([0, [], 0])
  })

  it('is not asked where the relay refuses before', async () => {
    const { session, send } = await open({ extensions, RCPT: { say: '550 5.1.1 no\r\n' }, DATA: { say: '503 no\r\n' } })
    let asked = 0
    expect(await send({ beforeData: async () => ++asked > 0 })).toMatchObject({ kind: 'rejected', stage: 'rcpt' })
    expect(asked).toBe(0)
    await session.close()
  })

  it.each<[string, Faults, object]>([
    ['ends', { DATA: { say: '354 go ahead\r\n', next: 'close' } }, { kind: 'lost-before-dot' }],
    ['breaks', { DATA: { say: '354 go ahead\r\n', next: 'reset' } }, { kind: 'lost-before-dot' }],
    ['is refused with 421', { DATA: { say: '354 go ahead\r\n421 4.4.2 too slow\r\n' } }, { kind: 'rejected', stage: 'message' }],
  ])('writes nothing when the connection %s meanwhile', async (_title, faults, expected) => {
    const { relay, session, send } = await open({ extensions, ...faults })
    let isAnswered: (mayGo: boolean) => void = () => {}
    const outcome = await send({ beforeData: () => new Promise(resolve => (isAnswered = resolve)) })
    expect(outcome).toMatchObject(expected)
    isAnswered(true)
    await sleep(50)
    expect([session.isUsable(), relay.bodyBytes()]).toEqual([false, 0])
  })
})

describe('a message in pieces', () => {
  it('arrives as one, with the octets of all in SIZE, and the pieces can be sent again', async () => {
    const { relay, session, send } = await open({ extensions: ['SIZE 1000'] })
    const before = pieces.map(each => Buffer.from(each).toString())
    for (let n = 0; n < 3; n++) expect(await send({})).toMatchObject({ kind: 'accepted' })
    await session.close()
    expect(relay.messages.map(String)).toEqual(Array(3).fill('Subject: Lamps\r\n\r\nGood morning.\r\n'))
    expect(relay.commands.filter(each => each.startsWith('MAIL'))).toEqual(Array(3).fill('MAIL FROM:<post@tide.example> SIZE=33'))
    expect(pieces.map(each => Buffer.from(each).toString())).toEqual(before)
  })

  it('is larger than the relay takes only as a whole, and then is not sent', async () => {
    const { relay, session, send } = await open({ extensions: ['SIZE 32'] })
    expect(await send({})).toMatchObject({ kind: 'unsupported', feature: 'size' })
    expect(relay.commands).toHaveLength(1)
    await session.close()
  })
})
