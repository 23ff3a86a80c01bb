/** States by the words of other services. */

import type { SubscriberState } from '../ledger/tables.ts'

/**
 * Mailchimp (subscribed, unsubscribed, cleaned, non-subscribed), listmonk (enabled, disabled, blocklisted; confirmed, unconfirmed), Buttondown (regular,
 * unactivated), Kit (active, cancelled, inactive, bounced, complained), Keila (active, unsubscribed, unreachable), MailerLite (junk), and plain words.
 */
const stateWords: Readonly<Record<SubscriberState, string>> = {
  subscribed: 'subscribed active enabled confirmed regular optedin optin yes true 1 aktiv angemeldet abonniert',
  pending: 'pending unconfirmed unactivated waiting',
  unsubscribed:
    'unsubscribed unsub disabled blocklisted blacklisted cancelled canceled inactive optedout optout nonsubscribed removed no false 0 abgemeldet inaktiv',
  bounced: 'bounced hardbounced hardbounce cleaned unreachable undeliverable invalid',
  complained: 'complained complaint complainer spam spammy abuse junk markedasspam',
}

const stateOfWord = new Map<string, SubscriberState>(
  Object.entries(stateWords).flatMap(([state, list]) => list.split(' ').map(word => [word, state as SubscriberState] as const)),
)

/** The state that a word of an export means; null for one that nobody knows. */
export function stateOf(word: string): SubscriberState | null {
  return stateOfWord.get(word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')) ?? null
}

/** Which state a person has when several are given: the one that sends least. */
const strongest: readonly SubscriberState[] = ['complained', 'unsubscribed', 'bounced', 'pending', 'subscribed']

/** Of several states the one that sends least. */
export function strongestState(states: readonly SubscriberState[]): SubscriberState {
  return strongest.find(state => states.includes(state)) ?? 'subscribed'
}
