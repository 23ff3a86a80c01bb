import { displayPath } from './config/display-path.ts'
import { durationOf } from './config/duration.ts'
import type { SendingPlan } from './delivery/plan-sending.ts'
import type { SendReport } from './delivery/send-report.ts'
import { writeSnapshot } from './delivery/write-snapshot.ts'
import { writeResumed, writeScheduled, writeUncertainAgain, writeWinner } from './delivery/write-wishes.ts'
import { markSent } from './edition/write-edition-file.ts'
import { UserError } from './errors.ts'
import type { SendingRow } from './ledger/tables.ts'
import { conditionOf } from './run-propose-send.ts'
import type { SendContext } from './run-send-contract.ts'

/** Writes a schedule down and waits for its time. False where it was interrupted meanwhile. */
export async function waitForTime({ request, build, prepared, ledger, clock }: SendContext, plan: SendingPlan): Promise<boolean> {
  const { at, config, force, drain, onWait } = request
  if (plan.kind !== 'wait' && (plan.kind !== 'begin' || at === undefined)) return true
  const known = plan.kind === 'wait' ? plan.sending : null
  if (at !== undefined && at.instant !== known?.scheduledFor && at.instant < clock.now()) throw inThePast(at.instant)
  if (known === null || (at !== undefined && at.instant !== known.scheduledFor)) {
    if (at !== undefined)
      await writeScheduled(ledger, {
        list: config.list.id,
        edition: build.email.edition,
        hashesJson: JSON.stringify(build.email.hashes),
        segment: prepared.segment?.expression ?? null,
        forcedBecause: force ?? null,
        scheduledFor: at.instant,
        scheduledZone: at.zone,
      })
  }
  const scheduledFor = at?.instant ?? known?.scheduledFor ?? clock.now()
  // The clock is read again and again: a machine may sleep, and its clock may be set.
  while (clock.now() < scheduledFor && drain?.aborted !== true) {
    onWait?.(scheduledFor)
    await clock.sleep(Math.min(longestLook, scheduledFor - clock.now()), drain)
  }
  return drain?.aborted !== true
}

const longestLook = 60_000

function inThePast(instant: number): UserError {
  return new UserError({
    code: 'time-invalid',
    message: 'the time of --at has passed',
    got: new Date(instant).toISOString(),
    hint: 'Give a time to come, or leave --at out to send now.',
  })
}

/** Takes the snapshot: from now on it is settled who the recipients are. */
export async function beginSending(context: SendContext, plan: SendingPlan): Promise<SendingRow> {
  const { request, build, prepared, ledger, clock } = context
  const { config, kind = 'edition', force } = request
  const now = clock.now()
  return writeSnapshot(ledger, {
    list: config.list.id,
    edition: build.email.edition,
    kind,
    round: plan.kind === 'begin' ? plan.round : 0,
    hashesJson: JSON.stringify(build.email.hashes),
    segment: prepared.segment?.expression ?? null,
    condition: conditionOf(context, plan.kind === 'begin' ? plan.since : null),
    forcedBecause: force ?? null,
    now,
    notAfter: now + durationOf(config.send.notAfter),
    split: prepared.split,
  })
}

/** Lets a sending go on, as the editor has decided. */
export async function resumeSending({ request, ledger, clock }: SendContext, sending: SendingRow): Promise<SendingRow> {
  if (request.retryUncertain === true) await writeUncertainAgain(ledger, sending.id, clock.now())
  if (request.winner !== undefined && sending.split !== null && sending.winner === null)
    return writeWinner(ledger, sending.id, request.winner)
  return writeResumed(ledger, sending.id)
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
