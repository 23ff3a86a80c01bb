import { Agent, request } from 'node:http'
import type { Socket } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { openLedger } from '../../../src/ledger/open-ledger.ts'
import { takeSnapshot } from '../../delivery/engine.ts'
import { createPublication } from '../../delivery/publication.ts'
import { sendAndAccount, startRelay } from '../../delivery/scenario.ts'
import { startPublic } from './start-public.ts'

const leavers = 10_000
const stayers = 1000
const connections = 50

type Asked = readonly [method: 'GET' | 'POST', path: string]

/** Asks for each path, 50 at a time over connections that stay open: how many got which status, and how many connections it took. */
async function askAll(port: number, requests: readonly Asked[]) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  onTestFinished(() => agent.destroy())
  const sockets = new Set<Socket>()
  const statuses: Record<number, number> = {}
  const ask = ([method, path]: Asked) =>
    new Promise<void>((resolve, reject) => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      const asked = request({ host: '127.0.0.1', port, path, method, agent, headers }, answer => {
        const { statusCode = 0 } = answer
        statuses[statusCode] = (statuses[statusCode] ?? 0) + 1
        answer.resume().once('end', resolve).once('error', reject)
      })
      asked.once('socket', socket => sockets.add(socket))
      asked.once('error', reject).end(method === 'POST' ? 'List-Unsubscribe=One-Click' : undefined)
    })
  let next = 0
  const askInTurn = async () => {
    for (let each = requests[next++]; each !== undefined; each = requests[next++]) await ask(each)
  }
  await Promise.all(Array.from({ length: connections }, askInTurn))
  return { statuses, sockets: sockets.size }
}

it('answers 10,000 one-click requests over 50 connections and loses none, while a sending writes to the same file all the time', {
  timeout: 120_000,
}, async () => {
  const publication = await createPublication({ readers: leavers + stayers, built: false })
  const { port, ledger, faults, linkOf } = await startPublic(publication)
  // Those who are next in turn leave last, so that the sending has somebody to send to until the end.
  const people = await ledger.db.selectFrom('subscribers').select('id').orderBy('id', 'desc').limit(leavers).execute()
  const requests = people.flatMap(({ id }, index): readonly Asked[] => {
    const path = linkOf(id, 'unsubscribe')
    // Here and there somebody reads first.
    const reads: readonly Asked[] = [
      ['GET', path],
      ['GET', '/'],
    ]
    return [...(index % 50 === 0 ? reads : []), ['POST', path]]
  })

  const sender = await openLedger(publication.place)
  onTestFinished(() => sender.close())
  const prepared = { ledger: sender, place: publication.place, sending: await takeSnapshot(sender) }
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
  let slow = true
  const relay = await startRelay({
    decide: ({ stage }) => {
      if (stage !== 'dot') return undefined
      begin()
      return slow ? { delay: 50 } : undefined
    },
  })
  let isOver = false
  const sending = sendAndAccount(prepared, [relay], { beside: true, facts: { connections: 20 } }).finally(() => {
    isOver = true
  })
  await begun
  const before = relay.served().length
  const answers = await askAll(port, requests)
  const meanwhile = relay.served().length - before
  expect(isOver).toBe(false)
  slow = false
  const { end, counts, told } = await sending

  expect(answers).toEqual({ statuses: { 200: requests.length }, sockets: connections })
  expect(faults).toEqual([])
  const left = await ledger.db
    .selectFrom('subscribers')
    .innerJoin('subscriberEvents', 'subscriberEvents.subscriberId', 'subscribers.id')
    .select(({ fn }) => [fn.count('subscribers.id').distinct().as('people'), fn.countAll().as('changes')])
    .where('state', '=', 'unsubscribed')
    .where('toState', '=', 'unsubscribed')
    .executeTakeFirstOrThrow()
  expect(left).toEqual({ people: leavers, changes: leavers })
  expect(meanwhile).toBeGreaterThan(100)
  expect([end, told.lost, told.duplicates]).toEqual([{ kind: 'finished' }, 0, 0])
  expect(counts.accepted + counts.suppressed).toBe(leavers + stayers)
  expect(counts.accepted).toBeGreaterThanOrEqual(stayers)
  expect(counts.suppressed).toBeGreaterThan(0)
})
