import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { statSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import { createLedger, send } from './engine.ts'
import { onBoth } from './on-both.ts'
import { accountFor, always, first, prepare, sendAndAccount, startRelay, statesOf } from './scenario.ts'

const sqlite = () => createLedger()

it.each([
  ['in its own thread', false],
  ['beside', true],
])('goes on when another program has locked the ledger for three seconds, committing %s', async (_, beside) => {
  const prepared = await prepare(sqlite, 100)
  const relay = await startRelay({
    decide: [first(10, 'RCPT', { say: '450 4.2.1 later\r\n' }), always('dot', { delay: 5 })],
  })
  const sending = sendAndAccount(prepared, [relay], { beside })
  while (relay.served().length < 10) await sleep(1)
  const other = await lock(prepared.place.file)
  const before = relay.served().length
  await sleep(3000)
  const meanwhile = relay.served().length - before
  other.exec('ROLLBACK')
  other.close()
  const sent = await sending
  expect([sent.end, statesOf(sent)]).toEqual([{ kind: 'finished' }, { accepted: 100 }])
  expect(before).toBeLessThan(90)
  // What each of the five connections had claimed before; no claim is committed while the ledger is locked.
  expect(meanwhile).toBeLessThanOrEqual(5)
})

/** Locks a ledger against all others that write, as another program would. */
async function lock(file: string): Promise<DatabaseSync> {
  const other = new DatabaseSync(file)
  onTestFinished(() => void (other.isOpen && other.close()))
  while (true) {
    try {
      other.exec('BEGIN IMMEDIATE')
      return other
    } catch {
      await sleep(1)
    }
  }
}

it('ends clearly when the disk is full, and the next run completes it', async () => {
  const prepared = await prepare(sqlite, 1500)
  const relay = await startRelay()
  const script = path.join(import.meta.dirname, 'kill-harness', 'run-engine.ts')
  const command = `exec "${process.execPath}" "${script}" --ledger "${prepared.place.file}" --port ${relay.port} --drain 300`
  // A limit on the size of files stands in for a full disk; the log of what is written grows until it is met.
  const sizes = [prepared.place.file, `${prepared.place.file}-wal`].map(file => statSync(file).size / 1024)
  const limit = Math.ceil(Math.max(...sizes)) + 400
  const child = spawn('bash', ['-c', `ulimit -f ${limit}; ${command}`], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  expect([code === 0, said]).toEqual([
    false,
    expect.stringMatching(/ledger-unavailable|cannot be used: (the disk is full|the disk reports an error)/),
  ])
  expect(relay.served().length).toBeGreaterThan(10)
  expect(relay.served().length).toBeLessThan(1500)
  const sent = await sendAndAccount(prepared, [relay], { facts: { connections: 20 } })
  expect(sent.end).toEqual({ kind: 'finished' })
  expect(sent.counts.accepted + sent.counts.uncertain).toBe(1500)
  expect(sent.counts.uncertain).toBeLessThanOrEqual(5)
})

onBoth('runSending() when a message cannot be made', create => {
  it('fails with what was thrown, and the delivery is pending again', async () => {
    const prepared = await prepare(create, 50)
    const relay = await startRelay()
    let isBroken = true
    const beforeCompose = ({ address }: { readonly address: string }) => {
      if (isBroken && address.startsWith('reader7@')) throw new TypeError('a bug')
    }
    await expect(send({ ...prepared, ports: [relay.port], beforeCompose })).rejects.toThrow(new TypeError('a bug'))
    const told = await accountFor(prepared, [relay])
    expect(told.sum.stillToSend + told.sum.accepted).toBe(50)
    const states = await prepared.ledger.db.selectFrom('deliveries').select(['state', 'owner']).where('state', '!=', 'accepted').execute()
    expect(new Set(states.map(({ state, owner }) => `${state} ${owner}`))).toEqual(new Set(['pending null']))
    expect(relay.open()).toBe(0)
    isBroken = false
    expect(statesOf(await sendAndAccount(prepared, [relay], { beforeCompose }))).toEqual({ accepted: 50 })
  })
})

it('keeps what it knows while the ledger cannot be written, and writes it when it can', async () => {
  const prepared = await prepare(sqlite, 60)
  const relay = await startRelay({ decide: always('dot', { delay: 10 }) })
  let failures = 0
  const ledger: typeof prepared.ledger = {
    ...prepared.ledger,
    write: async work => {
      if (relay.served().length > 20 && failures < 6) {
        failures += 1
        throw Object.assign(new Error('disk I/O error'), { errcode: 10 })
      }
      return prepared.ledger.write(work)
    },
  }
  await expect(send({ ...prepared, ledger, ports: [relay.port] })).rejects.toMatchObject({ code: 'ledger-unavailable' })
  expect(failures).toBe(6)
  const told = await accountFor(prepared, [relay])
  expect([told.sum.uncertain, told.sum.accepted]).toEqual([0, relay.served().length])
  expect(statesOf(await sendAndAccount(prepared, [relay]))).toEqual({ accepted: 60 })
})

it('gives up a ledger that stays away after its patience, and everything is known but what was under way', async () => {
  const prepared = await prepare(sqlite, 60)
  const relay = await startRelay({ decide: first(60, 'dot', { delay: 10 }) })
  const ledger: typeof prepared.ledger = {
    ...prepared.ledger,
    write: async work => {
      if (relay.served().length > 20) throw Object.assign(new Error('database or disk is full'), { errcode: 13 })
      return prepared.ledger.write(work)
    },
  }
  const startedAt = performance.now()
  await expect(send({ ...prepared, ledger, ports: [relay.port], limits: { drain: 600 } })).rejects.toMatchObject({
    code: 'ledger-unavailable',
    message: expect.stringContaining('the disk is full'),
  })
  expect(performance.now() - startedAt).toBeLessThan(5000)
  const sent = await sendAndAccount(prepared, [relay])
  expect(sent.counts.accepted + sent.counts.uncertain).toBe(60)
  expect(sent.counts.uncertain).toBeLessThanOrEqual(5)
})
