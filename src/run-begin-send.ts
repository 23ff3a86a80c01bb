import { displayPath } from './config/display-path.ts'
import { durationOf } from './config/duration.ts'
import type { SendingPlan } from './delivery/plan-sending.ts'
import { readEarlierSendings } from './delivery/read-earlier-sendings.ts'
import type { ScheduledTime, SendReport } from './delivery/send-report.ts'
import { writeSentEdition } from './delivery/write-sent-edition.ts'
import { writeSnapshot } from './delivery/write-snapshot.ts'
import { writeResumed, writeScheduled, writeUncertainAgain, writeWinner } from './delivery/write-wishes.ts'
import { markSent } from './edition/write-edition-file.ts'
import { UserError } from './errors.ts'
import type { SendingRow } from './ledger/tables.ts'
import { formatZoned } from './report/format-zoned.ts'
import { readForeignMark } from './run-guard-send.ts'
import { conditionOf, segmentFor, splitFor, timeFor } from './run-propose-send.ts'
import type { SendContext } from './run-send-contract.ts'

/** How the waiting for a time ended. `cancelled`: the time was taken back meanwhile. */
export type WaitEnd =
  | { readonly kind: 'now' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'still-scheduled'; readonly scheduledFor: ScheduledTime }

/** Throws UserError `time-invalid` for a time that has passed when it is first given. */
export function refusePast({ request, clock }: SendContext, plan: SendingPlan): void {
  const time = isNewTime(plan, request.at) ? timeFor(plan, request.at) : null
  if (time !== null && time.instant < clock.now()) throw inThePast(time)
}

/** One that stands in the ledger already may have passed: whoever waited for it was away. */
function isNewTime(plan: SendingPlan, at: ScheduledTime | undefined): boolean {
  return at !== undefined && at.instant !== (plan.kind === 'wait' ? plan.sending.scheduledFor : null)
}

/** Writes the time down, where there is one, and waits for it. */
export async function waitForTime(context: SendContext, plan: SendingPlan): Promise<WaitEnd> {
  const { request, clock } = context
  if (plan.kind !== 'begin' && plan.kind !== 'wait') return { kind: 'now' }
  let time = timeFor(plan, request.at)
  if (time === null) return { kind: 'now' }
  if (isNewTime(plan, request.at)) await schedule(context, plan, time)
  // The clock is read again and again: a machine may sleep, its clock may be set, and the editor may think of another time.
  while (clock.now() < time.instant) {
    if (request.drain?.aborted === true) return { kind: 'still-scheduled', scheduledFor: time }
    request.onWait?.(time)
    await clock.sleep(Math.min(longestLook, time.instant - clock.now()), request.drain)
    const now = await readTime(context)
    if (now === null) return { kind: 'cancelled' }
    time = now
  }
  return request.drain?.aborted === true ? { kind: 'still-scheduled', scheduledFor: time } : { kind: 'now' }
}

const longestLook = 5000

async function schedule(context: SendContext, plan: SendingPlan, { instant, zone }: ScheduledTime): Promise<SendingRow> {
  const { request, build, ledger } = context
  return writeScheduled(ledger, {
    list: request.config.list.id,
    edition: build.email.edition,
    hashesJson: JSON.stringify(build.email.hashes),
    segment: segmentFor(context, plan)?.expression ?? null,
    forcedBecause: await reasonOf(context),
    scheduledFor: instant,
    scheduledZone: zone,
  })
}

/** The time as the ledger has it now; that of the past where another worker has begun; null where it was taken back. */
async function readTime({ request, build, ledger }: SendContext): Promise<ScheduledTime | null> {
  const sendings = await readEarlierSendings(ledger, request.config.list.id, build.email.edition)
  const sending = sendings.find(({ kind }) => kind === 'edition')
  if (sending === undefined) return null
  const { state, scheduledFor, scheduledZone } = sending
  return { instant: state === 'scheduled' ? (scheduledFor ?? 0) : 0, zone: scheduledZone ?? 'UTC' }
}

/** Why it goes out although checks found errors, or its file says that it was sent; null where nothing spoke against it. */
async function reasonOf(context: SendContext): Promise<string | null> {
  const { request, findings } = context
  const isForced = findings.some(({ severity }) => severity === 'error') || (await readForeignMark(context)) !== null
  return isForced ? (request.force ?? null) : null
}

function inThePast(time: ScheduledTime): UserError {
  return new UserError({
    code: 'time-invalid',
    message: 'the time of --at has passed',
    got: formatZoned(time),
    hint: 'Give a time to come, or leave --at out to send now.',
  })
}

/** Takes the snapshot: from now on it is settled who the recipients are. */
export async function beginSending(context: SendContext, plan: SendingPlan): Promise<SendingRow> {
  const { request, build, ledger, clock } = context
  const { config, kind = 'edition' } = request
  const now = clock.now()
  await writeSentEdition(ledger, config.list.id, build.email)
  const sending = await writeSnapshot(ledger, {
    list: config.list.id,
    edition: build.email.edition,
    kind,
    round: plan.kind === 'begin' ? plan.round : 0,
    hashesJson: JSON.stringify(build.email.hashes),
    segment: segmentFor(context, plan)?.expression ?? null,
    condition: conditionOf(context, plan),
    forcedBecause: await reasonOf(context),
    now,
    notAfter: now + durationOf(config.send.notAfter),
    split: splitFor(context, plan),
  })
  return withVariant(context, plan, sending)
}

/** Late ones of an edition that has tried two subjects all get the one that won. */
async function withVariant({ prepared, ledger }: SendContext, plan: SendingPlan, sending: SendingRow): Promise<SendingRow> {
  if ((plan.kind !== 'begin' && plan.kind !== 'resume') || plan.variant === null || prepared.split === null) return sending
  return writeWinner(ledger, sending.id, plan.variant)
}

/** Lets a sending go on, as the editor has decided. */
export async function resumeSending(context: SendContext, plan: SendingPlan & { readonly sending: SendingRow }): Promise<SendingRow> {
  const { request, ledger, clock } = context
  const { sending } = plan
  if (request.retryUncertain === true) await writeUncertainAgain(ledger, sending.id, clock.now())
  if (request.winner !== undefined && sending.winner === null) await writeWinner(ledger, sending.id, request.winner)
  return withVariant(context, plan, await writeResumed(ledger, sending.id))
}

/** The edition file says from now on that it is sent. That it cannot be written stops no sending: the ledger knows it, too. */
export async function markEdition(
  { request, build }: SendContext,
  { kind, startedAt }: SendingRow,
): Promise<Pick<SendReport, 'markedFile' | 'problems'>> {
  if (kind !== 'edition') return { markedFile: null, problems: [] }
  const { editions: folder, displayRoot } = request.config.paths
  try {
    const written = await markSent({ folder, displayRoot }, { edition: build.edition, sentAt: new Date(startedAt ?? 0).toISOString() })
    return { markedFile: displayPath(written.path, displayRoot), problems: [] }
  } catch (error) {
    if (error instanceof UserError)
      return { markedFile: null, problems: error.problems.map(problem => ({ ...problem, severity: 'warning' })) }
    throw error
  }
}
