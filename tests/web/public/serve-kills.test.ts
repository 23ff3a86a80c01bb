/** `news-digest serve` killed again and again while people sign up: nobody gets the mail twice, and nobody who was told to look into their mailbox is lost. */

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import type { Ledger } from '../../../src/ledger/ledger.ts'
import { openLedger } from '../../../src/ledger/open-ledger.ts'
import type { ServerEvent } from '../../delivery/fault-server/fault.ts'
import { type FaultChances, randomFaults } from '../../delivery/fault-server/random-faults.ts'
import { startFaultServer } from '../../delivery/fault-server/start-fault-server.ts'
import { createChance } from '../../delivery/kill-harness/chance.ts'
import { createPublication, environmentOf, quick, settingsWith } from '../../delivery/publication.ts'
import { createDatabase } from '../../ledger/create-database.ts'

const kills = 2
const clients = 2
/** Of a relay that is busy and slow, but tells what became of each message. */
const faults: FaultChances = { 'rcpt-450': 0.05, 'dot-451': 0.05, 'dot-slow': 0.3, 'mail-drop': 0.03, 'greeting-drop': 0.05 }

it.each([
  ['SQLite', 1],
  ['PostgreSQL, two at once', 2],
] as const)('sends each mail once, whenever it is killed, on %s', async (_, processes) => {
  const databaseUrl = processes === 1 ? undefined : await createDatabase()
  const settings = settingsWith(`${quick}signUp:\n  mailsPerHour: 5000\n  perClient: 5000\n`)
  const publication = await createPublication({ readers: [], built: false, databaseUrl, settings })
  const ledger = await openLedger(publication.place)
  onTestFinished(() => ledger.close())
  const events: ServerEvent[] = []
  const relay = await startFaultServer({ decide: randomFaults(faults, 5), onEvent: event => void events.push(event) })
  onTestFinished(() => relay.close())
  const start = () =>
    startServe(publication.cwd, { ...environmentOf(relay.port), ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }) })
  const chance = createChance(7)
  const told: string[] = []
  let asked = 0
  for (let life = 0; life < kills; life++) {
    const running = await Promise.all(Array.from({ length: processes }, start))
    const signingUp = running.flatMap(({ child, port }) =>
      Array.from({ length: clients }, async () => {
        while (child.signalCode === null) {
          asked += 1
          const email = `reader${asked}@gull.example`
          if (await signUp(port, email)) told.push(email)
          await sleep(20 + 60 * chance())
        }
      }),
    )
    await sleep(300 + 900 * chance())
    for (const { child } of running) child.kill('SIGKILL')
    await Promise.all(signingUp)
  }
  // What a killed one had claimed is due again after half an hour.
  await ledger.db.updateTable('signUps').set({ mailDueAt: 0 }).where('mailDueAt', 'is not', null).execute()
  const { child } = await start()
  await expect.poll(() => countWaiting(ledger), { timeout: 30_000 }).toBe(0)
  child.kill('SIGTERM')
  expect((await once(child, 'exit'))[0]).toBe(0)
  const rows = await ledger.db
    .selectFrom('signUps')
    .innerJoin('subscribers', 'subscribers.id', 'signUps.subscriberId')
    .select(['address', 'mailReply'])
    .execute()
  const written = new Map(rows.map(({ address, mailReply }) => [address, mailReply]))
  const times = (address: string) =>
    events.filter(each => each.kind === 'message' && each.to === address).length - refusals(events, address)
  expect(told.length).toBeGreaterThan(kills)
  expect(told.filter(address => !written.has(address))).toEqual([])
  expect([...written.keys()].filter(address => times(address) > 1)).toEqual([])
  // One that was under way in a process that was killed is known as such.
  const unknown = rows.filter(({ mailReply }) => mailReply === null)
  expect(unknown.length).toBeLessThanOrEqual(kills * processes)
  expect(rows.filter(({ address, mailReply }) => mailReply !== null && times(address) !== 1)).toEqual([])
})

/** How often a message of theirs was answered with something else than yes. */
function refusals(events: readonly ServerEvent[], address: string): number {
  return events.filter(each => each.kind === 'reply' && each.to === address && each.said?.startsWith('2') !== true).length
}

async function countWaiting({ db }: Ledger): Promise<number> {
  return (await db.selectFrom('signUps').select('id').where('mailDueAt', 'is not', null).execute()).length
}

/** Whether it was answered with 200; false also where the server was killed meanwhile. */
async function signUp(port: number, email: string): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/subscribe`, { method: 'POST', body: new URLSearchParams({ email }) }).catch(
    () => null,
  )
  return answer?.status === 200
}

const command = path.join(import.meta.dirname, '..', '..', '..', 'dist', 'cli.js')

async function startServe(
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly child: ChildProcess; readonly port: number }> {
  const { SMTP_URL: _relay, DATABASE_URL: _database, ...others } = process.env
  const child = spawn(process.execPath, [command, 'serve', '--port', '0'], {
    cwd,
    env: { ...others, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', line => {
      const { msg, port } = JSON.parse(line) as { readonly msg: string; readonly port: number }
      if (msg === 'listening') resolve({ child, port })
      if (msg === 'failed') reject(new Error(line))
    })
    child.once('exit', code => reject(new Error(`serve ended with ${code}`)))
  })
}
