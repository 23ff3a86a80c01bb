/** Keeps the lanes of a sending in work. */

import { lowWater } from './queue.ts'
import { readCandidates } from './read-candidates.ts'
import { readCounts } from './read-counts.ts'
import { readLeft, readPause } from './read-left.ts'
import { longestWait } from './replies/back-off.ts'
import type { SendingJob, SendingRun } from './sending-run.ts'
import { writeDue } from './write-due.ts'
import { writeOrphans } from './write-orphans.ts'

const readAtOnce = 2000
const tick = 1000
const betweenLooks = 5000

/** How far the deliveries have been read. */
interface Position {
  /** The delivery that was read last. */
  after: number
  /** Nothing is left behind it: no need to read again until something has changed. */
  isAtEnd: boolean
}

/** Fills the queue, and notices when nothing is left or nothing goes any more. Resolves when no delivery is to be begun any more. */
export async function runSupervisor(job: SendingJob, run: SendingRun): Promise<void> {
  const { clock, lock } = job
  const position: Position = { after: 0, isAtEnd: false }
  let lookedAt = clock.elapsed()
  try {
    while (true) {
      const rings = run.attention.rings()
      if (hasEnded(job, run)) return
      const wait = await fill(job, run, position)
      if (run.stop !== null) return
      run.reportAfter(tick)
      if (wait > 0) await clock.sleep(Math.min(wait, tick), run.attention.after(rings))
      if (clock.elapsed() - lookedAt >= betweenLooks) {
        lookedAt = clock.elapsed()
        await lookAround(job, run, position)
      }
    }
  } catch (error) {
    if (lock.isHeld()) run.fail(error)
    else run.halt(lockLost)
  }
}

const lockLost = { kind: 'stopped', reason: 'the connection to the ledger was lost' } as const

/** Stops the run where its time, its lock or its relays are gone. */
function hasEnded({ lock, sending, clock, limits }: SendingJob, run: SendingRun): boolean {
  if (!lock.isHeld()) run.halt(lockLost)
  else if (sending.notAfter !== null && clock.now() > sending.notAfter) run.halt({ kind: 'expired' })
  const down = relaysDown(clock.elapsed(), limits.relayPatience, run)
  if (down !== null) run.halt({ kind: 'stopped', reason: down })
  return run.stop !== null
}

/** Returns after how many milliseconds to look again, unless something happens before. */
async function fill(job: SendingJob, run: SendingRun, position: Position): Promise<number> {
  const { ledger, lock, sending } = job
  const { queue } = run
  if (queue.waiting() >= lowWater) return tick
  if (!position.isAtEnd) {
    const { after } = position
    const more = await readCandidates(ledger, {
      sendingId: sending.id,
      owner: lock.owner,
      after,
      limit: readAtOnce,
      onlyVariants: isTrying(job),
    })
    queue.add(more)
    position.after = more.at(-1)?.id ?? after
    position.isAtEnd = more.length < readAtOnce
    run.work.ring()
    if (more.length > 0) return 0
  }
  const isIdle = queue.waiting() === 0 && queue.underWay() === 0 && run.unwritten === 0
  return isIdle ? findMore(job, run, position) : tick
}

/** Nothing is in hand and nothing is under way here. Stops the run where there will be nothing; returns after how many milliseconds to look again. */
async function findMore(job: SendingJob, run: SendingRun, position: Position): Promise<number> {
  const { ledger, sending, clock } = job
  if (await takeDue(job, run, position)) return 0
  const left = await readLeft(ledger, sending.id)
  const readAgain = () => {
    position.after = 0
    position.isAtEnd = false
  }
  if (left.nextDue !== null) {
    run.waitsFor = `${run.counts.deferred} deferred, the next at ${new Date(left.nextDue).toISOString().slice(0, 16).replace('T', ' ')} UTC`
    if (ledger.kind === 'postgres') readAgain()
    return Math.max(1, left.nextDue - clock.now())
  }
  readAgain()
  // On PostgreSQL other workers may have some of them in hand, and may give them back.
  if (left.sending) return tick
  if (!left.pending) run.halt({ kind: 'finished' })
  else if (isTrying(job) && !left.pendingWithVariant) run.halt({ kind: 'waits-for-winner' })
  return ledger.kind === 'sqlite' ? 0 : tick
}

/** Only those who try a subject get it until `--winner` says which it is. */
function isTrying({ sending }: SendingJob): boolean {
  return sending.split !== null && sending.winner === null
}

/** Deferred messages whose time has come. True where there are some. */
async function takeDue(
  { ledger, sending, clock, limits }: Pick<SendingJob, 'ledger' | 'sending' | 'clock' | 'limits'>,
  run: SendingRun,
  position: Position,
): Promise<boolean> {
  const due = await writeDue(ledger, sending.id, { now: clock.now(), longest: longestWait(limits.backOff) })
  if (due === 0) return false
  run.counts = { ...run.counts, deferred: run.counts.deferred - due, pending: run.counts.pending + due }
  position.after = 0
  position.isAtEnd = false
  return true
}

/** What has become due, and what other workers or the editor have done meanwhile. */
async function lookAround(job: SendingJob, run: SendingRun, position: Position): Promise<void> {
  const { ledger, lock, sending, clock } = job
  const reason = await readPause(ledger, sending.id)
  if (reason !== null) run.halt({ kind: 'paused', reason })
  await takeDue(job, run, position)
  if (ledger.kind === 'sqlite') return
  if (position.isAtEnd) await writeOrphans(ledger, lock, sending.id, clock.now())
  run.counts = await readCounts(ledger, sending.id)
  position.isAtEnd = false
}

/** Why no relay will do any more; null as long as one works, or may again. */
function relaysDown(now: number, patience: number, run: SendingRun): string | null {
  const states = run.relays.map(({ state }) => state)
  if (states.some(state => state.waitFor(now) === 0)) return null
  const reasons = states.map(state => (states.length === 1 ? state.why() : `${state.name}: ${state.why()}`)).join('; ')
  const hoped = states.filter(state => Number.isFinite(state.waitFor(now)))
  if (hoped.length === 0) return reasons
  run.waitsFor = `a relay: ${reasons}`
  const downFor = now - Math.max(...hoped.map(state => state.downSince() ?? now))
  return downFor > patience ? `no relay could be used for ${inWords(downFor)}: ${reasons}` : null
}

function inWords(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000)
  return seconds < 120 ? `${seconds} seconds` : `${Math.round(seconds / 60)} minutes`
}
