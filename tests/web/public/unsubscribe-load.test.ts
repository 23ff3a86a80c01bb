import { Agent, request } from 'node:http'
import type { Socket } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { readConfig } from '../../../src/config/read-config.ts'
import type { Ledger } from '../../../src/ledger/ledger.ts'
import { openLedger } from '../../../src/ledger/open-ledger.ts'
import { createLinkToken } from '../../../src/message/link-token.ts'
import { parseSecret } from '../../../src/message/secret-keys.ts'
import { servePublic } from '../../../src/web/public/serve-public.ts'
import { takeSnapshot } from '../../delivery/engine.ts'
import { createPublication, type Publication, secret } from '../../delivery/publication.ts'
import { sendAndAccount, startRelay } from '../../delivery/scenario.ts'

const leavers = 10_000
const stayers = 1000
const connections = 50

async function open({ place }: Publication): Promise<Ledger> {
  const ledger = await openLedger(place)
  onTestFinished(() => ledger.close())
  return ledger
}

async function serve(publication: Publication) {
  const ledger = await open(publication)
  const config = await readConfig({ cwd: publication.cwd, file: null })
  const faults: unknown[] = []
  const { port, close } = await servePublic({
    config,
    publicUrl: config.links.publicUrl ?? '',
    ledger,
    secret: parseSecret(secret),
    clock: () => new Date(),
    host: '127.0.0.1',
    port: 0,
    onFault: error => void faults.push(error),
  })
  onTestFinished(close)
  return { port, ledger, faults }
}

/** POSTs to each path, 50 at a time over connections that stay open: how many got which status, and how many connections it took. */
async function postAll(port: number, paths: readonly string[]) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  onTestFinished(() => agent.destroy())
  const sockets = new Set<Socket>()
  const statuses: Record<number, number> = {}
  const ask = (path: string) =>
    new Promise<void>((resolve, reject) => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      const asked = request({ host: '127.0.0.1', port, path, method: 'POST', agent, headers }, answer => {
        const { statusCode = 0 } = answer
        statuses[statusCode] = (statuses[statusCode] ?? 0) + 1
        answer.resume().once('end', resolve).once('error', reject)
      })
      asked.once('socket', socket => sockets.add(socket))
      asked.once('error', reject).end('List-Unsubscribe=One-Click')
    })
  let next = 0
  const askInTurn = async () => {
    for (let path = paths[next++]; path !== undefined; path = paths[next++]) await ask(path)
  }
  await Promise.all(Array.from({ length: connections }, askInTurn))
  return { statuses, sockets: sockets.size }
}

it('answers 10,000 one-click requests over 50 connections and loses none, while a sending writes to the same file all the time', {
  timeout: 120_000,
}, async () => {
  const publication = await createPublication({ readers: leavers + stayers })
  const { port, ledger, faults } = await serve(publication)
  const keys = parseSecret(secret)
  // Those who are next in turn leave last, so that the sending has somebody to send to until the end.
  const people = await ledger.db.selectFrom('subscribers').select('id').orderBy('id', 'desc').limit(leavers).execute()
  const paths = people.map(({ id: subscriber }) => {
    return `/unsubscribe/${createLinkToken({ purpose: 'unsubscribe', list: 'digest', subscriber, epoch: 0 }, keys)}`
  })

  const sender = await open(publication)
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
  const answers = await postAll(port, paths)
  const meanwhile = relay.served().length - before
  expect(isOver).toBe(false)
  slow = false
  const { end, counts, told } = await sending

  expect(answers).toEqual({ statuses: { 200: leavers }, sockets: connections })
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
