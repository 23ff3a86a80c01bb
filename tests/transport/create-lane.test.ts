import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { dotStuff } from '../../src/message/dot-stuff.ts'
import { createLane, type LaneOptions } from '../../src/transport/create-lane.ts'
import { parseRelayUrl } from '../../src/transport/relay-url.ts'
import { type Faults, startFaultyRelay } from './faulty-relay.ts'

const message = [dotStuff(Buffer.from('Subject: Lamps\r\n\r\nGood morning.\r\n'))]
const envelope = (to = 'reader@gull.example') => ({ from: 'post@tide.example', to })

async function start(
  faults: Faults = {},
  { messagesPerConnection = null as number | null, ...options }: LaneOptions & { messagesPerConnection?: number | null } = {},
) {
  const relay = await startFaultyRelay(faults)
  const lane = createLane({ relay: parseRelayUrl(`smtp://localhost:${relay.port}`), messagesPerConnection }, options)
  onTestFinished(() => lane.close())
  return { relay, lane }
}

describe('a lane', () => {
  it('opens a connection with the first message, and keeps it for the next', async () => {
    const { relay, lane } = await start()
    expect(relay.connections()).toBe(0)
    for (let n = 0; n < 5; n++) expect(await lane.send(envelope(), message)).toMatchObject({ kind: 'accepted' })
    expect([relay.connections(), relay.open()]).toEqual([1, 1])
    await lane.close()
    await sleep(20)
    expect([relay.commands.at(-1), relay.open()]).toEqual(['QUIT', 0])
  })

  it('opens another after messagesPerConnection, and never holds two', async () => {
    const open: number[] = []
    const { relay, lane } = await start({ RCPT: () => void open.push(relay.open()) }, { messagesPerConnection: 2 })
    for (let n = 0; n < 5; n++) expect(await lane.send(envelope(), message)).toMatchObject({ kind: 'accepted' })
    expect([relay.connections(), open]).toEqual([3, [1, 1, 1, 1, 1]])
  })

  it('opens another where the last one ended between two messages', async () => {
    const { relay, lane } = await start({ dot: { say: '250 2.0.0 Ok\r\n', next: 'close' } })
    expect(await lane.send(envelope(), message)).toMatchObject({ kind: 'accepted' })
    await sleep(20)
    expect(await lane.send(envelope(), message)).toMatchObject({ kind: 'accepted' })
    expect(relay.connections()).toBe(2)
  })

  it('opens another after an outcome that left the last one out of step', async () => {
    const { relay, lane } = await start({ RCPT: to => (to.startsWith('bad') ? { say: '421 4.7.0 slow down\r\n' } : undefined) })
    expect(await lane.send(envelope('bad@gull.example'), message)).toMatchObject({ kind: 'rejected' })
    expect(await lane.send(envelope(), message)).toMatchObject({ kind: 'accepted' })
    expect(relay.connections()).toBe(2)
  })

  it('tells that there is no connection, and tries again with the next call', async () => {
    let refuse = true
    const { lane } = await start({ greeting: () => (refuse ? { say: '421 4.3.2 too busy\r\n', next: 'close' } : undefined) })
    expect(await lane.send(envelope(), message)).toMatchObject({ kind: 'no-connection', why: 'greeting' })
    expect(await lane.session()).toMatchObject({ kind: 'no-connection' })
    refuse = false
    expect(await lane.session()).toMatchObject({ kind: 'open' })
    expect(await lane.send(envelope(), message)).toMatchObject({ kind: 'accepted' })
  })

  it('closes a connection that is idle, not one whose message waits, and opens another', async () => {
    const { relay, lane } = await start({}, { idle: 50 })
    const beforeData = () => sleep(150, true)
    expect(await lane.send(envelope(), message, { beforeData })).toMatchObject({ kind: 'accepted' })
    expect(relay.open()).toBe(1)
    await sleep(150)
    expect([relay.commands.at(-1), relay.open()]).toEqual(['QUIT', 0])
    expect(await lane.send(envelope(), message)).toMatchObject({ kind: 'accepted' })
    expect(relay.connections()).toBe(2)
  })
})
