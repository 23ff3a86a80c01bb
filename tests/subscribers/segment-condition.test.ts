import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { subscriberStates } from '../../src/ledger/tables.ts'
import { attributesJson } from '../../src/subscribers/attributes.ts'
import type { SegmentCondition, SegmentedSubscriber, SegmentField } from '../../src/subscribers/segment.ts'
import { subscriberFilter } from '../../src/subscribers/segment-condition.ts'
import { segmentOf } from '../../src/subscribers/segment-of.ts'
import { tagsJson } from '../../src/subscribers/tags.ts'
import { evaluateSegment } from './evaluate-segment.ts'
import { ledgerKinds, useLedgers } from './ledgers.ts'
import { newSubscriber } from './new-subscriber.ts'

const ledgers = useLedgers()

const tag = fc.constantFrom('berlin', 'press', "o'hara", '%', '"', 'тег', '1', "'); drop table subscribers; --", '\\', 'a b')
const attributeName = fc.constantFrom('city', '__proto__', 'constructor', '1', 'a.b', 'größe', '-x_')
const value = fc.oneof(tag, fc.constantFrom('', 'New York', '{}', '[1]', 'null', 'true', '🧑‍🚀'))
const language = fc.constantFrom('de', 'de-AT', 'en', 'pt-BR', 'fa')
const domain = fc.constantFrom('x.test', 'gmail.com', 'xn--bcher-kva.example')
const instant = fc.integer({ min: 1_760_000_000_000, max: 1_760_000_000_010 })
const name = fc.option(fc.oneof(value, fc.constant('Ada Lovelace')), { nil: null })

const subscriber: fc.Arbitrary<Omit<SegmentedSubscriber, 'address'>> = fc.record({
  domain,
  name,
  language: fc.option(language, { nil: null }),
  tags: fc.uniqueArray(tag, { maxLength: 4 }),
  attributes: fc
    .uniqueArray(fc.tuple(attributeName, value), { maxLength: 4, selector: ([key]) => key })
    .map(entries => new Map(entries.filter(([, each]) => each !== ''))),
  state: fc.constantFrom(...subscriberStates),
  joinedAt: instant,
  confirmedAt: fc.option(instant, { nil: null }),
})

const field: fc.Arbitrary<SegmentField> = fc.oneof(
  fc.record({ kind: fc.constantFrom('tag', 'language', 'domain', 'address', 'name', 'state') }),
  fc.record({ kind: fc.constant('attribute' as const), name: attributeName }),
) as fc.Arbitrary<SegmentField>

const anyValue = fc.oneof(
  value,
  language.map(each => each.toLowerCase()),
  domain,
  fc.constantFrom(...subscriberStates),
  fc.constant('3@x.test'),
)

const { condition } = fc.letrec<{ condition: SegmentCondition }>(tie => ({
  condition: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.record({ kind: fc.constant('is' as const), field, values: fc.array(anyValue, { minLength: 1, maxLength: 3 }) }),
    fc.record({ kind: fc.constant('has' as const), field }),
    fc.record({ kind: fc.constant('time' as const), field: fc.constantFrom('joinedAt' as const, 'confirmedAt' as const), before: instant }),
    fc.record({ kind: fc.constant('time' as const), field: fc.constantFrom('joinedAt' as const, 'confirmedAt' as const), from: instant }),
    fc.record({ kind: fc.constant('not' as const), part: tie('condition') }),
    fc.record({ kind: fc.constantFrom('all' as const, 'any' as const), parts: fc.array(tie('condition'), { minLength: 2, maxLength: 3 }) }),
  ),
}))

describe.each(ledgerKinds)('subscriberFilter() with %s', kind => {
  it('finds exactly those of whom the condition is true', async () => {
    const { db } = await ledgers.newLedger(kind)
    const people = fc.sample(subscriber, { numRuns: 200, seed: 4 }).map((each, index) => ({ ...each, address: `${index}@${each.domain}` }))
    const rows = people.map(({ tags, attributes, ...each }) =>
      newSubscriber({ ...each, tagsJson: tagsJson(tags), attributesJson: attributesJson(attributes) }),
    )
    await db.insertInto('subscribers').values(rows).execute()
    await fc.assert(
      fc.asyncProperty(condition, async each => {
        const segment = { expression: '', condition: each }
        const found = await db.selectFrom('subscribers').select('address').where(subscriberFilter(segment, kind)).orderBy('id').execute()
        expect(found.map(({ address }) => address)).toEqual(
          people.filter(person => evaluateSegment(each, person)).map(({ address }) => address),
        )
      }),
      { numRuns: 1000 },
    )
  })

  it('works inside of a query that snapshots recipients, and finds everybody without a segment', async () => {
    const { db } = await ledgers.newLedger(kind)
    await db
      .insertInto('subscribers')
      .values([newSubscriber({ tagsJson: '["berlin"]' }), newSubscriber({ address: 'bo@reader.example' })])
      .execute()
    const find = (expression?: string) =>
      db
        .selectFrom('subscribers')
        .select('subscribers.id')
        .where('list', '=', 'digest')
        .where('state', '=', 'subscribed')
        .where(subscriberFilter(segmentOf({ segments: {}, site: { timeZone: 'UTC' } }, expression), kind))
        .execute()
    expect(await find('tag = berlin and language != de')).toEqual([{ id: 1 }])
    expect(await find()).toHaveLength(2)
  })
})
