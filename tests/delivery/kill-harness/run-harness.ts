/**
 * The kill harness: a real process sends over a real ledger to a server that does wrong things, is killed with SIGKILL again and again, and is started again
 * until the sending is over. Then the ledger is accounted for against what the server received.
 */

import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Ledger, LedgerPlace } from '../../../src/ledger/ledger.ts'
import { openLedger } from '../../../src/ledger/open-ledger.ts'
import { type Account, account, droppedAfterDot } from '../account.ts'
import { addReaders } from '../add-readers.ts'
import type { ServerEvent } from '../fault-server/fault.ts'
import { type FaultChances, randomFaults } from '../fault-server/random-faults.ts'
import { startFaultServer } from '../fault-server/start-fault-server.ts'
import { createChance } from './chance.ts'
import { type OrderAccount, readOrder, startOrderLog } from './order-log.ts'

/** What to do. */
export interface HarnessOptions {
  readonly seed: number
  /** An empty folder of its own. */
  readonly folder: string
  /** An empty database; without, SQLite. */
  readonly databaseUrl?: string
  readonly recipients: number
  readonly kills: number
  readonly connections: number
  readonly faults: FaultChances
  /** Readers who leave meanwhile. */
  readonly leavers: number
  readonly sender: Sender
  readonly onLife?: (life: string) => void
}

/** How a sender is prepared and started. */
export interface Sender {
  readonly prepare: (setting: Setting) => Promise<void>
  /** The arguments of a Node process that sends what is left. */
  readonly command: (setting: Setting) => { readonly args: readonly string[]; readonly cwd?: string; readonly env?: NodeJS.ProcessEnv }
}

/** What a sender finds. */
export interface Setting {
  readonly ledger: Ledger
  readonly place: LedgerPlace
  readonly folder: string
  readonly port: number
  readonly connections: number
}

/** What came of it. */
export interface HarnessReport extends Account, OrderAccount {
  readonly kills: number
  readonly droppedAfterDot: number
  readonly mostUncertain: number
  /** How the lives that were not killed ended: exit codes. */
  readonly ends: readonly (number | 'hung')[]
  readonly milliseconds: number
}

type Listeners = Set<(event: ServerEvent) => void>

/** Runs it. What must not be stands in the report's violations. */
export async function runHarness(options: HarnessOptions): Promise<HarnessReport> {
  const { seed, folder, databaseUrl, recipients, connections, faults, sender } = options
  const startedAt = performance.now()
  const events: ServerEvent[] = []
  const listeners: Listeners = new Set()
  const server = await startFaultServer({
    decide: randomFaults(faults, seed),
    onEvent: event => {
      events.push(event)
      for (const listener of listeners) listener(event)
    },
  })
  const place = { file: path.join(folder, 'data', 'news-digest.db'), databaseUrl, displayRoot: folder }
  const ledger = await openLedger(place)
  try {
    const setting = { ledger, place, folder, port: server.port, connections }
    await addReaders(ledger, recipients)
    await sender.prepare(setting)
    await startOrderLog(ledger)
    const lives = await runLives(options, setting, listeners)
    const sending = await ledger.db.selectFrom('sendings').selectAll().executeTakeFirstOrThrow()
    const told = await account(ledger, sending, events)
    const order = await readOrder(ledger)
    const dropped = droppedAfterDot(events)
    const report = {
      ...told,
      ...order,
      ...lives,
      droppedAfterDot: dropped,
      mostUncertain: (lives.kills + dropped) * connections,
      milliseconds: performance.now() - startedAt,
    }
    const state = sending.state === 'finished' ? [] : [`the sending is ${sending.state}`]
    return { ...report, violations: [...told.violations, ...state, ...violationsOf(report, options)] }
  } finally {
    await ledger.close()
    await server.close()
  }
}

function violationsOf(report: Omit<HarnessReport, 'violations'>, { kills, leavers }: HarnessOptions): readonly string[] {
  const { sum, claimedAfterLeaving, leftBefore, mostUncertain } = report
  const wrong: readonly (readonly [boolean, string])[] = [
    [sum.uncertain > mostUncertain, `${sum.uncertain} are uncertain, and only ${mostUncertain} may be`],
    [sum.stillToSend > 0, `${sum.stillToSend} are still to send`],
    [claimedAfterLeaving.length > 0, `subscribers ${claimedAfterLeaving.join(', ')} were claimed for after they had left`],
    [report.ends.includes('hung'), 'a process went on without an end'],
    [report.kills < kills, `the sending was over after ${report.kills} of ${kills} kills`],
    [leavers > 0 && leftBefore === 0, 'nobody left before their turn: the test says nothing about those who do'],
  ]
  return wrong.flatMap(([isSo, what]) => (isSo ? [what] : []))
}

/** More lives than this after the last kill, and something never ends. */
const mostLives = 20
/** Milliseconds that a life may last. */
const longestLife = 60_000

async function runLives(options: HarnessOptions, setting: Setting, listeners: Listeners): Promise<Pick<HarnessReport, 'kills' | 'ends'>> {
  const { kills, seed, onLife = () => {} } = options
  const chance = createChance(seed)
  const ends: (number | 'hung')[] = []
  const leaving = options.leavers === 0 ? null : spawnNode(leaversOf(options, setting))
  let killed = 0
  while (ends.length < mostLives) {
    const left = await countLeft(setting.ledger)
    // What is left is spread over the lives that are left, so that the last kill still finds something to interrupt.
    const messages = Math.ceil((2 * chance() * (left ?? options.recipients)) / (kills - killed + 1))
    const end = await live(
      options.sender.command(setting),
      killed < kills && left !== 0 ? chooseInstant(chance, messages, listeners) : null,
    )
    onLife(`${typeof end === 'number' ? `ended with ${end}` : end}, ${left ?? 'all'} were left`)
    if (end === 'killed') killed += 1
    else ends.push(end)
    if (end === 'hung' || (await isFinished(setting.ledger))) break
  }
  if (leaving !== null) {
    leaving.kill('SIGKILL')
    const code = await endOf(leaving)
    if (code !== null && code !== 0) throw new Error(`the readers who leave ended with ${code}`)
  }
  return { kills: killed, ends }
}

/** One process, killed at an instant unless it ends before. */
async function live(command: NodeCommand, instant: Promise<void> | null): Promise<number | 'killed' | 'hung'> {
  const child = spawnNode(command)
  let why: 'killed' | 'hung' = 'killed'
  const kill = (reason: typeof why) => {
    why = reason
    child.kill('SIGKILL')
  }
  const timer = setTimeout(() => kill('hung'), longestLife)
  const ended = endOf(child)
  if (instant !== null && (await Promise.race([ended.then(() => 'ended'), instant])) !== 'ended') kill('killed')
  const code = await ended
  clearTimeout(timer)
  return code ?? why
}

/** Most lives end in the middle of the messages; one of eight while the process starts. */
async function chooseInstant(chance: () => number, messages: number, listeners: Set<(event: ServerEvent) => void>): Promise<void> {
  if (chance() < 1 / 8) return sleep(600 * chance())
  // Every kind of instant: a connection that opens, a recipient, the dot before it is answered, the answer before it is read, and anything between.
  const kind = (['message', 'reply', 'rcpt', 'rcpt'] as const)[Math.floor(chance() * 4)] ?? 'message'
  const later = chance() < 0.5 ? 0 : 15 * chance()
  await new Promise<void>(resolve => {
    let seen = 0
    const listener = (event: ServerEvent) => {
      if (event.kind === 'message') seen += 1
      if (seen < messages || event.kind !== kind) return
      listeners.delete(listener)
      resolve()
    }
    listeners.add(listener)
  })
  if (later > 0) await sleep(later)
}

interface NodeCommand {
  readonly args: readonly string[]
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
}

function spawnNode({ args, cwd, env }: NodeCommand): ChildProcess {
  const child = spawn(process.execPath, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'inherit'] })
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}

const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

function endOf(child: ChildProcess): Promise<number | null> {
  return new Promise(resolve => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve(child.exitCode)
    child.once('exit', code => resolve(code))
  })
}

function leaversOf({ seed, leavers }: HarnessOptions, { place: { file, databaseUrl } }: Setting): NodeCommand {
  const script = path.join(import.meta.dirname, 'unsubscribe-readers.ts')
  const database = databaseUrl === undefined ? [] : ['--database', databaseUrl]
  return { args: [script, '--ledger', file, ...database, '--seed', `${seed}`, '--count', `${leavers}`, '--every', '60'] }
}

/** Null before the snapshot. */
async function countLeft({ db }: Ledger): Promise<number | null> {
  const { total, left } = await db
    .selectFrom('deliveries')
    .select(({ fn }) => [
      fn.countAll<number>().as('total'),
      fn.countAll<number>().filterWhere('state', 'in', ['pending', 'deferred']).as('left'),
    ])
    .executeTakeFirstOrThrow()
  return Number(total) === 0 ? null : Number(left)
}

async function isFinished({ db }: Ledger): Promise<boolean> {
  return (await db.selectFrom('sendings').select('state').executeTakeFirst())?.state === 'finished'
}
