/** Which changes of a subscriber's state there are. */

import type { SubscriberState } from '../ledger/tables.ts'

/** `leave`: gets less mail than before; always allowed. `return`: gets mail again; only with the person's own word. */
export type ChangeKind = 'leave' | 'return'

/**
 * From, to. What is not listed does not happen: somebody who unsubscribed stays so when their mailbox bounces later, and nobody who complained counts as
 * merely unsubscribed.
 */
const changes: Readonly<Record<SubscriberState, Partial<Record<SubscriberState, ChangeKind>>>> = {
  pending: { subscribed: 'return', unsubscribed: 'leave', bounced: 'leave', complained: 'leave' },
  subscribed: { unsubscribed: 'leave', bounced: 'leave', complained: 'leave' },
  bounced: { pending: 'return', subscribed: 'return', unsubscribed: 'leave', complained: 'leave' },
  unsubscribed: { pending: 'return', subscribed: 'return', complained: 'leave' },
  complained: { pending: 'return', subscribed: 'return' },
}

/** What kind of change it is; null where there is none such. */
export function changeKind(from: SubscriberState, to: SubscriberState): ChangeKind | null {
  return changes[from][to] ?? null
}

/** Who gets no mail and must not be put back by a list that somebody imports. */
export function isSuppressed(state: SubscriberState): boolean {
  return state === 'unsubscribed' || state === 'bounced' || state === 'complained'
}

/** Why somebody is not put back, in words. */
export function suppressedBecause(state: SubscriberState): string {
  if (state === 'bounced') return 'their mailbox bounced'
  return state === 'complained' ? 'they complained' : 'they unsubscribed'
}
