/** A sending as it will be, to sinks instead of relays, in a ledger and a time of its own. */

import type { Ledger, LedgerPlace } from '../../ledger/ledger.ts'
import type { SendingRow } from '../../ledger/tables.ts'
import { takeWorkerLock, type WorkerLock } from '../../ledger/take-worker-lock.ts'
import { createLane } from '../../transport/create-lane.ts'
import { parseRelayUrl } from '../../transport/relay-url.ts'
import type { ConfiguredRelay } from '../../transport/relays.ts'
import { type Sink, type SunkMessage, serveSink } from '../../transport/serve-sink.ts'
import { readCounts } from '../read-counts.ts'
import { runSending } from '../run-sending.ts'
import type { Candidate, Clock, SendingEnd, SendingProgress } from '../sending.ts'
import type { SendingJob } from '../sending-run.ts'
import { writeWinner } from '../write-wishes.ts'
import type { RehearsedRelay } from './dry-run.ts'
import type { Judge } from './judge-messages.ts'
import { createSimulatedClock } from './run-simulated-clock.ts'

/** What a rehearsal needs. */
export interface Rehearsal extends Pick<SendingJob, 'compose' | 'limits' | 'softLimits' | 'drain' | 'abort'> {
  /** A temporary one, with the sending in it. */
  readonly ledger: Ledger
  readonly place: LedgerPlace
  readonly sending: SendingRow
  /** As configured; nobody connects to them. */
  readonly relays: readonly ConfiguredRelay[]
  readonly judge: Judge
  /** Deliveries whose message is kept. */
  readonly keep: ReadonlySet<number>
  /** How many times as fast the time goes. */
  readonly acceleration: number
  /** When it begins, milliseconds since 1970. */
  readonly now: number
  readonly onProgress: (progress: SendingProgress) => void
}

/** What came of it. */
export interface Rehearsed {
  readonly end: SendingEnd
  readonly relays: readonly RehearsedRelay[]
  /** By delivery. */
  readonly kept: ReadonlyMap<number, Uint8Array>
  /** Those who would have waited for the winner; they got subject A. */
  readonly waitForWinner: number
  /** How long it took in its own time, in milliseconds, before anybody would have waited for a winner. */
  readonly simulated: number
}

/** In milliseconds of the machine: what a message takes to its sink, and other messages between. */
const jitter = 20

interface RelayWithSink {
  readonly relay: ConfiguredRelay
  readonly sink: Sink
  readonly messages: () => number
}

/** Sends everything to sinks, and has every message judged. */
export async function runRehearsal(rehearsal: Rehearsal): Promise<Rehearsed> {
  const { ledger, place, sending, acceleration, judge, keep } = rehearsal
  const clock = createSimulatedClock(acceleration, rehearsal.now)
  const kept = new Map<number, Uint8Array>()
  const onMessage = ({ from, to, bytes }: SunkMessage) => {
    const candidate = judge.judge({ from, to, eml: bytes }, new Date(clock.now()))
    if (candidate !== null && keep.has(candidate.id)) kept.set(candidate.id, Uint8Array.from(bytes))
  }
  const lock = await takeWorkerLock({ ledger, place, edition: sending.edition, list: sending.list })
  if (lock === null) throw new Error('somebody else has a lock in a folder that was just made')
  const relays: RelayWithSink[] = []
  try {
    for (const relay of rehearsal.relays) relays.push(await openSink(relay, clock, acceleration, onMessage))
    const run = (each: SendingRow) => runSending(jobOf(rehearsal, { sending: each, relays, clock, lock }))
    let end = await run(sending)
    const simulated = clock.elapsed()
    const waiting = end.kind === 'waits-for-winner' ? (await readCounts(ledger, sending.id)).pending : 0
    if (waiting > 0) end = await run(await writeWinner(ledger, sending.id, 'A'))
    return { end, relays: relays.map(seen), kept, waitForWinner: waiting, simulated }
  } finally {
    await lock.release()
    await Promise.all(relays.map(({ sink }) => sink.close()))
  }
}

/** A server that is as strict as the relay is known to be. */
async function openSink(
  relay: ConfiguredRelay,
  clock: Clock,
  acceleration: number,
  onMessage: (message: SunkMessage) => void,
): Promise<RelayWithSink> {
  let messages = 0
  const { largestMessage = null } = relay.preset ?? {}
  const sink = await serveSink({
    now: clock.elapsed,
    rate: relay.rate,
    jitter: jitter * acceleration,
    ...(largestMessage === null ? {} : { largestMessage }),
    onMessage: message => {
      messages += 1
      onMessage(message)
    },
  })
  return { relay, sink, messages: () => messages }
}

interface Stage {
  readonly sending: SendingRow
  readonly relays: readonly RelayWithSink[]
  readonly clock: Clock
  readonly lock: WorkerLock
}

function jobOf(rehearsal: Rehearsal, { sending, relays, clock, lock }: Stage): SendingJob {
  const { ledger, compose, limits, softLimits, judge, drain, abort, acceleration, onProgress } = rehearsal
  return {
    ledger,
    lock,
    sending,
    clock,
    softLimits,
    drain,
    abort,
    onProgress,
    relays: relays.map(({ relay, sink }) => ({
      facts: { ...relay, preset: relay.preset?.name ?? null },
      createLane: () => createLane({ ...relay, relay: parseRelayUrl(sink.url) }),
    })),
    compose: (candidate: Candidate, options) => {
      judge.expect(candidate)
      return compose(candidate, options)
    },
    // What is under way at the end has as long as it needs in the machine's time.
    limits: { ...limits, drain: limits.drain * acceleration },
  }
}

function seen({ relay, sink, messages }: RelayWithSink): RehearsedRelay {
  const { name, preset, rate } = relay
  return { name, preset: preset?.name ?? null, rate, messages: messages(), connections: sink.connections() }
}
