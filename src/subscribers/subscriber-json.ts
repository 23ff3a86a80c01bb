import type { SubscriberRow, SubscriberState } from '../ledger/tables.ts'
import { attributesOf } from './attributes.ts'
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
    attributes: Object.fromEntries(attributesOf(row.attributesJson)),
  }
}

function proofOf(json: string | null): { readonly how?: string; readonly ip?: string } {
  return json === null ? {} : (JSON.parse(json) as { how?: string; ip?: string })
}
