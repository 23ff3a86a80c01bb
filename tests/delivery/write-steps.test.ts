import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Candidate } from '../../src/delivery/sending.ts'
import { type Settlement, writeStepGroup } from '../../src/delivery/write-step-group.ts'
import { createStepWriter } from '../../src/delivery/write-steps.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { openLedger } from '../../src/ledger/open-ledger.ts'
import { unsubscribe } from '../../src/subscribers/change-state.ts'
import { createLedger } from './engine.ts'
import { readOrder, startOrderLog } from './kill-harness/order-log.ts'
import { type Create, onBoth } from './on-both.ts'
import { prepare } from './scenario.ts'
import { usualSoftLimits } from './simple-job.ts'

const owner = 77

async function readAll(ledger: Ledger): Promise<readonly Candidate[]> {
  const rows = await ledger.db.selectFrom('deliveries').selectAll().orderBy('id').execute()
  return rows.map(({ id, subscriberId, address, domain, attempts, variant }) => ({
    id,
    subscriber: subscriberId,
    address,
    domain,
    attempts,
    variant,
    name: null,
    epoch: 0,
    subscriberState: 'subscribed',
  }))
}

const writerOf = (ledger: Ledger, who = owner) =>
  createStepWriter({
    commit: steps => writeStepGroup(ledger, { steps, owner: who, now: Date.now(), softLimits: usualSoftLimits }),
    isBeside: false,
    connections: 20,
  })

function settlementOf({ id, subscriber, address }: Candidate, changes: Partial<Settlement> = {}): Settlement {
  return {
    delivery: id,
    subscriber,
    address,
    state: 'accepted',
    attempts: 1,
    nextAttemptAt: null,
    relay: 'relay1',
    queueId: 'Q1',
    outcome: 'accepted',
    stage: 'message',
    code: 250,
    enhanced: null,
    text: 'Ok',
    milliseconds: 12.7,
    after: 'stays',
    ...changes,
  }
}

async function begin(create: Create, readers: number) {
  const prepared = await prepare(create, readers)
  return { ...prepared, candidates: await readAll(prepared.ledger), steps: writerOf(prepared.ledger) }
}

const stateOf = async ({ db }: Ledger, { id }: Candidate) =>
  db.selectFrom('deliveries').select(['state', 'owner', 'queueId']).where('id', '=', id).executeTakeFirstOrThrow()

onBoth('createStepWriter()', create => {
  it('claims what is pending, once', async () => {
    const { ledger, candidates, steps } = await begin(create, 2)
    const [one, two] = candidates as [Candidate, Candidate]
    expect(await steps.write({ settle: null, claim: one })).toBe('claimed')
    expect(await stateOf(ledger, one)).toMatchObject({ state: 'sending', owner })
    expect(await steps.write({ settle: null, claim: one })).toBe('gone')
    await ledger.db.updateTable('deliveries').set({ owner: 99 }).where('id', '=', two.id).execute()
    expect(await steps.write({ settle: null, claim: two })).toBe('gone')
  })

  it.each(['unsubscribed', 'bounced', 'complained', 'pending'] as const)('suppresses who has become %s since the snapshot', async state => {
    const { ledger, candidates, steps } = await begin(create, 1)
    const [one] = candidates as [Candidate]
    await ledger.db.updateTable('subscribers').set({ state }).execute()
    expect(await steps.write({ settle: null, claim: one })).toBe('suppressed')
    expect(await stateOf(ledger, one)).toMatchObject({ state: 'suppressed', owner: null })
  })

  it('suppresses whom the list has forgotten', async () => {
    const { ledger, candidates, steps } = await begin(create, 1)
    await ledger.db.deleteFrom('subscribers').execute()
    expect(await steps.write({ settle: null, claim: candidates[0] ?? null })).toBe('suppressed')
  })

  it('settles what it has claimed with its attempt, and claims the next in the same commit', async () => {
    const { ledger, candidates, steps } = await begin(create, 2)
    const [one, two] = candidates as [Candidate, Candidate]
    await steps.write({ settle: null, claim: one })
    expect(await steps.write({ settle: settlementOf(one), claim: two })).toBe('claimed')
    expect(await stateOf(ledger, one)).toMatchObject({ state: 'accepted', owner: null, queueId: 'Q1' })
    const tries = await ledger.db.selectFrom('attempts').selectAll().execute()
    expect(tries).toMatchObject([{ deliveryId: one.id, outcome: 'accepted', code: 250, text: 'Ok', milliseconds: 13 }])
  })

  it("settles an outcome once, and never what is another worker's", async () => {
    const { ledger, candidates, steps } = await begin(create, 2)
    const [one, two] = candidates as [Candidate, Candidate]
    await steps.write({ settle: null, claim: one })
    await steps.write({ settle: settlementOf(one), claim: null })
    await steps.write({ settle: settlementOf(one, { state: 'deferred', nextAttemptAt: 5 }), claim: null })
    await writerOf(ledger, 88).write({ settle: null, claim: two })
    await steps.write({ settle: settlementOf(two), claim: null })
    expect([(await stateOf(ledger, one)).state, (await stateOf(ledger, two)).state]).toEqual(['accepted', 'sending'])
    expect(await ledger.db.selectFrom('attempts').select('id').execute()).toHaveLength(1)
  })

  it('writes the steps of many connections, whatever they are, each in its own right', async () => {
    const { ledger, candidates, steps } = await begin(create, 200)
    const claims = await Promise.all(candidates.map(claim => steps.write({ settle: null, claim })))
    expect(new Set(claims)).toEqual(new Set(['claimed']))
    const states = ['accepted', 'deferred', 'rejected', 'uncertain', 'pending'] as const
    await Promise.all(
      candidates.map((each, index) => steps.write({ settle: settlementOf(each, { state: states[index % 5] ?? 'accepted' }), claim: null })),
    )
    const rows = await ledger.db.selectFrom('deliveries').select('state').orderBy('id').execute()
    expect(rows.map(({ state }) => state)).toEqual(candidates.map((_, index) => states[index % 5]))
  })
})

onBoth('an unsubscription that is committed before the claim', create => {
  it('always wins', async () => {
    const { ledger, place, candidates } = await begin(create, 300)
    await startOrderLog(ledger)
    const other = await openLedger(place)
    try {
      const steps = writerOf(ledger)
      // Both go through the list at once, and so meet again and again.
      const leave = async () => {
        for (const [index, { subscriber: subscriberId }] of candidates.entries()) {
          await unsubscribe(other, { subscriberId, why: 'asked', source: 'one-click', at: Date.now() })
          if (index % 5 === 4) await sleep(4)
        }
      }
      const claimAll = async () => {
        for (let at = 0; at < candidates.length; at += 5)
          await Promise.all(candidates.slice(at, at + 5).map(claim => steps.write({ settle: null, claim })))
      }
      await Promise.all([leave(), claimAll()])
      const order = await readOrder(ledger)
      expect(order.claimedAfterLeaving).toEqual([])
      expect(order.leftBefore + order.leftAfter).toBe(300)
      expect(order.leftAfter).toBeGreaterThan(0)
    } finally {
      await other.close()
    }
  })
})

describe('a claim', () => {
  it('is refused to exactly those who have left, in any mixture', async () => {
    const { ledger, candidates } = await begin(() => createLedger(), 30)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }), async leaves => {
        await ledger.db.updateTable('deliveries').set({ state: 'pending', owner: null }).execute()
        await ledger.db.updateTable('subscribers').set({ state: 'subscribed' }).execute()
        const left = candidates.filter((_, index) => leaves[index]).map(({ subscriber }) => subscriber)
        if (left.length > 0) await ledger.db.updateTable('subscribers').set({ state: 'unsubscribed' }).where('id', 'in', left).execute()
        const steps = writerOf(ledger)
        const claims = await Promise.all(candidates.map(claim => steps.write({ settle: null, claim })))
        expect(claims).toEqual(leaves.map(hasLeft => (hasLeft ? 'suppressed' : 'claimed')))
      }),
      { numRuns: 25 },
    )
  })
})
