/** People on the list. */

import type { Ledger } from '../../src/ledger/ledger.ts'
import type { NewSubscriber } from '../../src/ledger/tables.ts'

/** Puts people on the list: so many, or these addresses. */
export async function addReaders(ledger: Ledger, who: number | readonly string[], changes: Partial<NewSubscriber> = {}): Promise<void> {
  const addresses =
    typeof who === 'number' ? Array.from({ length: who }, (_, index) => `reader${index}@${domains[index % domains.length]}`) : who
  const rows = addresses.map(address => ({
    list: 'digest',
    address,
    original: address,
    domain: address.slice(address.lastIndexOf('@') + 1),
    state: 'subscribed' as const,
    joinedAt: 1_770_000_000_000,
    ...changes,
  }))
  for (let at = 0; at < rows.length; at += 500)
    await ledger.db
      .insertInto('subscribers')
      .values(rows.slice(at, at + 500))
      .execute()
}

const domains = ['gmail.example', 'gmail.example', 'yahoo.example', 'outlook.example', 'gmx.example', 'club.example']
