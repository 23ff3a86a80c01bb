import type { SubscriberRow, SubscriberState } from '../ledger/tables.ts'
import { attributesOf } from './attributes.ts'
import type { SubscriberFile } from './show-subscriber.ts'
import { tagsOf } from './tags.ts'

/** A subscriber as `--json` and exports show it. Instants in ISO 8601. */
export interface SubscriberJson {
  readonly email: string
  readonly name: string | null
  readonly language: string | null
  readonly tags: readonly string[]
  readonly state: SubscriberState
  readonly joined_at: string
  readonly confirmed_at: string | null
  /** How they agreed, as far as it is known. */
  readonly consent: string | null
  readonly ip: string | null
  /** What they were told that they agree to, where that is known. */
  readonly wording: string | null
  readonly attributes: Readonly<Record<string, string>>
}

/** What of a row is for others to see. */
export function subscriberJson(row: SubscriberRow): SubscriberJson {
  const proof = proofOf(row.proofJson)
  return {
    email: row.address,
    name: row.name,
    language: row.language,
    tags: tagsOf(row.tagsJson),
    state: row.state,
    joined_at: new Date(row.joinedAt).toISOString(),
    confirmed_at: row.confirmedAt === null ? null : new Date(row.confirmedAt).toISOString(),
    consent: proof.how ?? null,
    ip: proof.ip ?? null,
    wording: proof.wording ?? null,
    attributes: Object.fromEntries(attributesOf(row.attributesJson)),
  }
}

function proofOf(json: string | null): { readonly how?: string; readonly ip?: string; readonly wording?: string } {
  return json === null ? {} : (JSON.parse(json) as { how?: string; ip?: string; wording?: string })
}

/** Everything that is known of a person, for them to read: instants in UTC (ISO 8601). */
export function subscriberFileJson({
  subscriber,
  history,
  signUps,
  leaveReasons,
  bounces,
  deliveries,
}: SubscriberFile): Readonly<Record<string, unknown>> {
  return {
    subscriber: subscriberJson(subscriber),
    paused_until: isoOf(subscriber.pausedUntil),
    history: history.map(({ at, ...each }) => ({ ...each, at: isoOf(at) })),
    sign_ups: signUps.map(({ requestedAt, mailedAt, confirmedAt, ...each }) => ({
      ...each,
      requested_at: isoOf(requestedAt),
      mailed_at: isoOf(mailedAt),
      confirmed_at: isoOf(confirmedAt),
    })),
    leave_reasons: leaveReasons.map(({ at, ...each }) => ({ ...each, at: isoOf(at) })),
    bounces: bounces.map(({ at, ...each }) => ({ ...each, at: isoOf(at) })),
    deliveries: deliveries.map(({ changedAt, ...each }) => ({ ...each, changed_at: isoOf(changedAt) })),
  }
}

function isoOf(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
