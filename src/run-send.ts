import { planSending, type SendingPlan } from './delivery/plan-sending.ts'
import { readCounts } from './delivery/read-counts.ts'
import { readEarlierSendings } from './delivery/read-earlier-sendings.ts'
import { systemClock } from './delivery/run-clock.ts'
import { type LedgerThread, startLedgerThread } from './delivery/run-ledger-commits.ts'
import { runSending } from './delivery/run-sending.ts'
import type { SendOutcome, SendReport } from './delivery/send-report.ts'
import { noDeliveries, type SendingProgress, sumOf } from './delivery/sending.ts'
import { writeUnscheduled } from './delivery/write-wishes.ts'
import { UserError } from './errors.ts'
import type { Finding } from './inspect/finding.ts'
import { withLedger } from './ledger/open-ledger.ts'
import type { SendingRow } from './ledger/tables.ts'
import { takeWorkerLock, type WorkerLock } from './ledger/take-worker-lock.ts'
import { type ReadBuild, readBuild } from './output/read-build.ts'
import { beginSending, markEdition, resumeSending, waitForTime } from './run-begin-send.ts'
import { inspectEdition } from './run-inspect.ts'
import { prepareSend } from './run-prepare-send.ts'
import { proposeSend } from './run-propose-send.ts'
import type { SendContext, SendRequest } from './run-send-contract.ts'
import { parseEditionId } from './selection/edition-id.ts'
import { createLane } from './transport/create-lane.ts'

/**
 * Sends a built edition to the list, or what is left of it: the same call resumes. Nobody is left out and nobody gets it twice; docs/sending.md has the protocol.
 * @throws UserError where something has to be set up or decided first; then nothing was sent
 */
export async function sendEdition(request: SendRequest): Promise<SendReport> {
  const { config, ledgerPlace } = request
  const build = await readBuild({
    out: config.paths.out,
    id: parseEditionId(request.editionId).id,
    displayRoot: config.paths.displayRoot,
  })
  refuseLostLedger(request)
  const prepared = await prepareSend({ ...request, build, kind: request.kind === 'welcome' ? 'welcome' : 'edition' })
  const findings = await requireChecks(request, build)
  return withLedger(ledgerPlace, ledger => send({ request, build, prepared, findings, ledger, clock: request.clock ?? systemClock }))
}

async function send(context: SendContext): Promise<SendReport> {
  const { request, ledger, clock } = context
  const lock = await requireLock(context)
  let thread: LedgerThread | undefined
  try {
    const plan = await planFrom(context)
    if (request.cancel === true) return await cancel(context, plan)
    const isNothingLeft = plan.kind === 'over' && !(await reopens(context, plan.sending))
    if (isNothingLeft) return await reportOf(context, { kind: 'over' }, plan.kind === 'over' ? plan.sending : null)
    if (!(await request.confirm(await proposeSend(context, plan)))) return await reportOf(context, { kind: 'declined' }, null)
    if (!(await waitForTime(context, plan))) return await reportOf(context, { kind: 'interrupted' }, null)
    const sending =
      plan.kind === 'resume' || plan.kind === 'over' ? await resumeSending(context, plan.sending) : await beginSending(context, plan)
    const marked = await markEdition(context, sending)
    const startedAt = clock.elapsed()
    let last: SendingProgress | null = null
    thread = threadFor(context, sending)
    const end = await runSending({
      ledger,
      thread,
      lock,
      sending,
      relays: context.prepared.relays.map(relay => ({
        facts: { ...relay, preset: relay.preset?.name ?? null },
        createLane: () => createLane(relay),
      })),
      compose: context.prepared.compose,
      limits: context.prepared.limits,
      softLimits: context.prepared.softLimits,
      clock,
      drain: request.drain ?? new AbortController().signal,
      abort: request.abort ?? new AbortController().signal,
      onProgress: progress => {
        last = progress
        request.onProgress?.({ ...progress, recipients: sending.recipients ?? 0 })
      },
    })
    const acceptedNow = (last as SendingProgress | null)?.acceptedNow ?? 0
    return { ...(await reportOf(context, end, sending)), ...marked, acceptedNow, milliseconds: clock.elapsed() - startedAt }
  } finally {
    await thread?.close()
    await lock.release()
  }
}

// Below this, starting a thread takes longer than it saves.
const worthThread = 500

/** With SQLite a commit holds up the thread that makes it. */
function threadFor({ request, ledger }: SendContext, { recipients }: SendingRow): LedgerThread | undefined {
  return ledger.kind === 'sqlite' && (recipients ?? 0) >= worthThread ? startLedgerThread(request.ledgerPlace) : undefined
}

/** A runner's disk is thrown away, and with it the memory of who got what. */
function refuseLostLedger({ env, ledgerPlace, ledgerIsPersistent = false }: SendRequest): void {
  const isPostgres = (ledgerPlace.databaseUrl ?? '').trim() !== ''
  if (isPostgres || ledgerIsPersistent || (env.CI ?? '') === '' || env.CI === 'false') return
  throw new UserError({
    code: 'ledger-not-persistent',
    message: 'CI is set, so this disk may be thrown away after the run, and with a SQLite ledger the memory of who got the edition',
    expected: 'DATABASE_URL=postgres://… , or a ledger on a disk that stays',
    hint: 'Name a PostgreSQL in DATABASE_URL; or, where the file of the ledger is kept from run to run, add --ledger-is-persistent.',
  })
}

/** Errors block. What only a sending needs is an error here. */
async function requireChecks({ config, force }: SendRequest, build: ReadBuild): Promise<readonly Finding[]> {
  const findings = await inspectEdition({ config, ...build, purpose: 'send' })
  const [first, ...others] = findings.filter(({ severity }) => severity === 'error')
  if (first === undefined || (force ?? '').trim() !== '') return findings
  throw new UserError({
    code: 'checks-failed',
    message: `${others.length === 0 ? 'a check found an error' : `checks found ${others.length + 1} errors`}, so nothing was sent: ${[first, ...others].map(({ rule, message }) => `${message} [${rule}]`).join('; ')}`,
    hint: `See them with places and mends: "news-digest check ${build.edition.id}". To send all the same, give a reason: --force "why"; it is stored.`,
  })
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

async function planFrom({ request, build, prepared, ledger, clock }: SendContext): Promise<SendingPlan> {
  const { config, kind = 'edition', to } = request
  const { edition, hashes } = build.email
  const existing = await readEarlierSendings(ledger, config.list.id, edition)
  const segment = to === undefined ? undefined : (prepared.segment?.expression ?? null)
  return planSending(existing, { edition, kind, hashes, segment, now: clock.now() })
}

async function cancel(context: SendContext, plan: SendingPlan): Promise<SendReport> {
  if (plan.kind !== 'wait')
    throw new UserError({
      code: 'sending-unknown',
      message: `${context.build.edition.id} is not scheduled, so there is nothing to cancel`,
      hint: `"news-digest status ${context.build.edition.id}" shows what there is. A sending that runs is stopped by Ctrl-C.`,
    })
  await writeUnscheduled(context.ledger, plan.sending.id)
  return reportOf(context, { kind: 'cancelled' }, null)
}

/** Whether something of a finished sending is asked for again. */
async function reopens({ request, ledger }: SendContext, { id, split, winner }: SendingRow): Promise<boolean> {
  const counts = await readCounts(ledger, id)
  const stillToSend = counts.pending + counts.deferred + counts.sending
  return (
    stillToSend > 0 ||
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
