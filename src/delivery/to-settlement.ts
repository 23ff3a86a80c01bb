/** From what a relay said to what the ledger keeps. */

import type { Outcome } from '../transport/outcome.ts'
import { waitAfter, waitAfterClosing } from './replies/back-off.ts'
import type { DeliveryAction } from './replies/delivery-action.ts'
import type { Candidate } from './sending.ts'
import type { Settlement } from './write-step-group.ts'

/** The circumstances of a try. */
export interface Try {
  readonly candidate: Candidate
  /** The relay's name. */
  readonly relay: string
  readonly outcome: Outcome
  readonly action: DeliveryAction
  /** How long it took. */
  readonly milliseconds: number
  /** Milliseconds since 1970. */
  readonly now: number
  readonly backOff: readonly number[]
}

/** What to write of a try. */
export function toSettlement({ candidate, relay, outcome, action, milliseconds, now, backOff }: Try): Settlement {
  const { id, subscriber, address, attempts } = candidate
  return {
    delivery: id,
    subscriber,
    address,
    relay,
    milliseconds,
    outcome: outcome.kind,
    queueId: outcome.kind === 'accepted' ? outcome.queueId : null,
    ...wordsOf(outcome),
    ...stateAfter(action, { id, attempts, now, backOff }),
    after: action.kind === 'reject' ? action.subscriber : 'stays',
  }
}

type AfterTry = Pick<Settlement, 'state' | 'attempts' | 'nextAttemptAt'>

function stateAfter(
  action: DeliveryAction,
  { id, attempts, now, backOff }: Pick<Candidate, 'id' | 'attempts'> & Pick<Try, 'now' | 'backOff'>,
): AfterTry {
  const answered = attempts + 1
  switch (action.kind) {
    case 'accepted':
      return { state: 'accepted', attempts: answered, nextAttemptAt: null }
    case 'reject':
      return { state: 'rejected', attempts: answered, nextAttemptAt: null }
    case 'uncertain':
      return { state: 'uncertain', attempts: answered, nextAttemptAt: null }
    case 'defer': {
      const wait = action.closes ? waitAfterClosing : waitAfter
      return { state: 'deferred', attempts: answered, nextAttemptAt: now + wait(answered, backOff, String(id)) }
    }
    // Not at once again when the editor lets the edition go on: the others first, and this one may be the only one that is refused.
    case 'pause':
      return { state: 'deferred', attempts: answered, nextAttemptAt: now + waitAfter(answered, backOff, String(id)) }
    case 'stop':
    case 'again':
    case 'back-off-relay':
      return { state: 'pending', attempts, nextAttemptAt: null }
  }
}

function wordsOf(outcome: Outcome): Pick<Settlement, 'stage' | 'code' | 'enhanced' | 'text'> {
  switch (outcome.kind) {
    case 'accepted':
      return { stage: 'message', ...outcome.reply }
    case 'rejected':
      return { stage: outcome.stage, ...outcome.reply }
    case 'no-connection':
      return { stage: null, code: outcome.reply?.code ?? null, enhanced: outcome.reply?.enhanced ?? null, text: outcome.detail }
    default:
      return { stage: null, code: null, enhanced: null, text: outcome.detail }
  }
}
