import { describe, expect, it } from 'vitest'
import { decideRefusal } from '../../../src/delivery/reconcile/decide-refusal.ts'

describe('decideRefusal()', () => {
  it.each([
    ['END-OF-MESSAGE from c[192.0.2.1]: 5.7.1 not wanted', '5.7.1', 'rejected', 'stays'],
    ['RCPT from c[192.0.2.1]: 550 5.1.1 <a@b.example>: no such user', '5.1.1', 'rejected', 'bounced-hard'],
    ['RCPT from c[192.0.2.1]: 552 5.2.2 <a@b.example>: mailbox full', '5.2.2', 'rejected', 'bounced-soft'],
    ['END-OF-MESSAGE from c[192.0.2.1]: 4.7.1 later', '4.7.1', 'again', 'stays'],
    // What would pause a sending is not held against the recipient.
    ['header Subject: x from c[192.0.2.1]: 5.3.4 too large', '5.3.4', 'again', 'stays'],
    ['RCPT from c[192.0.2.1]: 550 5.1.8 <d@example.com>: sender refused', '5.1.8', 'again', 'stays'],
    ['END-OF-MESSAGE from c[192.0.2.1]: no', null, 'again', 'stays'],
  ] as const)('decides by the rules for replies: %s', (text, dsn, kind, subscriber) => {
    const event = { queueId: 'A', messageId: null, deliveryHeader: null, to: null, status: 'refused' as const, relay: null, at: 0 }
    expect(decideRefusal({ ...event, text, dsn })).toMatchObject({ kind, subscriber, enhanced: dsn })
  })
})
