import type { Ledger } from '../ledger/ledger.ts'
import { changeState } from './change-state.ts'
import { holdSubscriber } from './hold-subscriber.ts'
import { readLastChange } from './read-last-change.ts'

/** Somebody takes back that they left. */
export interface Undoing {
  readonly subscriberId: number
  /** In words, for the history: by what they take it back. */
  readonly how: string
  readonly source: string
  /** Milliseconds since 1970. */
  readonly at: number
  /** What was longer ago than this stays as it is. */
  readonly leftSince: number
}

/**
 * Puts back whoever unsubscribed lately, as they were: with the proof of their first word, and with links that go on working; nobody who bounced or complained
 * comes back this way. Resolves to whether the person is subscribed now.
 */
export function undoUnsubscription(
  { write }: Pick<Ledger, 'write'>,
  { subscriberId, how, source, at, leftSince }: Undoing,
): Promise<boolean> {
  return write(async db => {
    await holdSubscriber(db, subscriberId)
    const last = await readLastChange(db, subscriberId)
    if (last?.toState === 'subscribed') return true
    if (last?.toState !== 'unsubscribed' || last.fromState !== 'subscribed' || last.at < leftSince) return false
    const { kind } = await changeState(db, { subscriberId, to: 'subscribed', why: how, source, at, consent: 'kept' })
    return kind === 'changed'
  })
}
