import type { NewSubscriber } from '../../src/ledger/tables.ts'

/** A subscriber of the list `digest`, subscribed since 1 January 2026. */
export function newSubscriber(fields: Partial<NewSubscriber> = {}): NewSubscriber {
  const address = fields.address ?? 'ada@reader.example'
  return {
    list: 'digest',
    address,
    original: address,
    domain: address.slice(address.indexOf('@') + 1),
    tagsJson: '[]',
    attributesJson: '{}',
    state: 'subscribed',
    joinedAt: Date.parse('2026-01-01T00:00:00Z'),
    ...fields,
  }
}
