/** Every recipient of an edition, for whoever wants the whole list. */

import type { Ledger } from '../ledger/ledger.ts'
import type { DeliveryState, SendingKind } from '../ledger/tables.ts'
import { pageDeliveries } from './page-deliveries.ts'
import { type EditionOfList, readSendingsOf } from './read-sendings.ts'
import { readSpan } from './read-span.ts'

/** One recipient, and what became of the message. */
export interface RecipientRow {
  /** The delivery's. */
  readonly id: number
  readonly sending: SendingKind
  readonly address: string
  readonly state: DeliveryState
  readonly variant: string | null
  readonly attempts: number
  readonly code: number | null
  readonly enhanced: string | null
  readonly reply: string | null
  readonly relay: string | null
  readonly queueId: string | null
  /** Milliseconds since 1970. */
  readonly changedAt: number
}

const atOnce = 500
const columns = ['id', 'address', 'state', 'variant', 'attempts', 'code', 'enhanced', 'reply', 'relay', 'queueId', 'changedAt'] as const

/**
 * The recipients of all sendings of an edition in the order of the snapshots, some hundred at a time.
 * @throws UserError `sending-unknown`
 */
export async function* readRecipients(ledger: Ledger, which: EditionOfList): AsyncGenerator<readonly RecipientRow[]> {
  for (const { id: sendingId, kind } of await readSendingsOf(ledger, which)) {
    const { first, last } = await readSpan(ledger, sendingId)
    let after = first - 1
    while (after < last) {
      const page = await pageDeliveries(ledger.db, sendingId, { after, last, atOnce }).select(columns).execute()
      if (page.length > 0) yield page.map(row => ({ ...row, sending: kind }))
      after = page.at(-1)?.id ?? after
      if (page.length < atOnce) break
    }
  }
}
