/** One connection of a relay: takes one delivery after another, as long as there are any. */

import { UserError } from '../errors.ts'
import type { Lane } from '../transport/create-lane.ts'
import type { Outcome } from '../transport/outcome.ts'
import type { Queue } from './queue.ts'
import type { RelayState, Shares } from './relay-state.ts'
import { classifyOutcome } from './replies/classify-outcome.ts'
import type { DeliveryAction } from './replies/delivery-action.ts'
import { presetReplyRules } from './replies/preset-replies.ts'
import type { Candidate, Clock, Compose } from './sending.ts'
import { toSettlement } from './to-settlement.ts'
import type { Settlement, StepWriter } from './write-steps.ts'

/** What all lanes of a sending share. */
export interface LaneContext {
  readonly clock: Clock
  readonly queue: Queue
  readonly shares: Shares
  readonly steps: StepWriter
  readonly compose: Compose
  readonly backOff: readonly number[]
  /** Waits for a slot of every rate that holds for this message; false where the sending was aborted meanwhile. Null where there is no rate. */
  readonly slotFor: ((relay: RelayState, candidate: Candidate) => Promise<boolean>) | null
  /** True once no delivery may be begun any more. */
  readonly isStopping: () => boolean
  /** Waits until something has happened, or so many milliseconds. */
  readonly wait: (milliseconds: number) => Promise<void>
  /** Told of every claim that led to nothing. */
  readonly onPassedOver: (candidate: Candidate, why: 'suppressed' | 'gone') => void
  /** Told of every outcome, before it is written. */
  readonly onOutcome: (candidate: Candidate, relay: RelayState, action: DeliveryAction) => void
  /** Told once an outcome is written. */
  readonly onSettled: (settlement: Settlement) => void
  readonly onRelayFailed: (relay: RelayState) => void
}

/** How long to look away when there is nothing to do: whatever happens rings the bell anyway. */
const idle = 250
// A connection that broke with a message on it is tried again after this, and twice that, four times … up to a minute.
const shortestAgain = 1000
const longestAgain = 60_000

/** Sends until the sending stops. Rejects where the ledger cannot be written; then the last outcome of this lane may be missing in it. */
export async function runLane(lane: Lane, relay: RelayState, context: LaneContext): Promise<void> {
  const { clock, queue, shares, steps } = context
  const losses = new Map<number, number>()
  let settle: Settlement | null = null
  /** Writes the last outcome, and claims in the same step where there is something to claim. */
  const step = async (claim: Candidate | null) => {
    const written = settle
    if (written === null && claim === null) return null
    settle = null
    const claimed = await steps.write({ settle: written, claim })
    if (written !== null) context.onSettled(written)
    return claimed
  }

  while (!context.isStopping()) {
    const wait = waitBeforeNext()
    if (wait > 0) {
      await step(null)
      if (!context.isStopping()) await context.wait(wait)
      continue
    }
    // Opening a connection may take minutes.
    if (!lane.isOpen()) await step(null)
    const isOpen = await open()
    const candidate = !isOpen || context.isStopping() ? null : queue.take(clock.elapsed())
    if (candidate === null) continue
    shares.take(relay)
    relay.gate.begin()
    const claim = await step(candidate)
    if (claim === 'claimed') await handOver(candidate)
    else context.onPassedOver(candidate, claim ?? 'gone')
    relay.gate.end()
  }
  await step(null)
  await lane.close()

  /** How long to look away; 0 where the relay and some domain are ready for a message. */
  function waitBeforeNext(): number {
    const now = clock.elapsed()
    const away = relay.waitFor(now)
    if (away > 0) return Number.isFinite(away) ? Math.max(idle, away) : idle
    return relay.gate.isOpen(now) && queue.canTake(now) && shares.isTurnOf(relay, now) ? 0 : idle
  }

  async function open(): Promise<boolean> {
    const session = await lane.session()
    if (session.kind === 'open') return true
    const action = classifyOutcome(session)
    if (action.kind === 'stop') relay.giveUp(action.reason)
    else relay.fail(clock.elapsed(), session.detail)
    context.onRelayFailed(relay)
    return false
  }

  async function handOver(candidate: Candidate): Promise<void> {
    const startedAt = clock.elapsed()
    const sent = await send(candidate)
    const { outcome } = sent
    const action = classifyOutcome(outcome, { refine: relay.preset === null ? [] : presetReplyRules[relay.preset] })
    const milliseconds = clock.elapsed() - startedAt
    settle = toSettlement({ candidate, relay: relay.name, outcome, action, milliseconds, now: clock.now(), backOff: context.backOff })
    context.onOutcome(candidate, relay, action)
    if (settle.state === 'pending') {
      // Whoever takes it next must find it pending.
      await step(null)
      const count = (losses.get(candidate.id) ?? 0) + 1
      losses.set(candidate.id, count)
      queue.putBack(candidate, clock.elapsed() + Math.min(longestAgain, shortestAgain * 2 ** (count - 1)))
    } else {
      losses.delete(candidate.id)
      queue.drop(candidate)
    }
    if (sent.bug !== undefined) throw sent.bug
    react(candidate, action, outcome)
  }

  /** What an outcome says of the relay and of the domain. */
  function react({ domain }: Candidate, action: DeliveryAction, outcome: Outcome): void {
    const now = clock.elapsed()
    if (action.kind === 'again' || action.kind === 'back-off-relay') {
      relay.lose(now, 'detail' in outcome ? outcome.detail : 'the connection broke')
    } else if (action.kind === 'stop') {
      relay.giveUp(action.reason)
    } else if (action.kind === 'defer' && action.slow === 'relay') {
      relay.gate.slow(now)
      if (action.closes) relay.fail(now, 'it closed the connection and asked to be tried again later')
    } else {
      if (action.kind === 'defer' && action.slow === 'domain') queue.slow(domain, now)
      relay.recover()
    }
    if (relay.waitFor(now) > 0) context.onRelayFailed(relay)
  }

  async function send(candidate: Candidate): Promise<{ readonly outcome: Outcome; readonly bug?: unknown }> {
    const session = await lane.session()
    if (session.kind === 'no-connection') return { outcome: session }
    const missing = session.whatIsMissingFor(candidate.address)
    if (missing !== null) return { outcome: missing }
    const { slotFor } = context
    try {
      const { returnPath, chunks } = context.compose(candidate, { smtputf8: session.smtputf8, now: clock.now() })
      const options = slotFor === null ? {} : { beforeData: () => slotFor(relay, candidate) }
      return { outcome: await lane.send({ from: returnPath, to: candidate.address }, chunks, options) }
    } catch (error) {
      // An address that no message can carry is the recipient's, not the edition's; of all else nothing has left.
      if (error instanceof UserError && error.code === 'address-invalid')
        return { outcome: { kind: 'refused', whose: 'recipient', detail: error.message } }
      return { outcome: { kind: 'lost-before-dot', detail: 'it was never begun' }, bug: error }
    }
  }
}
