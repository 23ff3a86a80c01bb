import type { Expression, SqlBool } from 'kysely'
import { rateWithin } from './delivery/forecast.ts'
import { confirmedSince, joinedSince } from './delivery/joined-since.ts'
import type { SendingPlan } from './delivery/plan-sending.ts'
import { type Audience, describeLeftOut, readAudience } from './delivery/read-audience.ts'
import { readCounts } from './delivery/read-counts.ts'
import { readUsualRate } from './delivery/read-earlier-sendings.ts'
import { readTrial } from './delivery/read-trial.ts'
import type { ScheduledTime, SendProposal } from './delivery/send-report.ts'
import { sumOf } from './delivery/sending.ts'
import { UserError } from './errors.ts'
import type { SendingRow } from './ledger/tables.ts'
import type { SendContext } from './run-send-contract.ts'
import type { Segment } from './subscribers/segment.ts'
import { subscriberFilter } from './subscribers/segment-condition.ts'
import { segmentOf } from './subscribers/segment-of.ts'
import { describeRelay } from './transport/relay-url.ts'

/** What is about to happen, to be confirmed. Throws UserError `nobody-to-send-to` where nobody would get it. */
export async function proposeSend(context: SendContext, plan: SendingPlan): Promise<SendProposal> {
  const { request, build, prepared, findings, ledger, clock } = context
  const { config, at, kind = 'edition' } = request
  const goesOn = plan.kind === 'resume' || plan.kind === 'over' ? plan.sending : null
  const audience =
    goesOn === null
      ? await readAudience(ledger, {
          list: config.list.id,
          edition: build.edition.id,
          condition: conditionOf(context, plan),
          now: clock.now(),
        })
      : null
  if (audience?.recipients === 0) throw nobody(context, audience)
  const soFar = goesOn === null ? null : sumOf(await readCounts(ledger, goesOn.id), goesOn.recipients ?? 0)
  const rate = rateWithin({ relays: prepared.relays, rate: prepared.limits.rate })
  const usual = await readUsualRate(ledger)
  const perSecond = rate ?? usual
  const variant = variantOf(context, plan)
  const split = variant === null ? (goesOn === null ? splitFor(context, plan) : goesOn.split) : null
  const left =
    soFar === null
      ? (audience?.recipients ?? 0) * (split ?? 1)
      : soFar.stillToSend + (request.retryUncertain === true ? soFar.uncertain : 0)
  return {
    edition: build.edition.id,
    kind,
    subjects: subjectsOf(context, variant),
    split,
    from: prepared.from,
    ledger: ledger.description,
    segment: goesOn === null ? (segmentFor(context, plan)?.expression ?? null) : goesOn.segment,
    audience,
    soFar,
    retriesUncertain: request.retryUncertain === true,
    winner: await winnerIn(context, goesOn),
    pausedBecause: goesOn?.pauseReason ?? null,
    relays: prepared.relays.map(({ name, relay }) => (name === relay.host ? describeRelay(relay) : `${name}: ${describeRelay(relay)}`)),
    rate,
    forecast: perSecond === null ? null : left / perSecond,
    scheduledFor: timeFor(plan, at),
    isTooOld: goesOn?.notAfter != null && clock.now() > goesOn.notAfter,
    signs: prepared.signs,
    findings,
  }
}

function subjectsOf({ prepared: { subjects } }: SendContext, variant: string | null): readonly string[] {
  return subjects.filter((_, index) => variant === null || subjects.length === 1 || 'AB'[index] === variant)
}

async function winnerIn({ request, ledger }: SendContext, goesOn: SendingRow | null): Promise<SendProposal['winner']> {
  return goesOn === null || request.winner === undefined ? null : { subject: request.winner, ...(await readTrial(ledger, goesOn.id)) }
}

/** The segment of a new sending: as it was scheduled with, unless one is named. */
export function segmentFor({ request, prepared }: SendContext, plan: SendingPlan): Segment | null {
  return plan.kind === 'wait' && request.to === undefined ? segmentOf(request.config, plan.sending.segment ?? undefined) : prepared.segment
}

/** The time that a new sending waits for; null: none. */
export function timeFor(plan: SendingPlan, at: ScheduledTime | undefined): ScheduledTime | null {
  if (at !== undefined || plan.kind !== 'wait') return at ?? null
  const { scheduledFor, scheduledZone } = plan.sending
  return scheduledFor === null ? null : { instant: scheduledFor, zone: scheduledZone ?? 'UTC' }
}

/** Who of those subscribed gets a new sending; null: all. */
export function conditionOf(context: SendContext, plan: SendingPlan): Expression<SqlBool> | null {
  const segment = segmentFor(context, plan)
  const since = plan.kind === 'begin' ? plan.since : null
  if (since === null && segment === null) return null
  const condition = subscriberFilter(segment, context.ledger.kind)
  if (since === null) return condition
  return context.request.kind === 'welcome' ? confirmedSince(since, condition) : joinedSince(since, condition)
}

/** The one subject that all who are left get; null where each has its own, or there is one only. */
function variantOf({ request }: SendContext, plan: SendingPlan): string | null {
  if (plan.kind === 'wait') return null
  return (
    (plan.kind === 'over' ? plan.sending.winner : plan.variant) ??
    ('sending' in plan ? plan.sending.winner : null) ??
    request.winner ??
    null
  )
}

/** The share of a new sending's recipients that tries the subjects; null where nobody does. Late ones wait for no winner. */
export function splitFor({ request, prepared }: SendContext, plan: SendingPlan): number | null {
  if (plan.kind !== 'begin' || (request.kind ?? 'edition') === 'edition' || prepared.split === null) return prepared.split
  return plan.variant === null ? 1 : null
}

function nobody({ build, request }: SendContext, audience: Audience): UserError {
  const { kind = 'edition', config } = request
  const { id } = build.edition
  const leftOut = describeLeftOut(audience)
  if (kind !== 'edition')
    return new UserError({
      code: 'nobody-to-send-to',
      message: `nobody has ${kind === 'late' ? 'joined' : 'confirmed'} since ${id} was sent who has not got it yet`,
      hint: 'Nothing is to be done.',
    })
  return new UserError({
    code: 'nobody-to-send-to',
    message: `nobody on the list would get ${id}: ${leftOut.length === 0 ? 'the list is empty' : leftOut.join(', ')}`,
    hint:
      leftOut.length === 0
        ? `Put people on it: "news-digest subscribers import FILE", or "news-digest subscribers add ADDRESS". The list is "${config.list.id}".`
        : 'Check the segment (--to, or send.to in the configuration), or look at the list: "news-digest subscribers stats".',
  })
}
