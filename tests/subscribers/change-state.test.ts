import { describe, expect, it } from 'vitest'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { subscriberStates } from '../../src/ledger/tables.ts'
import { changeState, unsubscribe } from '../../src/subscribers/change-state.ts'
import { changeKind, isSuppressed } from '../../src/subscribers/state-changes.ts'
import { ledgerKinds, useLedgers } from './ledgers.ts'
import { newSubscriber } from './new-subscriber.ts'

const ledgers = useLedgers()
const at = Date.parse('2026-02-01T00:00:00Z')
const consent = { how: 'asked by letter', at: at - 1000 }
const by = { why: 'because', source: 'a test', at }

describe.each(ledgerKinds)('changeState() with %s', kind => {
  it('changes the state and writes its history', async () => {
    const ledger = await withAda(kind)
    expect(await ledger.write(db => changeState(db, { subscriberId: 1, to: 'bounced', ...by }))).toEqual({
      kind: 'changed',
      from: 'subscribed',
    })
    expect(await stateOf(ledger)).toMatchObject({ state: 'bounced', epoch: 0 })
    expect(await ledger.db.selectFrom('subscriberEvents').selectAll().execute()).toEqual([
      { id: 1, subscriberId: 1, fromState: 'subscribed', toState: 'bounced', ...by },
    ])
  })

  it('lets nobody come back without their own word, and then makes their older links void', async () => {
    const ledger = await withAda(kind, 'unsubscribed')
    const back = { subscriberId: 1, to: 'subscribed', ...by } as const
    expect(await ledger.write(db => changeState(db, back))).toEqual({ kind: 'refused', from: 'unsubscribed' })
    expect(await ledger.db.selectFrom('subscriberEvents').selectAll().execute()).toEqual([])
    expect(await ledger.write(db => changeState(db, { ...back, consent }))).toEqual({ kind: 'changed', from: 'unsubscribed' })
    expect(await stateOf(ledger)).toEqual({ state: 'subscribed', epoch: 1, confirmedAt: consent.at, proofJson: JSON.stringify(consent) })
  })

  it('leaves somebody who unsubscribed as they are when their mailbox bounces', async () => {
    const ledger = await withAda(kind, 'unsubscribed')
    expect(await ledger.write(db => changeState(db, { subscriberId: 1, to: 'bounced', ...by }))).toEqual({
      kind: 'refused',
      from: 'unsubscribed',
    })
    expect(await stateOf(ledger)).toMatchObject({ state: 'unsubscribed' })
  })

  it('knows nobody who is not there', async () => {
    const ledger = await ledgers.newLedger(kind)
    expect(await ledger.write(db => changeState(db, { subscriberId: 7, to: 'bounced', ...by }))).toEqual({ kind: 'unknown' })
  })

  it('writes one line of history when many change the same person at once', async () => {
    const ledger = await withAda(kind)
    const results = await Promise.all(Array.from({ length: 12 }, () => unsubscribe(ledger, { subscriberId: 1, ...by })))
    expect(results.filter(changed => changed)).toHaveLength(1)
    expect(await ledger.db.selectFrom('subscriberEvents').select('toState').execute()).toEqual([{ toState: 'unsubscribed' }])
  })

  async function withAda(kindOfLedger: Ledger['kind'], state: 'subscribed' | 'unsubscribed' = 'subscribed'): Promise<Ledger> {
    const ledger = await ledgers.newLedger(kindOfLedger)
    await ledger.db.insertInto('subscribers').values(newSubscriber({ state })).execute()
    return ledger
  }
})

describe('changeKind()', () => {
  it('calls every change that brings more mail a return', () => {
    for (const from of subscriberStates)
      for (const to of subscriberStates) {
        const kind = changeKind(from, to)
        if (from === to) expect(kind).toBeNull()
        else if (isSuppressed(to)) expect(kind).not.toBe('return')
        else expect(kind === 'return' || kind === null).toBe(true)
      }
  })
})

async function stateOf(ledger: Ledger) {
  return ledger.db.selectFrom('subscribers').select(['state', 'epoch', 'confirmedAt', 'proofJson']).executeTakeFirstOrThrow()
}
