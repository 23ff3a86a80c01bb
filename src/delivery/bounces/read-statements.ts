/** What a message says, one statement for each recipient, each with the delivery that it is about. */

import type { Transaction } from 'kysely'
import type { Tables } from '../../ledger/tables.ts'
import type { BounceReport, Complaint, ReportedRecipient } from './bounce-report.ts'
import { type BounceDecision, decideBounce, decideComplaint, turnsHard } from './decide-bounce.ts'
import type { IncomingContext, OptOut } from './incoming.ts'
import { type Match, readMatch } from './read-match.ts'

/** One thing that a message says about one recipient. */
export interface Statement {
  /** As the report names it; where the match has a delivery, that one's counts. */
  readonly address: string | null
  readonly enhanced: string | null
  readonly detail: string | null
  readonly at: number
  readonly match: Match
  readonly decide: (softAt: readonly number[]) => BounceDecision
}

/** What a complaint says about the one who complained. */
export async function readComplaint(db: Transaction<Tables>, complaint: Complaint, context: IncomingContext): Promise<Statement> {
  const { marks, addresses } = complaint
  const match = await readMatch(db, { marks, addresses }, context)
  return {
    address: addresses[0] ?? marks.returnedTo,
    enhanced: null,
    detail: `feedback of type ${complaint.feedbackType}`,
    at: timeOf(complaint, context),
    match,
    decide: () => decideComplaint(complaint),
  }
}

/** What a provider says about the one who asked it for no more. */
export async function readOptOut(db: Transaction<Tables>, optOut: OptOut, context: IncomingContext): Promise<Statement> {
  const { marks, addresses, says } = optOut
  return {
    address: addresses[0] ?? null,
    enhanced: null,
    detail: null,
    at: timeOf(optOut, context),
    match: await readMatch(db, { marks, addresses }, context),
    decide: () => ({ kind: 'unsubscribe', why: says }),
  }
}

/** What a report says about each of its recipients; where several stand for one delivery, the one that tells most. */
export async function readReport(db: Transaction<Tables>, report: BounceReport, context: IncomingContext): Promise<readonly Statement[]> {
  const at = timeOf(report, context)
  const chosen = new Map<string, { readonly match: Match; readonly recipient: ReportedRecipient }>()
  for (const recipient of report.recipients) {
    const match = await readMatch(db, { marks: report.marks, addresses: recipient.addresses }, context)
    const key = match.kind === 'delivery' ? `delivery ${match.delivery.id}` : (recipient.addresses[0] ?? '')
    const known = chosen.get(key)
    if (known === undefined || ranks(recipient, match) > ranks(known.recipient, match)) chosen.set(key, { match, recipient })
  }
  return [...chosen.values()].map(({ match, recipient }) => ({
    address: recipient.addresses[0] ?? null,
    enhanced: recipient.status,
    detail: recipient.diagnostic === '' ? null : recipient.diagnostic,
    at,
    match,
    decide: softAt => decideAbout(recipient, { softAt, at, match, context }),
  }))
}

/** The address that we sent to tells most; behind it may stand others, and then one that failed tells more than one that did not. */
function ranks({ addresses, action }: ReportedRecipient, match: Match): number {
  return (match.kind === 'delivery' && addresses.includes(match.delivery.address) ? 2 : 0) + (action === 'failed' ? 1 : 0)
}

interface Circumstances {
  readonly softAt: readonly number[]
  readonly at: number
  readonly match: Match
  readonly context: IncomingContext
}

function decideAbout(recipient: ReportedRecipient, { softAt, at, match, context }: Circumstances): BounceDecision {
  const decision = decideBounce(recipient, { softAt, at, softLimit: context.softLimit, softWithin: context.softWithin })
  const isDoubtful = context.expectsSignature && match.kind === 'delivery' && match.by !== 'verp'
  if (decision.kind !== 'hard' || !isDoubtful || turnsHard(softAt, at, context)) return decision
  return { kind: 'soft', why: `counts as soft, since its return path is not signed: ${decision.why}` }
}

/** What the report says its time is, unless that lies ahead. */
export function timeOf({ at }: Pick<BounceReport, 'at'>, { now }: IncomingContext): number {
  return at === null || at > now ? now : at
}
