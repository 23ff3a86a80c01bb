/** Keeps the lanes of a sending in work. */

import type { Ledger } from '../ledger/ledger.ts'
import { lowWater } from './queue.ts'
import { readCandidates, readNextDue, writeDue } from './read-candidates.ts'
import { readCounts } from './read-counts.ts'
import type { SendingJob, SendingRun } from './sending-run.ts'
import { writeOrphans } from './write-orphans.ts'

const readAtOnce = 2000
const tick = 1000
const betweenLooks = 5000

/** Fills the queue, and notices when nothing is left or nothing goes any more. Resolves when no delivery is to be begun any more. */
export async function runSupervisor(job: SendingJob, run: SendingRun): Promise<void> {
  const { clock } = job
  let after = 0
  let lookedAt = clock.elapsed()
  try {
    while (run.stop === null) {
      if (hasEnded(job, run)) return
      const filled = await fill(job, run, after)
      after = filled.after
      if (filled.readAgain) continue
      const attention = run.attention.next()
      await clock.sleep(tick, attention)
      if (clock.elapsed() - lookedAt > betweenLooks) {
        lookedAt = clock.elapsed()
        if (await lookAround(job, run)) after = 0
      }
      if (!attention.aborted) run.report()
    }
  } catch (error) {
    run.fail(error)
  }
}

/** Stops the run where its time, its lock or its relays are gone. */
function hasEnded({ lock, sending, clock, ...job }: SendingJob, run: SendingRun): boolean {
  if (!lock.isHeld()) run.halt({ kind: 'stopped', reason: 'the connection to the ledger was lost' })
  else if (sending.notAfter !== null && clock.now() > sending.notAfter) run.halt({ kind: 'expired' })
  const down = relaysDown({ clock, ...job }, run)
  if (down !== null) run.halt({ kind: 'stopped', reason: down })
  return run.stop !== null
}

interface Filled {
  /** The delivery that was read last. */
  readonly after: number
  readonly readAgain: boolean
}

async function fill(job: SendingJob, run: SendingRun, after: number): Promise<Filled> {
  const { ledger, lock, sending } = job
  const { queue } = run
  if (queue.waiting() >= lowWater) return { after, readAgain: false }
  const onlyVariants = sending.split !== null && sending.winner === null
  const more = await readCandidates(ledger, { sendingId: sending.id, owner: lock.owner, after, limit: readAtOnce, onlyVariants })
  queue.add(more)
  if (more.length > 0) {
    run.work.ring()
    return { after: more.at(-1)?.id ?? after, readAgain: false }
  }
  const isIdle = queue.waiting() === 0 && queue.underWay() === 0 && run.unwritten === 0
  return isIdle && (await findMore(job, run)) ? { after: 0, readAgain: true } : { after, readAgain: false }
}

/** Nothing is in hand and nothing is under way here. True where there is something to read again; stops the run where there will be nothing. */
async function findMore({ ledger, sending, clock }: SendingJob, run: SendingRun): Promise<boolean> {
  if ((await writeDue(ledger, sending.id, clock.now())) > 0) return true
  run.counts = await readCounts(ledger, sending.id)
  const { pending, sending: underWay, deferred } = run.counts
  if (deferred > 0) {
    const due = await readNextDue(ledger, sending.id)
    run.waitsFor =
      due === null ? null : `${deferred} deferred, the next at ${new Date(due).toISOString().slice(0, 16).replace('T', ' ')} UTC`
    return false
  }
  // On PostgreSQL other workers may have some of them in hand.
  if (underWay > 0) return false
  if (pending === 0) run.halt({ kind: 'finished' })
  else if (sending.split !== null && sending.winner === null && (await countHeldBack(ledger, sending.id)) === pending)
    run.halt({ kind: 'waits-for-winner' })
  else return ledger.kind === 'sqlite'
  return false
}

async function countHeldBack({ db }: Ledger, sendingId: number): Promise<number> {
  const { count } = await db
    .selectFrom('deliveries')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('sendingId', '=', sendingId)
    .where('state', '=', 'pending')
    .where('variant', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Deferred messages whose time has come, and what other workers have done or left behind. True where there is something to read again. */
async function lookAround({ ledger, lock, sending, clock }: SendingJob, run: SendingRun): Promise<boolean> {
  const due = await writeDue(ledger, sending.id, clock.now())
  if (ledger.kind === 'sqlite') {
    run.counts = { ...run.counts, deferred: run.counts.deferred - due, pending: run.counts.pending + due }
    return due > 0
  }
  await writeOrphans(ledger, lock, sending.id, clock.now())
  run.counts = await readCounts(ledger, sending.id)
  return true
}

/** Why no relay will do any more; null as long as one works, or may again. */
function relaysDown({ limits, clock }: Pick<SendingJob, 'limits' | 'clock'>, run: SendingRun): string | null {
  const now = clock.elapsed()
  const states = run.relays.map(({ state }) => state)
  const waits = states.map(state => state.waitFor(now))
  if (waits.some(wait => wait === 0)) return null
  const reasons = states.map(state => (states.length === 1 ? state.why() : `${state.name}: ${state.why()}`)).join('; ')
  if (waits.every(wait => !Number.isFinite(wait))) return reasons
  run.waitsFor = `a relay: ${reasons}`
  const downFor = now - Math.max(...states.map(state => state.downSince() ?? now))
  return downFor > limits.relayPatience ? `no relay could be used for ${Math.round(downFor / 60_000)} minutes: ${reasons}` : null
}
