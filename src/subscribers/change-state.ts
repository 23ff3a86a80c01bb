import type { Kysely } from 'kysely'
import type { Ledger } from '../ledger/ledger.ts'
import { type SubscriberState, subscriberStates, type Tables } from '../ledger/tables.ts'
import { changeKind } from './state-changes.ts'

/** How we know that a person asked for mail; kept with them. */
export interface Consent {
  /** Their request in words: where, and what they were told. */
  readonly how: string
  /** When they asked, milliseconds since 1970. */
  readonly at: number
  /** The network address that they asked from. */
  readonly ip?: string
  /** What they were told that they agree to. */
  readonly wording?: string
  /** When they signed up, and from where, where they confirmed it later (`at`, `ip`). */
  readonly requestedAt?: number
  readonly requestedIp?: string
}

/** One change to make. */
export interface StateChange {
  readonly subscriberId: number
  readonly to: SubscriberState
  /** In words, for the history: `hard bounce: 550 5.1.1`. */
  readonly why: string
  /** By what: `import readers.csv`, `command line`, `bounce`, `one-click` … */
  readonly source: string
  /** Milliseconds since 1970. */
  readonly at: number
  /** Needed for whoever comes back. `kept`: they take back that they left, and the word that they gave before holds. */
  readonly consent?: Consent | 'kept'
}

/** `same`: it was so already. `refused`: there is no such change, or it would take the person's own word. `unknown`: no such subscriber. */
export type StateChangeResult =
  | { readonly kind: 'changed' | 'same' | 'refused'; readonly from: SubscriberState }
  | { readonly kind: 'unknown' }

/**
 * The one way in which a subscriber's state changes: together with its line of history, and only as src/subscribers/state-changes.ts lists it. Call it
 * inside of `ledger.write`. Whoever comes back gets the next epoch: older links that confirm or show preferences no longer work, while the link that
 * unsubscribes goes without looking at the epoch, because it must work for ever.
 */
export async function changeState(db: Kysely<Tables>, change: StateChange): Promise<StateChangeResult> {
  const { subscriberId, to, why, source, at, consent } = change
  while (true) {
    const row = await db.selectFrom('subscribers').select('state').where('id', '=', subscriberId).executeTakeFirst()
    if (row === undefined) return { kind: 'unknown' }
    const from = row.state
    if (from === to) return { kind: 'same', from }
    const kind = changeKind(from, to)
    if (kind === null || (kind === 'return' && consent === undefined)) return { kind: 'refused', from }
    const { numUpdatedRows } = await db
      .updateTable('subscribers')
      .set(eb => ({
        state: to,
        ...(kind === 'return' && consent !== 'kept' ? { epoch: eb('epoch', '+', 1), pausedUntil: null } : {}),
        ...(consent === undefined || consent === 'kept'
          ? {}
          : { proofJson: JSON.stringify(consent), ...(to === 'subscribed' ? { confirmedAt: consent.at } : {}) }),
      }))
      .where('id', '=', subscriberId)
      .where('state', '=', from)
      .executeTakeFirst()
    // On PostgreSQL another one may have changed it since it was read: look again.
    if (numUpdatedRows === 0n) continue
    await db.insertInto('subscriberEvents').values({ subscriberId, at, fromState: from, toState: to, why, source }).execute()
    return { kind: 'changed', from }
  }
}

/** The same change to several people, at most some thousand: whoever may leave so does, the others stay as they are. Nobody comes back this way. */
export async function changeStates(
  db: Kysely<Tables>,
  change: Omit<StateChange, 'subscriberId' | 'consent'> & { readonly subscriberIds: readonly number[] },
): Promise<number> {
  const { subscriberIds, to, why, source, at } = change
  let changed = 0
  for (const from of subscriberStates.filter(state => changeKind(state, to) === 'leave')) {
    if (subscriberIds.length === 0) break
    const rows = await db
      .updateTable('subscribers')
      .set({ state: to })
      .where('id', 'in', subscriberIds)
      .where('state', '=', from)
      .returning('id')
      .execute()
    const events = rows.map(({ id }) => ({ subscriberId: id, at, fromState: from, toState: to, why, source }))
    if (events.length > 0) await db.insertInto('subscriberEvents').values(events).execute()
    changed += rows.length
  }
  return changed
}

/** What `unsubscribe` is told. */
export type Unsubscription = Pick<StateChange, 'subscriberId' | 'why' | 'source' | 'at'>

/** The same for several people in one transaction, for servers that many ask at once: whether something changed, in their order. */
export function unsubscribeAll(ledger: Pick<Ledger, 'write'>, requests: readonly Unsubscription[]): Promise<readonly boolean[]> {
  return ledger.write(async db => {
    const changed = requests.map(() => false)
    // By their numbers: two servers on PostgreSQL that have the same people would otherwise wait for each other.
    const inOrder = [...requests.entries()].toSorted(([, one], [, other]) => one.subscriberId - other.subscriberId)
    for (const [at, request] of inOrder) changed[at] = (await changeState(db, { ...request, to: 'unsubscribed' })).kind === 'changed'
    return changed
  })
}

/** Takes a person off the list; again and again if need be. Resolves to whether something changed: not for whoever gets no mail as it is. */
export async function unsubscribe(ledger: Pick<Ledger, 'write'>, request: Unsubscription): Promise<boolean> {
  const result = await ledger.write(db => changeState(db, { ...request, to: 'unsubscribed' }))
  return result.kind === 'changed'
}
