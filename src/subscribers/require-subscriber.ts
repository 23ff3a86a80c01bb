/** Addresses that a person typed, and whom they mean. */

import { UserError } from '../errors.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { SubscriberRow } from '../ledger/tables.ts'
import { type NormalAddress, normalAddress } from './normal-address.ts'
import { findSubscriber } from './page-subscribers.ts'

/**
 * An address that a person typed, in its normal form.
 * @throws UserError `address-invalid`
 */
export function requireNormalAddress(text: string): Extract<NormalAddress, { kind: 'address' }> {
  const normal = normalAddress(text)
  if (normal.kind === 'address') return normal
  throw new UserError({
    code: 'address-invalid',
    message: `this is not an address: ${normal.reason}`,
    expected: 'one bare address, such as ada@reader.example',
    got: text.slice(0, 100),
    hint: 'Write the address without a name and without angle brackets.',
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
