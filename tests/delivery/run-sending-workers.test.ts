import { spawn } from 'node:child_process'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { openLedger } from '../../src/ledger/open-ledger.ts'
import { takeWorkerLock } from '../../src/ledger/take-worker-lock.ts'
import { addReaders, createLedger, send, takeSnapshot } from './engine.ts'
import { onPostgres } from './on-both.ts'
import {
  accountFor,
  always,
  first,
  type Prepared,
  prepare,
  readDelivery,
  type SpiedRelay,
  sendAndAccount,
  startRelay,
  statesOf,
} from './scenario.ts'

/** A sender in a process of its own; resolves to its exit code. */
function startWorker({ place }: Prepared, relay: SpiedRelay) {
  const script = path.join(import.meta.dirname, 'kill-harness', 'run-engine.ts')
  const database = place.databaseUrl === undefined ? [] : ['--database', place.databaseUrl]
  const child = spawn(process.execPath, [script, '--ledger', place.file, ...database, '--port', `${relay.port}`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return { child, ended: new Promise<number | null>(resolve => child.once('exit', code => resolve(code))) }
}

/** Cuts every connection that holds a lock of a worker in this database. */
const cutLocks = ({ ledger }: Prepared) =>
  sql`select pg_terminate_backend(pid) from pg_locks join pg_database on pg_database.oid = database where locktype = 'advisory' and datname = current_database()`.execute(
    ledger.db,
  )

const served = async (relay: SpiedRelay, count: number) => {
  while (relay.served().length < count) await sleep(5)
}

it('one sender at a time: on SQLite a second one is told so, and the first goes on', async () => {
  const prepared = await prepare(() => createLedger(), 100)
  const relay = await startRelay({ decide: always('dot', { delay: 20 }) })
  const one = startWorker(prepared, relay)
  await served(relay, 5)
  expect(await takeWorkerLock({ ...prepared, edition: '2026-w06', list: 'digest' })).toBeNull()
  // Another edition is another matter.
  const other = await takeWorkerLock({ ...prepared, edition: '2026-w07', list: 'digest' })
  expect(other).not.toBeNull()
  await other?.release()
  expect(await startWorker(prepared, relay).ended).toBe(6)
  expect(await one.ended).toBe(0)
  await accountFor(prepared, [relay])
})

it('a killed sender leaves the lock free, and uncertain only what was under way', async () => {
  const prepared = await prepare(() => createLedger(), 100)
  const relay = await startRelay({ decide: always('dot', { delay: 20 }) })
  const worker = startWorker(prepared, relay)
  await served(relay, 20)
  worker.child.kill('SIGKILL')
  await worker.ended
  const sent = await sendAndAccount(prepared, [relay])
  expect(sent.end).toEqual({ kind: 'finished' })
  expect(sent.counts.uncertain).toBeGreaterThan(0)
  expect(sent.counts.uncertain).toBeLessThanOrEqual(5)
  const orphans = await prepared.ledger.db.selectFrom('attempts').select('text').where('outcome', '=', 'uncertain').execute()
  expect(orphans).toHaveLength(sent.counts.uncertain)
  expect(orphans[0]?.text).toContain('the process that was sending it ended')
})

onPostgres('several workers', create => {
  it('share 2,000 recipients in three processes without overlapping', async () => {
    const prepared = await prepare(create, 2000)
    const relay = await startRelay({ decide: always('dot', { delay: 5 }) })
    const workers = [startWorker(prepared, relay), startWorker(prepared, relay), startWorker(prepared, relay)]
    expect(await Promise.all(workers.map(({ ended }) => ended))).toEqual([0, 0, 0])
    const told = await accountFor(prepared, [relay])
    expect([told.sum.accepted, told.received, relay.served().length]).toEqual([2000, 2000, 2000])
  })

  it('take over what a killed one had in hand, while they send', async () => {
    const prepared = await prepare(create, 600)
    const relay = await startRelay({ decide: always('dot', { delay: 10 }) })
    const victim = startWorker(prepared, relay)
    await served(relay, 20)
    victim.child.kill('SIGKILL')
    await victim.ended
    const sent = await sendAndAccount(prepared, [relay])
    expect(sent.end).toEqual({ kind: 'finished' })
    expect(sent.counts.accepted + sent.counts.uncertain).toBe(600)
    expect(sent.counts.uncertain).toBeLessThanOrEqual(5)
  })

  it('all stop when one of them pauses the edition', async () => {
    const prepared = await prepare(create, 4000)
    const [well, wrong] = [
      await startRelay({ decide: always('dot', { delay: 30 }) }),
      await startRelay({ decide: always('dot', { say: '554 5.6.0 bad message\r\n' }) }),
    ]
    const one = send({ ...prepared, ports: [well.port] })
    await served(well, 5)
    const two = await send({ ...prepared, ports: [wrong.port] })
    expect(two.end.kind).toBe('paused')
    expect((await one).end).toEqual(two.end)
    const told = await accountFor(prepared, [well, wrong])
    expect(told.sum.stillToSend).toBeGreaterThan(1000)
  })

  it('begin one sending, not two, when both find none', async () => {
    const { ledger, place } = await create()
    const other = await openLedger(place)
    await addReaders(ledger, 500)
    const [one, two] = await Promise.all([takeSnapshot(ledger), takeSnapshot(other)])
    await other.close()
    expect([one.id, one.recipients, two.id, two.recipients]).toEqual([one.id, 500, one.id, 500])
  })

  it('stop without losing anybody when the connection with their lock is cut', async () => {
    const prepared = await prepare(create, 500)
    const relay = await startRelay({ decide: always('dot', { delay: 20 }) })
    const lock = await takeWorkerLock({ ...prepared, edition: '2026-w06', list: 'digest' })
    const running = send({ ...prepared, ports: [relay.port], ...(lock === null ? {} : { lock }) })
    await served(relay, 20)
    await cutLocks(prepared)
    const sent = await running
    expect(sent.end).toEqual({ kind: 'stopped', reason: 'the connection to the ledger was lost' })
    expect(sent.counts.accepted + sent.counts.pending).toBe(500)
    const again = await sendAndAccount(prepared, [relay], { facts: { connections: 50 } })
    expect(statesOf(again)).toEqual({ accepted: 500 })
  })

  it('know better than who took them for dead: an outcome still counts, and nothing is sent twice', async () => {
    const prepared = await prepare(create, ['ada@club.example'])
    const relay = await startRelay({ decide: first(1, 'dot', { delay: 800 }) })
    const lock = await takeWorkerLock({ ...prepared, edition: '2026-w06', list: 'digest' })
    const running = send({ ...prepared, ports: [relay.port], ...(lock === null ? {} : { lock }) })
    await served(relay, 1)
    await cutLocks(prepared)
    await sleep(50)
    const other = await send({ ...prepared, ports: [relay.port] })
    expect([other.end, statesOf(other)]).toEqual([{ kind: 'finished' }, { uncertain: 1 }])
    await running
    expect((await readDelivery(prepared, 'ada@club.example')).delivery.state).toBe('accepted')
    await accountFor(prepared, [relay])
  })

  it('write what they know when every connection of theirs is cut at once', async () => {
    const prepared = await prepare(create, 300)
    const relay = await startRelay({ decide: always('dot', { delay: 20 }) })
    const running = send({ ...prepared, ports: [relay.port] })
    await served(relay, 20)
    const other = await openLedger(prepared.place)
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()`.execute(
      other.db,
    )
    await other.close()
    await running.catch((error: unknown) => expect(error).toMatchObject({ code: 'ledger-unavailable' }))
    const again = await sendAndAccount(prepared, [relay], { facts: { connections: 50 } })
    expect(statesOf(again)).toEqual({ accepted: 300 })
  })
})
