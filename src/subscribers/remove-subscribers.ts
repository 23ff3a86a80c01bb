import { UserError } from '../errors.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { SubscriberRow, SubscriberState } from '../ledger/tables.ts'
import { requireAddress } from './add-subscriber.ts'
import { changeState } from './change-state.ts'
import { findSubscriber } from './page-subscribers.ts'

/** Whom to take off the list. */
export interface RemoveRequest {
  readonly list: string
  readonly addresses: readonly string[]
  readonly why: string
  readonly source: string
  /** Milliseconds. */
  readonly at: number
}

/** What became of one of them. `changed` is false for whoever got no mail already. */
export interface Removed {
  readonly address: string
  readonly from: SubscriberState
  readonly changed: boolean
}

/**
 * Unsubscribes people in one transaction. Their rows stay, so that no import puts them back.
 * @throws UserError `address-invalid`, `subscriber-unknown`; then nobody was unsubscribed
 */
export function removeSubscribers(ledger: Ledger, { list, addresses, why, source, at }: RemoveRequest): Promise<readonly Removed[]> {
  const normal = addresses.map(address => requireAddress(address).address)
  return ledger.write(async db => {
    const removed: Removed[] = []
    for (const address of normal) {
      const { id, state } = await requireSubscriber(db, list, address)
      const { kind } = await changeState(db, { subscriberId: id, to: 'unsubscribed', why, source, at })
      removed.push({ address, from: state, changed: kind === 'changed' })
    }
    return removed
  })
}

/** The subscriber of a normal address. @throws UserError `subscriber-unknown` */
export async function requireSubscriber(db: Ledger['db'], list: string, address: string): Promise<SubscriberRow> {
  const found = await findSubscriber(db, list, address)
  if (found !== null) return found
  throw new UserError({
    code: 'subscriber-unknown',
    message: `${address} is not on the list "${list}"`,
    hint: 'Look for the right spelling with "news-digest subscribers list --where", or add them with "news-digest subscribers add".',
  })
}
