/** One connection of a relay: takes one delivery after another, as long as there are any. */

import { UserError } from '../errors.ts'
import type { Lane } from '../transport/create-lane.ts'
import type { Outcome } from '../transport/outcome.ts'
import type { Bell } from './bell.ts'
import type { Queue } from './queue.ts'
import type { RelayState, Shares } from './relay-state.ts'
import { classifyOutcome } from './replies/classify-outcome.ts'
import type { DeliveryAction } from './replies/delivery-action.ts'
import { presetReplyRules } from './replies/preset-replies.ts'
import type { Candidate, Clock, Compose } from './sending.ts'
import { toSettlement } from './to-settlement.ts'
import type { Claim, Settlement } from './write-step-group.ts'
import type { StepWriter } from './write-steps.ts'

/** What all lanes of a sending share. */
export interface LaneContext {
  readonly clock: Clock
  readonly queue: Queue
  readonly shares: Shares
  readonly steps: StepWriter
  readonly compose: Compose
  readonly backOff: readonly number[]
  /** Waits for a slot of every rate that holds for this message; false where the sending stopped meanwhile. Null where there is no rate. */
  readonly slotFor: ((relay: RelayState, candidate: Candidate) => Promise<boolean>) | null
  /** True once no delivery may be begun any more. */
  readonly isStopping: () => boolean
  /** Rung when there may be something to do. */
  readonly work: Bell
  /** Told of every claim that led to nothing. */
  readonly onPassedOver: (candidate: Candidate, why: 'suppressed' | 'gone') => void
  /** Told of every outcome, before it is written. */
  readonly onOutcome: (
    candidate: Candidate,
    relay: RelayState,
    heard: { readonly outcome: Outcome; readonly action: DeliveryAction },
  ) => void
  /** Told once an outcome is written. */
  readonly onSettled: (settlement: Settlement) => void
  readonly onRelayFailed: (relay: RelayState) => void
}

/** How long to look away when there is nothing to do: whatever happens rings the bell anyway. */
const idle = 250

/** Sends until the sending stops. Rejects where the ledger cannot be written; the step writer still has the outcome then. */
export async function runLane(lane: Lane, relay: RelayState, context: LaneContext): Promise<void> {
  const { clock, queue, shares, steps } = context
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

  try {
    while (!context.isStopping()) await sendNext()
    await step(null)
  } finally {
    await lane.close()
  }

  async function sendNext(): Promise<void> {
    const rings = context.work.rings()
    const wait = waitBeforeNext()
    if (wait > 0) {
      await step(null)
      if (!context.isStopping()) await clock.sleep(wait, context.work.after(rings))
      return
    }
    if (!lane.isOpen() && !(await open())) return
    if (context.isStopping()) return
    const candidate = queue.take(clock.elapsed())
    if (candidate === null) return
    shares.take(relay)
    relay.gate.begin()
    const claiming = step(candidate)
    // It is heard of once the relay has been, and may fail before that.
    claiming.catch(() => undefined)
    try {
      await handOver(candidate, claiming)
    } finally {
      relay.gate.end()
    }
  }

  /** How long to look away; 0 where the relay and some domain are ready for a message. */
  function waitBeforeNext(): number {
    const now = clock.elapsed()
    const away = relay.waitFor(now)
    if (away > 0) return Number.isFinite(away) ? away : idle
    if (relay.isTriedAlready() || !shares.isTurnOf(relay, now)) return idle
    const wait = Math.max(relay.gate.waitFor(now), queue.waitFor(now))
    if (wait > 0) return Math.min(idle, wait)
    return lane.isOpen() || queue.waiting() > relay.opening.count ? 0 : idle
  }

  /** May take minutes, so what is known is written first. */
  async function open(): Promise<boolean> {
    relay.opening.count += 1
    try {
      await step(null)
      if (context.isStopping()) return false
      const session = await lane.session()
      if (session.kind === 'open') {
        relay.open(clock.elapsed())
        return true
      }
      // We gave it up ourselves: that says nothing about the relay.
      if (context.isStopping()) return false
      const action = classifyOutcome(session)
      if (action.kind === 'stop') relay.giveUp(action.reason)
      else relay.fail(clock.elapsed(), session.detail)
      context.onRelayFailed(relay)
      return false
    } finally {
      relay.opening.count -= 1
    }
  }

  /** The relay hears of the message while the claim is being committed. Not a byte of it goes before it is. */
  async function handOver(candidate: Candidate, claiming: Promise<Claim | null>): Promise<void> {
    const startedAt = clock.elapsed()
    const wasSubscribed = candidate.subscriberState === 'subscribed'
    // A message that must not go after all costs the connection, so one that probably must not is not begun before its claim.
    const sent = wasSubscribed || (await claiming) === 'claimed' ? await send(candidate, claiming) : null
    const claim = await claiming
    if (sent === null || claim !== 'claimed') {
      context.onPassedOver(candidate, claim === 'suppressed' ? claim : 'gone')
      return
    }
    const { outcome } = sent
    const action = classifyOutcome(outcome, { refine: relay.preset === null ? [] : presetReplyRules[relay.preset] })
    const milliseconds = clock.elapsed() - startedAt
    settle = toSettlement({ candidate, relay: relay.name, outcome, action, milliseconds, now: clock.now(), backOff: context.backOff })
    heed({ candidate, outcome, action }, relay, queue, clock.elapsed())
    if (relay.waitFor(clock.elapsed()) > 0) context.onRelayFailed(relay)
    context.onOutcome(candidate, relay, { outcome, action })
    if (settle.state === 'pending') {
      // Whoever takes it next must find it pending.
      await step(null)
      queue.putBack(candidate, clock.elapsed())
    } else queue.drop(candidate)
    if (sent.bug !== undefined) throw sent.bug
  }

  async function send(
    candidate: Candidate,
    claiming: Promise<Claim | null>,
  ): Promise<{ readonly outcome: Outcome; readonly bug?: unknown }> {
    const session = await lane.session()
    if (session.kind === 'no-connection') return { outcome: session }
    const missing = session.whatIsMissingFor(candidate.address)
    if (missing !== null) return { outcome: missing }
    const { slotFor } = context
    try {
      const { returnPath, chunks } = context.compose(candidate, { smtputf8: session.smtputf8, now: clock.now() })
      const beforeData = async () => (await claiming) === 'claimed' && (slotFor === null || (await slotFor(relay, candidate)))
      return { outcome: await lane.send({ from: returnPath, to: candidate.address }, chunks, { beforeData }) }
    } catch (error) {
      // An address that no message can carry is the recipient's, not the edition's; of all else nothing has left.
      if (error instanceof UserError && error.code === 'address-invalid')
        return { outcome: { kind: 'refused', whose: 'recipient', detail: error.message } }
      return { outcome: { kind: 'lost-before-dot', detail: 'it was never begun' }, bug: error }
    }
  }
}

interface Heard {
  readonly candidate: Candidate
  readonly outcome: Outcome
  readonly action: DeliveryAction
}

/** What an outcome says of the relay and of the domain. */
function heed({ candidate, outcome, action }: Heard, relay: RelayState, queue: Queue, now: number): void {
  const detail = 'detail' in outcome ? outcome.detail : 'the connection broke'
  if (action.kind === 'accepted' || action.kind === 'defer') relay.prove()
  switch (action.kind) {
    case 'back-off-relay':
      relay.fail(now, detail)
      break
    // A relay that breaks connections once it has the message would make one recipient after another uncertain.
    case 'again':
    case 'uncertain':
      relay.lose(now, detail)
      break
    case 'stop':
      relay.giveUp(action.reason)
      break
    case 'defer':
      if (action.slow === 'domain') queue.slow(candidate.domain, now)
      if (action.slow === 'relay') relay.gate.slow(now)
      if (action.slow === 'relay' && action.closes) relay.fail(now, 'it closed the connection and asked to be tried again later')
      else relay.recover(now)
      break
    default:
      // An address that the relay was not asked about says nothing of the relay.
      if ('reply' in outcome) relay.recover(now)
  }
}
