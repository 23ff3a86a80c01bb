import { randomBytes } from 'node:crypto'
import { displayPath } from './config/display-path.ts'
import { durationOf } from './config/duration.ts'
import type { Assumption, DryRunReport, KeptSample } from './delivery/dry-run/dry-run.ts'
import { createJudge } from './delivery/dry-run/judge-messages.ts'
import { readRecipientsByDomain } from './delivery/dry-run/read-recipients-by-domain.ts'
import { readSamples, type Sample } from './delivery/dry-run/read-samples.ts'
import { runRehearsal } from './delivery/dry-run/run-rehearsal.ts'
import { standIns } from './delivery/dry-run/stand-ins.ts'
import { writeRecipientsCopy, writeSendingCopy } from './delivery/dry-run/write-copy.ts'
import { accelerationFor, type Forecast, forecastSending } from './delivery/forecast.ts'
import type { SendingPlan } from './delivery/plan-sending.ts'
import { readCounts } from './delivery/read-counts.ts'
import { readUsualRate } from './delivery/read-earlier-sendings.ts'
import { readErrors } from './delivery/read-errors.ts'
import { systemClock } from './delivery/run-clock.ts'
import type { SendProposal } from './delivery/send-report.ts'
import { type SendingProgress, sumOf } from './delivery/sending.ts'
import { writeWinner } from './delivery/write-wishes.ts'
import { UserError } from './errors.ts'
import { hasLedger } from './ledger/has-ledger.ts'
import type { Ledger, LedgerPlace } from './ledger/ledger.ts'
import { withLedgerToRead } from './ledger/read-only-ledger.ts'
import type { SendingRow } from './ledger/tables.ts'
import { withTemporaryLedger } from './ledger/temporary-ledger.ts'
import { parseSecret } from './message/secret-keys.ts'
import { writeSamples } from './output/write-samples.ts'
import { beginSending } from './run-begin-send.ts'
import { refuseSentElsewhere } from './run-guard-send.ts'
import { inspectEdition } from './run-inspect.ts'
import { prepareSend } from './run-prepare-send.ts'
import { conditionOf, proposeSend } from './run-propose-send.ts'
import { planFrom, reopens } from './run-send.ts'
import type { SendContext, SendRequest } from './run-send-contract.ts'
import { readWhatToSend } from './run-what-to-send.ts'

/** What a dry run depends on: what the sending would. */
export interface DryRunRequest
  extends Pick<
    SendRequest,
    | 'config'
    | 'editionId'
    | 'env'
    | 'ledgerPlace'
    | 'kind'
    | 'to'
    | 'force'
    | 'asBegun'
    | 'retryUncertain'
    | 'winner'
    | 'clock'
    | 'drain'
    | 'abort'
  > {
  /** Told what the sending would be, before anything is done. */
  readonly onStart?: (proposal: SendProposal) => void
  /** Told how many recipients have been copied. */
  readonly onCopy?: (done: number, total: number) => void
  /** `elapsed` is of the machine's time. */
  readonly onProgress?: (progress: SendingProgress & { readonly recipients: number }) => void
}

const mostSamples = 10

/**
 * Sends a built edition as it would be sent, to servers of our own on this machine: every message is composed, goes over real SMTP and is verified. The ledger is
 * only read, no relay is asked anything, and nothing is written but some of the messages, into `out/<edition>/dry-run/`.
 * @throws UserError as sending does, except for checks, relays and secrets: what they lack stands in the report
 */
export async function dryRunSend(request: DryRunRequest): Promise<DryRunReport> {
  const { config, ledgerPlace, clock = systemClock } = request
  const { build, isAsBegun } = await readWhatToSend(request)
  const { env, relays, assumptions } = standIns(request, randomBytes(32).toString('base64'))
  const prepared = await prepareSend({ ...request, build, env, relays, kind: request.kind === 'welcome' ? 'welcome' : 'edition' })
  const findings = isAsBegun ? [] : await inspectEdition({ config, ...build, purpose: 'send' })
  requireLedger(ledgerPlace)
  return withLedgerToRead(ledgerPlace, ledger =>
    rehearse(
      { request: { ...request, env, confirm: () => Promise.resolve(true) }, build, prepared, findings, ledger, clock },
      { request, assumptions },
    ),
  )
}

interface Wishes {
  readonly request: DryRunRequest
  readonly assumptions: readonly Assumption[]
}

async function rehearse(context: SendContext, { request, assumptions }: Wishes): Promise<DryRunReport> {
  const { build, prepared, findings, clock } = context
  const { config, env } = context.request
  const { drain = new AbortController().signal, abort = new AbortController().signal, onProgress = () => {} } = request
  const judge = createJudge(build.email, {
    sender: prepared.from,
    publicUrl: config.links.publicUrl ?? config.site.url,
    list: config.list.id,
    secret: parseSecret(env.NEWS_DIGEST_SECRET ?? ''),
    isSigned: prepared.signs,
  })
  const fixed = { edition: build.edition.id, kind: request.kind ?? ('edition' as const), assumptions, findings }
  const plan = await planFrom(context)
  await refuseSentElsewhere(context, plan)
  if (plan.kind === 'over' && !(await reopens(context, plan.sending))) return { ...fixed, ...nothingLeft, verdict: judge.verdict() }
  const proposal = await proposeSend(context, plan)
  request.onStart?.(assumptions.includes('relay') ? { ...proposal, relays: ['none yet: as if to one without limits'] } : proposal)
  return withTemporaryLedger(async (ledger, place) => {
    const startedAt = performance.now()
    const sending = await copySending(context, { plan, proposal, ledger, request, signal: drain })
    const recipients = sending.recipients ?? 0
    const forecast = await forecastOf(context, ledger, sending)
    const samples = await readSamples(ledger, sending.id, mostSamples)
    const sendingSince = performance.now()
    const rehearsed = await runRehearsal({
      ...prepared,
      ledger,
      place,
      sending,
      judge,
      drain,
      abort,
      keep: new Set(samples.map(({ delivery }) => delivery)),
      acceleration: accelerationFor(forecast, recipients),
      now: clock.now(),
      onProgress: progress => onProgress({ ...progress, elapsed: performance.now() - sendingSince, recipients }),
    })
    return {
      ...fixed,
      outcome: rehearsed.end,
      sum: sumOf(await readCounts(ledger, sending.id), recipients),
      waitForWinner: rehearsed.waitForWinner,
      verdict: judge.verdict(),
      errors: await readErrors(ledger, sending.id),
      forecast,
      relays: rehearsed.relays,
      samples: await keepSamples(context, samples, rehearsed.kept),
      milliseconds: performance.now() - startedAt,
      simulated: rehearsed.simulated,
    }
  })
}

const unknownForecast: Forecast = { byLimits: null, limitedBy: null, byEarlier: null, seconds: null, endsAt: null, wouldExpire: false }

const nothingLeft: Omit<DryRunReport, 'edition' | 'kind' | 'assumptions' | 'findings' | 'verdict'> = {
  outcome: { kind: 'over' },
  sum: null,
  waitForWinner: 0,
  errors: [],
  forecast: unknownForecast,
  relays: [],
  samples: [],
  milliseconds: 0,
  simulated: 0,
}

function requireLedger(place: LedgerPlace): void {
  if (hasLedger(place)) return
  throw new UserError({
    code: 'nobody-to-send-to',
    message: 'there is no ledger yet, so there is nobody to send to, not even in a dry run',
    expected: displayPath(place.file, place.displayRoot),
    hint: 'Put people on the list: "news-digest subscribers import FILE". Nothing is sent to them by that.',
  })
}

interface CopyRequest {
  readonly plan: SendingPlan
  readonly proposal: SendProposal
  /** The temporary one. */
  readonly ledger: Ledger
  readonly request: DryRunRequest
  readonly signal: AbortSignal
}

/** The sending in a ledger of its own, ready to run: begun there, or as far as it has come. */
async function copySending(context: SendContext, { plan, proposal, ledger, request, signal }: CopyRequest): Promise<SendingRow> {
  const { config, retryUncertain = false, winner } = context.request
  const total = proposal.audience?.recipients ?? proposal.soFar?.stillToSend ?? 0
  const copying = { from: context.ledger, to: ledger, signal, onProgress: (done: number) => request.onCopy?.(done, total) }
  if (plan.kind === 'begin' || plan.kind === 'wait') {
    const condition = conditionOf(context, plan)
    await writeRecipientsCopy(copying, { list: config.list.id, edition: context.build.email.edition, condition, now: context.clock.now() })
    // Whoever was copied is chosen already.
    const everyCopied = { ...context, ledger, prepared: { ...context.prepared, segment: null } }
    return beginSending(everyCopied, { kind: 'begin', round: 0, since: null, variant: plan.kind === 'begin' ? plan.variant : null })
  }
  const states = ['pending', 'deferred', ...(retryUncertain ? (['uncertain', 'sending'] as const) : [])] as const
  const sending = await writeSendingCopy(copying, plan.sending, states)
  return winner !== undefined && sending.split !== null && sending.winner === null ? writeWinner(ledger, sending.id, winner) : sending
}

async function forecastOf({ request, prepared, ledger, clock }: SendContext, copy: Ledger, sending: SendingRow): Promise<Forecast> {
  const rates = [...prepared.limits.perDomain].flatMap(([domain, { rate }]) => (rate === null ? [] : [{ domain, rate }]))
  const recipientsAt = await readRecipientsByDomain(
    copy,
    sending.id,
    rates.map(({ domain }) => domain),
  )
  const now = clock.now()
  return forecastSending({
    recipients: sending.recipients ?? 0,
    relays: prepared.relays,
    rate: prepared.limits.rate,
    domains: rates.map(each => ({ ...each, recipients: recipientsAt.get(each.domain) ?? 0 })),
    usualRate: await readUsualRate(ledger),
    now,
    notAfter: (sending.notAfter ?? now + durationOf(request.config.send.notAfter)) - now,
  })
}

/** Writes the messages that were kept, under names that tell what for. */
async function keepSamples(
  { request: { config }, build }: SendContext,
  samples: readonly Sample[],
  kept: ReadonlyMap<number, Uint8Array>,
): Promise<readonly KeptSample[]> {
  const named = samples.flatMap(({ delivery, why }) => {
    const eml = kept.get(delivery)
    return eml === undefined ? [] : [{ eml, why }]
  })
  const files = new Map(
    named.map(({ eml, why }, index) => {
      const reason = (why[0] ?? 'sample').toLowerCase().replace(/[^a-z0-9]+/g, '-')
      return [`${String(index + 1).padStart(2, '0')}-${reason}.eml`, eml]
    }),
  )
  const { out, displayRoot } = config.paths
  const written = await writeSamples({ out, id: build.edition.id }, files)
  return written.map((file, index) => ({ file: displayPath(file, displayRoot), why: named[index]?.why ?? [] }))
}
