/** Sends what is left of a sending, as far as it goes. The protocol is in docs/sending.md. */

import { UserError } from '../errors.ts'
import { ledgerProblem } from '../ledger/ledger-problem.ts'
import type { DeliveryState } from '../ledger/tables.ts'
import { createBell } from './bell.ts'
import { createQueue, lowWater } from './queue.ts'
import { readCounts } from './read-counts.ts'
import { createRelayState, createShares, type RelayFacts } from './relay-state.ts'
import { countAction, emptyTally, reasonToPause } from './replies/pause-rules.ts'
import { type LaneContext, runLane } from './run-lane.ts'
import { slotsOf } from './run-slots.ts'
import { runSupervisor } from './run-supervisor.ts'
import type { SendingEnd, SendingLimits } from './sending.ts'
import type { SendingJob, SendingRun, Stop } from './sending-run.ts'
import { writeExpired, writeFinished, writePaused, writeReleased, writeStopped } from './write-end.ts'
import { writeOrphans } from './write-orphans.ts'
import { type StepGroup, writeStepGroup } from './write-step-group.ts'
import { createStepWriter, type StepWriter } from './write-steps.ts'

const betweenProgress = 250
const betweenTries = 250
const betweenReports = 1000

/**
 * Sends until nothing is left that can be sent now or later, or something stops it. Rejects with `ledger-unavailable` where the ledger cannot be written.
 * Whatever the end, what is known of the deliveries stands in the ledger, as far as that can be written; those that were not handed over are pending.
 */
export async function runSending(job: SendingJob): Promise<SendingEnd> {
  const { ledger, lock, sending, clock, drain, abort } = job
  const interrupt = () => run.halt({ kind: 'interrupted' })
  await writeOrphans(ledger, lock, sending.id, clock.now())
  const { run, context } = await begin(job)
  for (const signal of [drain, abort]) signal.addEventListener('abort', interrupt)
  if (drain.aborted || abort.aborted) interrupt()
  const running = run.relays.flatMap(({ state, lanes }) =>
    lanes.map(lane => runLane(lane, state, context).catch((error: unknown) => run.fail(error))),
  )
  await runSupervisor(job, run)
  await finishLanes(job, run, running)
  for (const signal of [drain, abort]) signal.removeEventListener('abort', interrupt)
  const end = await writeRest(job, run, context.steps)
  run.report()
  if (run.failure === null) return end
  throw goesOnLater(ledgerProblem(ledger, run.failure.error) ?? run.failure.error)
}

/** Whoever reads that the ledger is away has to know that nothing is lost with it. */
function goesOnLater(error: unknown): unknown {
  if (!(error instanceof UserError)) return error
  const [first, ...others] = error.problems
  return new UserError(
    { ...first, hint: `${first.hint} Then the same command goes on where this one stopped: nothing is lost.` },
    ...others,
  )
}

async function begin(job: SendingJob): Promise<{ readonly run: SendingRun; readonly context: LaneContext }> {
  const { ledger, lock, sending, relays, limits, clock, softLimits, onProgress, thread } = job
  const commit = (group: StepGroup) => (thread === undefined ? writeStepGroup(ledger, group) : thread.commit(group))
  const startedAt = clock.elapsed()
  const queue = createQueue(limits.perDomain)
  const states = relays.map(({ facts, createLane }) => ({
    state: createRelayState(facts, limits.relayBackOff),
    lanes: Array.from({ length: connectionsOf(facts, limits) }, createLane),
  }))
  const work = createBell()
  const attention = createBell()
  const ending = new AbortController()
  let tally = emptyTally
  let acceptedNow = 0
  let reportedAt = Number.NEGATIVE_INFINITY
  let reportedWait: string | null = null

  const leavePending = (to: DeliveryState) => {
    // On PostgreSQL a count may have found it in `sending`.
    const from = run.counts.pending > 0 ? 'pending' : 'sending'
    run.counts = { ...run.counts, [from]: run.counts[from] - 1, [to]: run.counts[to] + 1 }
  }
  const report = () => {
    reportedAt = clock.elapsed()
    reportedWait = run.waitsFor
    onProgress({ counts: run.counts, acceptedNow, elapsed: clock.elapsed() - startedAt, waitsFor: run.waitsFor })
  }
  const run: SendingRun = {
    relays: states,
    queue,
    work,
    attention,
    stop: null,
    failure: null,
    counts: await readCounts(ledger, sending.id),
    waitsFor: null,
    unwritten: 0,
    report,
    reportAfter: milliseconds => {
      const waitsForMore = run.waitsFor !== null && run.waitsFor !== reportedWait
      if (waitsForMore || clock.elapsed() - reportedAt >= milliseconds) report()
    },
    halt: end => {
      run.stop ??= end
      ending.abort()
      work.ring()
      attention.ring()
    },
    fail: error => {
      run.failure ??= { error }
      run.halt({ kind: 'interrupted' })
    },
  }
  const context: LaneContext = {
    clock,
    queue,
    shares: createShares(states.map(({ state }) => state)),
    steps: createStepWriter({
      commit: steps => commit({ steps, owner: lock.owner, now: clock.now(), softLimits }),
      isBeside: thread !== undefined || ledger.kind === 'postgres',
      connections: states.reduce((sum, { lanes }) => sum + lanes.length, 0),
    }),
    compose: job.compose,
    backOff: limits.backOff,
    slotFor: slotsOf(job, run, ending.signal),
    isStopping: () => run.stop !== null || !lock.isHeld(),
    work,
    onPassedOver: (candidate, why) => {
      queue.drop(candidate)
      if (why === 'suppressed') leavePending('suppressed')
      attention.ring()
    },
    onOutcome: ({ domain }, relay, { outcome, action }) => {
      run.unwritten += 1
      run.waitsFor = null
      // What the relay was never asked is no failure of it.
      const wasAsked = outcome.kind !== 'unsupported' && outcome.kind !== 'refused'
      tally = countAction(tally, { action, relay: wasAsked ? relay.name : null, domain })
      const reason = action.kind === 'pause' ? action.reason : reasonToPause(tally)
      if (reason !== null) run.halt({ kind: 'paused', reason })
      if (queue.waiting() < lowWater) attention.ring()
    },
    onSettled: ({ state }) => {
      run.unwritten -= 1
      if (state === 'accepted') acceptedNow += 1
      if (state !== 'pending') leavePending(state)
      run.reportAfter(betweenProgress)
      work.ring()
      if (queue.underWay() === 0) attention.ring()
    },
    onRelayFailed: attention.ring,
  }
  return { run, context }
}

/** With a rate, no more connections than go out in a second: the others would only wait, and some relays count them. */
function connectionsOf({ connections, rate }: RelayFacts, limits: SendingLimits): number {
  const inASecond = [rate, limits.rate].map(each => (each === null ? connections : Math.max(1, Math.ceil(each))))
  return Math.min(connections, ...inASecond)
}

/** Messages under way have their time; what only waits for a relay to answer ends at once. */
async function finishLanes({ abort, limits, clock }: SendingJob, run: SendingRun, running: readonly Promise<void>[]): Promise<void> {
  const lanes = run.relays.flatMap(each => each.lanes)
  const over = new AbortController()
  const abortAll = () => {
    for (const lane of lanes) lane.abort()
  }
  for (const lane of lanes) lane.giveUpOpening()
  if (abort.aborted) abortAll()
  abort.addEventListener('abort', abortAll)
  const patience = clock.sleep(limits.drain, over.signal).then(() => {
    if (!over.signal.aborted) abortAll()
  })
  await Promise.all(running)
  over.abort()
  await patience
  abort.removeEventListener('abort', abortAll)
}

/** What the lanes could not write, what they held, and how it ended. A ledger that is away for a while must not turn known outcomes into unknown ones. */
async function writeRest(job: SendingJob, run: SendingRun, steps: StepWriter): Promise<SendingEnd> {
  const { ledger, lock, sending, clock, limits, abort } = job
  const until = clock.elapsed() + limits.drain
  while (true) {
    try {
      await steps.writeAgain()
      await writeReleased(ledger, sending.id, lock.owner)
      return await conclude(job, run.stop ?? { kind: 'finished' })
    } catch (error) {
      run.failure ??= { error }
      const mayPass = error instanceof UserError || ledgerProblem(ledger, error) !== null
      if (!mayPass || clock.elapsed() > until || abort.aborted) return { kind: 'interrupted' }
      run.waitsFor = 'the ledger, which cannot be written'
      run.reportAfter(betweenReports)
      await clock.sleep(betweenTries, abort)
    }
  }
}

/** Writes down how it ended. */
async function conclude({ ledger, sending, clock }: SendingJob, end: Stop): Promise<SendingEnd> {
  const now = clock.now()
  if (end.kind === 'expired') await writeExpired(ledger, sending.id, now)
  if (end.kind === 'paused') await writePaused(ledger, sending.id, end.reason)
  if (end.kind === 'stopped') await writeStopped(ledger, sending.id, end.reason)
  if (end.kind === 'finished' || end.kind === 'expired') {
    await writeFinished(ledger, sending.id, now)
    return { kind: 'finished' }
  }
  return end
}
