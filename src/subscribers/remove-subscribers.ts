import type { Ledger } from '../ledger/ledger.ts'
import type { SubscriberState } from '../ledger/tables.ts'
import { changeState } from './change-state.ts'
import { requireNormalAddress, requireSubscriber } from './require-subscriber.ts'

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
  const normal = addresses.map(address => requireNormalAddress(address).address)
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
