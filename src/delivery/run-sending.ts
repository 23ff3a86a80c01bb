/** Sends what is left of a sending, as far as it goes. The protocol is in docs/sending.md. */

import { createBell } from './bell.ts'
import { createQueue, lowWater } from './queue.ts'
import { readCounts } from './read-counts.ts'
import { createRelayState, createShares, type RelayFacts } from './relay-state.ts'
import { countAction, emptyTally, reasonToPause } from './replies/pause-rules.ts'
import { type LaneContext, runLane } from './run-lane.ts'
import { runSupervisor } from './run-supervisor.ts'
import type { DeliveryCounts, SendingEnd, SendingLimits } from './sending.ts'
import type { SendingJob, SendingRun, Stop } from './sending-run.ts'
import { writeExpired, writeFinished, writePaused, writeReleased } from './write-end.ts'
import { writeOrphans } from './write-orphans.ts'
import { type RateLimit, writeSlot } from './write-slots.ts'
import { createStepWriter } from './write-steps.ts'

const betweenProgress = 250

/** Sends until nothing is left that can be sent now or later, or something stops it. Rejects with `ledger-unavailable` where the ledger cannot be written. */
export async function runSending(job: SendingJob): Promise<SendingEnd> {
  const { ledger, lock, sending, clock } = job
  await writeOrphans(ledger, lock, sending.id, clock.now())
  const { run, context } = await begin(job)
  const running = run.relays.flatMap(({ state, lanes }) =>
    lanes.map(lane => runLane(lane, state, context).catch((error: unknown) => run.fail(error))),
  )
  await runSupervisor(job, run)
  await finishLanes(job, run, running)
  await writeReleased(ledger, sending.id, lock.owner)
  run.report()
  if (run.failure !== null) throw run.failure.error
  return conclude(job, run.stop ?? { kind: 'finished' })
}

async function begin(job: SendingJob): Promise<{ readonly run: SendingRun; readonly context: LaneContext }> {
  const { ledger, lock, sending, relays, limits, clock, softLimits, onProgress, drain, abort } = job
  const startedAt = clock.elapsed()
  const queue = createQueue(limits.perDomain)
  const states = relays.map(({ facts, createLane }) => ({
    state: createRelayState(facts, limits.relayBackOff),
    lanes: Array.from({ length: connectionsOf(facts, limits) }, createLane),
  }))
  const work = createBell()
  const attention = createBell()
  let tally = emptyTally
  let acceptedNow = 0
  let reportedAt = Number.NEGATIVE_INFINITY

  const move = (from: keyof DeliveryCounts, to: keyof DeliveryCounts) => {
    run.counts = { ...run.counts, [from]: run.counts[from] - 1, [to]: run.counts[to] + 1 }
  }
  const report = () => {
    reportedAt = clock.elapsed()
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
    halt: end => {
      run.stop ??= end
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
    steps: createStepWriter({ ledger, owner: lock.owner, now: clock.now, softLimits }),
    compose: job.compose,
    backOff: limits.backOff,
    slotFor: slotsOf(job),
    isStopping: () => run.stop !== null,
    wait: milliseconds => clock.sleep(milliseconds, work.next()),
    onPassedOver: (candidate, why) => {
      queue.drop(candidate)
      if (why === 'suppressed') move('pending', 'suppressed')
      attention.ring()
    },
    onOutcome: ({ domain }, relay, action) => {
      run.unwritten += 1
      run.waitsFor = null
      tally = countAction(tally, { action, relay: relay.name, domain })
      const reason = action.kind === 'pause' ? action.reason : reasonToPause(tally)
      if (reason !== null) run.halt({ kind: 'paused', reason })
      if (queue.waiting() < lowWater) attention.ring()
    },
    onSettled: ({ state }) => {
      run.unwritten -= 1
      if (state === 'accepted') acceptedNow += 1
      if (state !== 'pending') move('pending', state)
      if (clock.elapsed() - reportedAt >= betweenProgress) report()
      work.ring()
      if (queue.underWay() === 0) attention.ring()
    },
    onRelayFailed: () => attention.ring(),
  }
  const interrupt = () => run.halt({ kind: 'interrupted' })
  for (const signal of [drain, abort]) signal.addEventListener('abort', interrupt)
  if (drain.aborted || abort.aborted) interrupt()
  return { run, context }
}

/** With a rate, no more connections than go out in a second: the others would only wait, and some relays count them. */
function connectionsOf({ connections, rate }: RelayFacts, limits: SendingLimits): number {
  const inASecond = [rate, limits.rate].map(each => (each === null ? connections : Math.max(1, Math.ceil(each))))
  return Math.min(connections, ...inASecond)
}

/** Waits for a slot of every rate that holds for a message; null where none is configured. */
function slotsOf({ ledger, sending, relays, limits, clock, abort }: SendingJob): LaneContext['slotFor'] {
  const hasRates =
    limits.rate !== null ||
    relays.some(({ facts }) => facts.rate !== null) ||
    [...limits.perDomain.values()].some(each => each.rate !== null)
  if (!hasRates) return null
  return async (relay, { domain }) => {
    const domainRate = limits.perDomain.get(domain)?.rate ?? null
    const rates: readonly (RateLimit | null)[] = [
      limits.rate === null ? null : { name: `sending ${sending.id}`, rate: limits.rate },
      relay.rate === null ? null : { name: `relay ${relay.name}`, rate: relay.rate },
      domainRate === null ? null : { name: `domain ${domain}`, rate: domainRate },
    ]
    const wait = await writeSlot(
      ledger,
      rates.filter(each => each !== null),
      clock.now(),
    )
    if (wait > 0) await clock.sleep(wait, abort)
    return !abort.aborted
  }
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
}

/** Writes down how it ended. */
async function conclude({ ledger, sending, clock }: SendingJob, end: Stop): Promise<SendingEnd> {
  const now = clock.now()
  if (end.kind === 'expired') await writeExpired(ledger, sending.id, now)
  if (end.kind === 'paused') await writePaused(ledger, sending.id, end.reason)
  if (end.kind === 'finished' || end.kind === 'expired') {
    await writeFinished(ledger, sending.id, now)
    return { kind: 'finished' }
  }
  return end
}
