/** Everything that may tell what became of uncertain deliveries, as one stream of events. */

import type { SecretKeys } from '../../message/secret-keys.ts'
import { readVerp } from '../../message/verp.ts'
import type { BounceReport } from '../bounces/bounce-report.ts'
import { parseBounce } from '../bounces/parse-bounce.ts'
import { readBounces } from '../bounces/read-bounces.ts'
import type { LogClock } from './log-time.ts'
import type { UncertainDelivery } from './match-uncertain.ts'
import { readPostfixLog } from './read-log.ts'
import type { RelayEvent } from './relay-event.ts'
import { reportEvents } from './report-events.ts'

/** What to read. `-` is `standardInput`. */
export interface ProofSources {
  readonly logs: readonly string[]
  readonly mailboxes: readonly string[]
  readonly clock: LogClock
  /** Null without NEWS_DIGEST_SECRET: then no return path can be read. */
  readonly secret: SecretKeys | null
  readonly standardInput: AsyncIterable<Uint8Array>
}

/** Reads the logs, then the mailboxes; one line or message at a time. */
export async function* readProofs(
  { logs, mailboxes, clock, secret, standardInput }: ProofSources,
  uncertain: readonly UncertainDelivery[],
): AsyncGenerator<RelayEvent> {
  yield* readPostfixLog(logs, clock, standardInput)
  const addresses = new Map(uncertain.map(({ deliveryHeader, address }) => [deliveryHeader, address]))
  for await (const { bytes } of readBounces(mailboxes, standardInput)) {
    const report = await parseBounce(bytes)
    if (report.kind === 'bounce') yield* eventsOf(report, secret, addresses)
  }
}

/** Our header is a number that anybody can guess: in a report, other than in a log, the address has to agree with it, or the return path be signed. */
function eventsOf(report: BounceReport, secret: SecretKeys | null, addresses: ReadonlyMap<string | null, string>): readonly RelayEvent[] {
  const signed = secret === null ? null : (report.marks.returnPaths.map(each => readVerp(each, secret)).find(each => each !== null) ?? null)
  if (signed !== null) return reportEvents(report, String(signed))
  const { deliveryHeader, returnedTo } = report.marks
  const address = addresses.get(deliveryHeader)
  const named = [...report.recipients.flatMap(each => each.addresses), returnedTo].map(each => each?.toLowerCase())
  const agrees = address !== undefined && named.includes(address.toLowerCase())
  return reportEvents(agrees ? report : { ...report, marks: { ...report.marks, deliveryHeader: null } })
}
