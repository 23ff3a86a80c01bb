import { planSending, type SendingPlan } from './delivery/plan-sending.ts'
import { readCounts } from './delivery/read-counts.ts'
import { readEarlierSendings } from './delivery/read-earlier-sendings.ts'
import { systemClock } from './delivery/run-clock.ts'
import { type LedgerThread, startLedgerThread } from './delivery/run-ledger-commits.ts'
import { runSending } from './delivery/run-sending.ts'
import type { SendOutcome, SendProposal, SendReport } from './delivery/send-report.ts'
import { noDeliveries, sumOf } from './delivery/sending.ts'
import type { SendingJob } from './delivery/sending-run.ts'
import { UserError } from './errors.ts'
import { withLedger } from './ledger/open-ledger.ts'
import type { SendingRow } from './ledger/tables.ts'
import { takeWorkerLock, type WorkerLock } from './ledger/take-worker-lock.ts'
import { beginSending, markEdition, refusePast, resumeSending, waitForTime } from './run-begin-send.ts'
import { refuseLostLedger, refuseSentElsewhere, requireChecks, requireWelcome } from './run-guard-send.ts'
import { stopHeapGrowth } from './run-heap-limit.ts'
import { prepareSend } from './run-prepare-send.ts'
import { proposeSend } from './run-propose-send.ts'
import type { SendContext, SendRequest } from './run-send-contract.ts'
import { readWhatToSend } from './run-what-to-send.ts'
import { createLane } from './transport/create-lane.ts'

/**
 * Sends a built edition to the list, or what is left of it: the same call resumes. Nobody is left out and nobody gets it twice; docs/sending.md has the protocol.
 * What came of it is the result, also where it was paused or interrupted.
 * @throws UserError where something has to be set up or decided first; then nothing was sent
 */
export async function sendEdition(request: SendRequest): Promise<SendReport> {
  const { ledgerPlace } = request
  refuseLostLedger(request)
  const { build, isAsBegun } = await readWhatToSend(request)
  const prepared = await prepareSend({ ...request, build, kind: request.kind === 'welcome' ? 'welcome' : 'edition' })
  const findings = isAsBegun ? [] : await requireChecks(request, build)
  return withLedger(ledgerPlace, ledger => send({ request, build, prepared, findings, ledger, clock: request.clock ?? systemClock }))
}

async function send(context: SendContext): Promise<SendReport> {
  const { request, ledger, build } = context
  if (request.kind === 'welcome') await requireWelcome(request.config, ledger, build.edition.id)
  let lock = await requireLock(context)
  try {
    const plan = await planFrom(context)
    if (plan.kind === 'over' && !(await reopens(context, plan.sending))) return await reportOf(context, { kind: 'over' }, plan.sending)
    refusePast(context, plan)
    await refuseSentElsewhere(context, plan)
    const proposal = await proposeSend(context, plan)
    if (!(await request.confirm(proposal))) return await reportOf(context, { kind: 'declined' }, null)
    const wait = await waitForTime(context, plan)
    if (wait.kind !== 'now') return await reportOf(context, wait, null)
    // A night of waiting outlives many a connection, and with it the lock that hangs on it.
    if (!lock.isHeld()) lock = await requireLock(context)
    const thread = threadFor(context, proposal)
    try {
      const sending =
        plan.kind === 'resume' || plan.kind === 'over' ? await resumeSending(context, plan) : await beginSending(context, plan)
      return await run(context, { sending, lock, thread })
    } finally {
      await thread?.close()
    }
  } finally {
    await lock.release()
  }
}

async function run(context: SendContext, job: Pick<SendingJob, 'sending' | 'lock' | 'thread'>): Promise<SendReport> {
  const { request, prepared, ledger, clock } = context
  const { sending } = job
  stopHeapGrowth()
  const startedAt = clock.elapsed()
  let acceptedNow = 0
  let marking = null as ReturnType<typeof markEdition> | null
  // Also where the ledger cannot be written any more, the edition file is not left half-way.
  const [ended] = await Promise.allSettled([
    runSending({
      ...job,
      ledger,
      relays: prepared.relays.map(relay => ({
        facts: { ...relay, preset: relay.preset?.name ?? null },
        createLane: () => createLane(relay),
      })),
      compose: prepared.compose,
      limits: prepared.limits,
      softLimits: prepared.softLimits,
      clock,
      drain: request.drain ?? new AbortController().signal,
      abort: request.abort ?? new AbortController().signal,
      onProgress: progress => {
        acceptedNow = progress.acceptedNow
        // Where nobody got anything, it is not sent.
        if (progress.counts.accepted > 0 && marking === null) {
          marking = markEdition(context, sending)
          // It is looked at when the sending is over; a fault of it must not end the process before.
          marking.catch(() => undefined)
        }
        request.onProgress?.({ ...progress, recipients: sending.recipients ?? 0 })
      },
    }),
  ])
  const marked = await marking
  if (ended.status === 'rejected') throw ended.reason
  return { ...(await reportOf(context, ended.value, sending)), ...marked, acceptedNow, milliseconds: clock.elapsed() - startedAt }
}

// Below this, starting a thread takes longer than it saves.
const worthThread = 500

/** With SQLite a commit holds up the thread that makes it. It is started early, so that it is ready when the first message is. */
function threadFor({ request, ledger }: SendContext, { audience, soFar }: SendProposal): LedgerThread | undefined {
  const recipients = audience?.recipients ?? soFar?.recipients ?? 0
  return ledger.kind === 'sqlite' && recipients >= worthThread ? startLedgerThread(request.ledgerPlace) : undefined
}

async function requireLock({ request, ledger, build }: SendContext): Promise<WorkerLock> {
  const edition = build.edition.id
  const lock = await takeWorkerLock({ ledger, place: request.ledgerPlace, edition, list: request.config.list.id })
  if (lock !== null) return lock
  throw new UserError({
    code: 'sending-running',
    message: `another process is sending ${edition}, or waits to`,
    hint: `Let it go on: "news-digest status ${edition}" shows how far it is.`,
  })
}

/** What is to be done, from what the ledger says of the edition. Throws UserError as `planSending` does. */
export async function planFrom({ request, build, prepared, ledger, clock }: SendContext): Promise<SendingPlan> {
  const { config, kind = 'edition', to, at, retryUncertain = false, winner } = request
  const { edition, hashes } = build.email
  const existing = await readEarlierSendings(ledger, config.list.id, edition)
  const segment = to === undefined ? undefined : (prepared.segment?.expression ?? null)
  return planSending(existing, { edition, kind, hashes, segment, isTimed: at !== undefined, retryUncertain, winner, now: clock.now() })
}

/** Whether something of a finished sending is asked for again. */
export async function reopens({ request, ledger }: SendContext, { id, split, winner }: SendingRow): Promise<boolean> {
  const counts = await readCounts(ledger, id)
  return (
    sumOf(counts, 0).stillToSend > 0 ||
    (request.retryUncertain === true && counts.uncertain > 0) ||
    (request.winner !== undefined && split !== null && winner === null)
  )
}

async function reportOf({ request, build, ledger }: SendContext, outcome: SendOutcome, sending: SendingRow | null): Promise<SendReport> {
  const counts = sending === null ? noDeliveries : await readCounts(ledger, sending.id)
  return {
    edition: build.edition.id,
    kind: request.kind ?? 'edition',
    outcome,
    sum: sending === null ? null : sumOf(counts, sending.recipients ?? 0),
    milliseconds: 0,
    acceptedNow: 0,
    markedFile: null,
    problems: [],
  }
}
