import type { SubscriberRow } from '../../ledger/tables.ts'
import { type LastingPurpose, readLinkToken } from '../../message/link-token.ts'
import type { PublicSite } from './public-site.ts'

// No subscriber has it. What is no token of ours is looked up, too.
const nobody = -1

/**
 * The subscriber whom a token is for; null where it is broken, not ours, or for nobody. All of these take the same steps, so that the answer's time tells nothing:
 * the same HMACs, and one look-up that finds nothing. Only the link that unsubscribes works for ever; others end with the subscriber's epoch.
 */
export async function personOf(site: PublicSite, token: string, purpose: LastingPurpose): Promise<SubscriberRow | null> {
  const { ledger, secret, config, clock } = site
  const reading = readLinkToken(trimToken(token), secret, { purpose, now: clock() })
  const claim = reading.kind === 'valid' && reading.claim.list === config.list.id ? reading.claim : null
  const rows = ledger.db
    .selectFrom('subscribers')
    .selectAll()
    .where('id', '=', claim?.subscriber ?? nobody)
    // In the query, because a row that is read and then refused would take longer than none.
    .where('list', '=', config.list.id)
  const found = purpose === 'unsubscribe' ? rows : rows.where('epoch', '=', claim?.epoch ?? 0)
  return (await found.executeTakeFirst()) ?? null
}

/** A token without what stood behind it in a text and was taken for a part of its link: `>`, a full stop, a bracket. None of it can belong to a token. */
export function trimToken(token: string): string {
  return token.replace(/[^\w-]+$/, '')
}
