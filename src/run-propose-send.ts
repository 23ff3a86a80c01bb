import type { Expression, SqlBool } from 'kysely'
import { joinedSince } from './delivery/joined-since.ts'
import type { SendingPlan } from './delivery/plan-sending.ts'
import { type Audience, readAudience } from './delivery/read-audience.ts'
import { readCounts } from './delivery/read-counts.ts'
import { readUsualRate } from './delivery/read-earlier-sendings.ts'
import type { SendProposal } from './delivery/send-report.ts'
import { sumOf } from './delivery/sending.ts'
import { UserError } from './errors.ts'
import type { PreparedSend } from './run-prepare-send.ts'
import type { SendContext } from './run-send-contract.ts'
import { subscriberFilter } from './subscribers/segment-condition.ts'
import { describeRelay } from './transport/relay-url.ts'

/** What is about to happen, to be confirmed. Throws UserError `nobody-to-send-to` where nobody would get it. */
export async function proposeSend(context: SendContext, plan: SendingPlan): Promise<SendProposal> {
  const { request, build, prepared, findings, ledger, clock } = context
  const { config, at, kind = 'edition' } = request
  const goesOn = plan.kind === 'resume' || plan.kind === 'over' ? plan.sending : null
  const since = plan.kind === 'begin' ? plan.since : null
  const audience =
    goesOn === null
      ? await readAudience(ledger, {
          list: config.list.id,
          edition: build.edition.id,
          condition: conditionOf(context, since),
          now: clock.now(),
        })
      : null
  if (audience?.recipients === 0) throw nobody(context, audience)
  const soFar = goesOn === null ? null : sumOf(await readCounts(ledger, goesOn.id), goesOn.recipients ?? 0)
  const rate = rateOf(prepared)
  const usual = await readUsualRate(ledger)
  const left = audience?.recipients ?? (soFar?.stillToSend ?? 0) + (request.retryUncertain === true ? (soFar?.uncertain ?? 0) : 0)
  const perSecond = rate ?? usual
  return {
    edition: build.edition.id,
    kind,
    subjects: prepared.subjects,
    split: prepared.split,
    from: prepared.from,
    ledger: ledger.description,
    segment: goesOn === null ? (prepared.segment?.expression ?? null) : goesOn.segment,
    audience,
    soFar,
    pausedBecause: goesOn?.pauseReason ?? null,
    relays: prepared.relays.map(({ name, relay }) => (name === relay.host ? describeRelay(relay) : `${name}: ${describeRelay(relay)}`)),
    rate,
    forecast: perSecond === null ? null : left / perSecond,
    scheduledFor: at?.instant ?? (plan.kind === 'wait' ? plan.sending.scheduledFor : null),
    signs: prepared.signs,
    findings,
  }
}

/** What the limits allow in all; null where a relay has none and neither has the sending. */
function rateOf({ relays, limits }: PreparedSend): number | null {
  const byRelays = relays.some(({ rate }) => rate === null) ? null : relays.reduce((sum, { rate }) => sum + (rate ?? 0), 0)
  if (byRelays === null || limits.rate === null) return byRelays ?? limits.rate
  return Math.min(byRelays, limits.rate)
}

/** The segment, and for late ones that they joined since. */
export function conditionOf({ prepared, ledger }: SendContext, since: number | null): Expression<SqlBool> | null {
  const condition = prepared.segment === null ? null : subscriberFilter(prepared.segment, ledger.kind)
  return since === null ? condition : joinedSince(since, condition)
}

function nobody({ build, request }: SendContext, { leftOut }: Audience): UserError {
  const reasons = Object.entries(leftOut)
    .filter(([, count]) => count > 0)
    .map(([why, count]) => `${count} ${reasonWords[why as keyof typeof reasonWords]}`)
  return new UserError({
    code: 'nobody-to-send-to',
    message: `nobody on the list would get ${build.edition.id}${reasons.length === 0 ? ': the list is empty' : `: ${reasons.join(', ')}`}`,
    hint:
      reasons.length === 0
        ? `Put people on it: "news-digest subscribers import FILE", or "news-digest subscribers add ADDRESS". The list is "${request.config.list.id}".`
        : 'Check the segment (--to, or send.to in the configuration), or look at the list: "news-digest subscribers stats".',
  })
}

const reasonWords = {
  pending: 'have not confirmed',
  unsubscribed: 'have left',
  bounced: 'have bounced',
  complained: 'have complained',
  paused: 'have paused',
  haveItAlready: 'have it already',
  outsideSegment: 'are outside the segment',
} as const
