import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Ledger } from '../../src/ledger/ledger.ts'
import type { NewSubscriber } from '../../src/ledger/tables.ts'
import { addSubscriber, type NewPerson } from '../../src/subscribers/add-subscriber.ts'
import { attributesJson } from '../../src/subscribers/attributes.ts'
import { withGuard, withoutGuard } from '../../src/subscribers/cell-guard.ts'
import { type ExportFormat, exportSubscribers } from '../../src/subscribers/export-subscribers.ts'
import { forgetPerson } from '../../src/subscribers/forget-person.ts'
import { pageSubscribers } from '../../src/subscribers/page-subscribers.ts'
import { removeSubscribers } from '../../src/subscribers/remove-subscribers.ts'
import { segmentOf } from '../../src/subscribers/segment-of.ts'
import { subscriberStats } from '../../src/subscribers/subscriber-stats.ts'
import { tagAddresses, tagSegment } from '../../src/subscribers/tag-subscribers.ts'
import { tagsJson } from '../../src/subscribers/tags.ts'
import { type LeaveReason, writeLeaveReason } from '../../src/subscribers/write-leave-reason.ts'
import { everybody, importFile, outcomesOf } from './import-file.ts'
import { ledgerKinds, useLedgers } from './ledgers.ts'
import { newSubscriber } from './new-subscriber.ts'

const ledgers = useLedgers()
const at = Date.parse('2026-02-01T00:00:00Z')
const config = { segments: {}, site: { timeZone: 'UTC' } }

const ada: NewPerson = {
  list: 'digest',
  address: 'Ada@Reader.example',
  name: 'Ada',
  language: 'en',
  tags: ['press'],
  attributes: new Map([['city', 'Ulm']]),
  consent: null,
  source: 'command line',
  at,
}

describe.each(ledgerKinds)('the list with %s', kind => {
  it('takes in a person once, and adds to what is known of them', async () => {
    const ledger = await ledgers.newLedger(kind)
    expect(await addSubscriber(ledger, ada)).toEqual({ kind: 'added', address: 'ada@reader.example', state: 'subscribed' })
    expect(await addSubscriber(ledger, ada)).toMatchObject({ kind: 'unchanged' })
    const more = { ...ada, address: ' ADA@reader.example', name: 'Ada L.', language: null, tags: ['berlin'], attributes: new Map() }
    expect(await addSubscriber(ledger, more)).toMatchObject({ kind: 'updated' })
    expect(await everybody(ledger)).toEqual([
      {
        address: 'ada@reader.example',
        name: 'Ada L.',
        language: 'en',
        tagsJson: '["berlin","press"]',
        attributesJson: '{"city":"Ulm"}',
        state: 'subscribed',
      },
    ])
    await expect(addSubscriber(ledger, { ...ada, address: 'a@x.test, b@y.test' })).rejects.toMatchObject({ code: 'address-invalid' })
  })

  it('takes people off, all of the named ones or nobody, and puts them back only on their word', async () => {
    const ledger = await ledgers.newLedger(kind)
    await addSubscriber(ledger, ada)
    const request = { list: 'digest', why: 'asked', source: 'command line', at }
    await expect(
      removeSubscribers(ledger, { ...request, addresses: ['ada@reader.example', 'nobody@reader.example'] }),
    ).rejects.toMatchObject({
      code: 'subscriber-unknown',
    })
    expect(await everybody(ledger)).toMatchObject([{ state: 'subscribed' }])
    const addresses = ['ADA@reader.example']
    expect(await removeSubscribers(ledger, { ...request, addresses })).toEqual([
      { address: 'ada@reader.example', from: 'subscribed', changed: true },
    ])
    expect(await removeSubscribers(ledger, { ...request, addresses })).toMatchObject([{ from: 'unsubscribed', changed: false }])
    await expect(addSubscriber(ledger, ada)).rejects.toMatchObject({ code: 'subscriber-suppressed' })
    expect(await addSubscriber(ledger, { ...ada, consent: 'asked by letter' })).toMatchObject({ kind: 'returned', state: 'subscribed' })
    expect(await ledger.db.selectFrom('subscriberEvents').select(['toState', 'why']).orderBy('id').execute()).toEqual([
      { toState: 'subscribed', why: 'added by hand' },
      { toState: 'unsubscribed', why: 'asked' },
      { toState: 'subscribed', why: 'asked by letter' },
    ])
  })

  it('tags by segment over many pages, and by address', async () => {
    const ledger = await ledgers.newLedger(kind)
    await importFile(
      ledger,
      `email,tags\n${Array.from({ length: 2300 }, (_, index) => `r${index}@${index % 2 === 0 ? 'even' : 'odd'}.test,`).join('\n')}`,
    )
    const request = { list: 'digest', tags: ['vip'], onProgress: () => {} }
    const even = segmentOf(config, 'domain = even.test')
    expect(await tagSegment(ledger, even, { ...request, action: 'tag' })).toEqual({ found: 1150, changed: 1150 })
    expect(await tagSegment(ledger, even, { ...request, action: 'tag' })).toEqual({ found: 1150, changed: 0 })
    expect(await tagAddresses(ledger, ['r0@even.test', 'r1@odd.test', 'x@y.test'], { ...request, action: 'untag' })).toEqual({
      found: 2,
      changed: 1,
      unknown: ['x@y.test'],
    })
    const tagged = []
    for await (const page of pageSubscribers(ledger, { list: 'digest', segment: segmentOf(config, 'tag = vip') })) tagged.push(...page)
    expect(tagged).toHaveLength(1149)
  })

  it('exports what an import brings back as it was, whatever people are called', async () => {
    const line = fc
      .string({
        unit: fc.constantFrom('a', 'Ö', ' ', '"', "'", '=', '+', '-', '@', ',', ';', '{', '\\', '🧑‍🚀', 'می\u200cخواهم'),
        maxLength: 8,
      })
      .map(text => text.trim())
    const person = fc.record({
      name: line.map(text => text.replace(/ {2,}/g, ' ') || null),
      language: fc.constantFrom(null, 'de', 'pt-BR'),
      tags: fc.subarray(['berlin', '=1+1', 'press room', "o'hara", '-x']),
      attributes: fc.dictionary(
        fc.constantFrom('city', '__proto__', 'constructor', 'x_1'),
        line.map(text => text.replace(/ {2,}/g, ' ')),
      ),
      state: fc.constantFrom('pending' as const, 'subscribed' as const, 'unsubscribed' as const, 'bounced' as const, 'complained' as const),
      joinedAt: fc.integer({ min: 0, max: 1_800_000_000_000 }),
      confirmedAt: fc.option(fc.integer({ min: 0, max: 1_800_000_000_000 }), { nil: null }),
    })
    const people = fc.sample(person, { numRuns: 120, seed: 7 }).map(
      ({ tags, attributes, ...each }, index): NewSubscriber =>
        newSubscriber({
          ...each,
          address: `${['=', '+', '-', ''][index % 4]}r${index}@reader.example`,
          tagsJson: tagsJson(tags),
          attributesJson: attributesJson(new Map(Object.entries(attributes))),
          proofJson: JSON.stringify({ how: `=asked, "${index}"` }),
        }),
    )
    const first = await ledgers.newLedger(kind)
    await first.db.insertInto('subscribers').values(people).execute()
    for (const format of ['csv', 'json-lines'] as const) {
      const second = await ledgers.newLedger(kind)
      const name = format === 'csv' ? 'list.csv' : 'list.jsonl'
      const report = await importFile(second, await exported(first, format), { name, rules: { consent: null } })
      expect(outcomesOf(report)).toEqual({ new: people.length })
      const times = (ledger: Ledger) => ledger.db.selectFrom('subscribers').select(['joinedAt', 'confirmedAt']).orderBy('address').execute()
      expect(await everybody(second)).toEqual(await everybody(first))
      expect(await times(second)).toEqual(await times(first))
    }
  })

  it('forgets a person on every list, keeps the sums of what was sent, and lets no import bring them back', async () => {
    const ledger = await ledgers.newLedger(kind)
    await addSubscriber(ledger, ada)
    await addSubscriber(ledger, { ...ada, list: 'press' })
    await sendTo(ledger, 1)
    await ledger.db.insertInto('leaveReasons').values({ subscriberId: 1, at, reason: 'other', note: 'Ada moved to Ulm' }).execute()
    expect(await forgetPerson(ledger, 'ada@reader.example', at)).toEqual({ lists: ['digest', 'press'], deliveries: 2 })
    expect(await everything(ledger)).not.toMatch(/ada|reader\.example.*smtp|Ulm/i)
    expect(await ledger.db.selectFrom('deliveries').select(['state', 'address']).orderBy('id').execute()).toEqual([
      { state: 'accepted', address: '' },
      { state: 'suppressed', address: '' },
    ])
    expect(outcomesOf(await importFile(ledger, 'email\nAda@reader.example\n'))).toEqual({ forgotten: 1 })
    await expect(addSubscriber(ledger, ada)).rejects.toThrow('they asked to be forgotten')
    expect(await addSubscriber(ledger, { ...ada, consent: 'wrote again' })).toMatchObject({ kind: 'added' })
    expect(await forgetPerson(ledger, 'nobody@reader.example', at)).toEqual({ lists: [], deliveries: 0 })
    expect(outcomesOf(await importFile(ledger, 'email\nnobody@reader.example\n'))).toEqual({ forgotten: 1 })
  })

  it('counts states, languages, tags, domains and months', async () => {
    const ledger = await ledgers.newLedger(kind)
    const text =
      'email,language,tags,state,joined_at\na@x.test,de,"a,b",,2026-01-31T23:59:59Z\nb@x.test,,a,,2026-02-01\nc@y.test,de,c,unsubscribed,2024-01-01\n'
    await importFile(ledger, text)
    await removeSubscribers(ledger, { list: 'digest', addresses: ['b@x.test'], why: 'x', source: 'y', at })
    const stats = await subscriberStats(ledger, 'digest', null, at)
    expect(stats.states).toEqual({ pending: 0, subscribed: 1, unsubscribed: 2, bounced: 0, complained: 0 })
    expect(stats.languages).toEqual([{ value: 'de', count: 1 }])
    expect(stats.tags).toEqual([
      { value: 'a', count: 1 },
      { value: 'b', count: 1 },
    ])
    expect(stats.domains).toEqual([{ value: 'x.test', count: 1 }])
    expect(stats.months.slice(0, 3)).toEqual([
      { month: '2026-02', joined: 1, left: 1 },
      { month: '2026-01', joined: 1, left: 0 },
      { month: '2025-12', joined: 0, left: 0 },
    ])
    expect(stats.months).toHaveLength(12)
    expect(stats.reasons).toEqual([])
    expect((await subscriberStats(ledger, 'digest', segmentOf(config, 'tag = c'), at)).states).toMatchObject({
      subscribed: 0,
      unsubscribed: 1,
    })
  })
})

describe.each(ledgerKinds)('why people leave, with %s', kind => {
  it('is counted by reason, of the last twelve months and of the segment', async () => {
    const ledger = await ledgers.newLedger(kind)
    await importFile(ledger, 'email,tags\na@x.test,press\nb@x.test,\nc@x.test,\n')
    await removeSubscribers(ledger, { list: 'digest', addresses: ['a@x.test', 'b@x.test'], why: 'x', source: 'y', at })
    const say = (subscriberId: number, reason: LeaveReason, when: number) =>
      writeLeaveReason(ledger, { subscriberId, reason, note: null, at: when, leftSince: at })
    expect(await say(1, 'too-many', at + 1)).toBe(true)
    expect(await say(1, 'never-asked', at + 2)).toBe(true)
    expect(await say(2, 'never-asked', at + 3)).toBe(true)
    expect(await say(3, 'other', at)).toBe(false)
    expect(await say(999, 'other', at)).toBe(false)
    const counted = async (segment: string | null, now = at) =>
      (await subscriberStats(ledger, 'digest', segment === null ? null : segmentOf(config, segment), now)).reasons
    expect(await counted(null)).toEqual([{ value: 'never-asked', count: 2 }])
    expect(await counted('tag = press')).toEqual([{ value: 'never-asked', count: 1 }])
    expect(await counted(null, Date.parse('2027-03-01T00:00:00Z'))).toEqual([])
  })

  it('is kept once, when somebody answers twice at the same time', async () => {
    const ledger = await ledgers.newLedger(kind)
    await addSubscriber(ledger, ada)
    await removeSubscribers(ledger, { list: 'digest', addresses: ['ada@reader.example'], why: 'x', source: 'y', at })
    const say = () => writeLeaveReason(ledger, { subscriberId: 1, reason: 'other', note: null, at, leftSince: at })
    expect(await Promise.all([say(), say(), say(), say()])).toEqual([true, true, true, true])
    expect(await ledger.db.selectFrom('leaveReasons').select('reason').execute()).toEqual([{ reason: 'other' }])
  })
})

describe('withGuard()', () => {
  it('keeps a spreadsheet from running a cell, and is undone exactly', () => {
    expect(['=1+1', '+49', '-x', '@a', "'=1", 'a=1'].map(withGuard)).toEqual(["'=1+1", "'+49", "'-x", "'@a", "''=1", 'a=1'])
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("'", '=', '+', 'a', '\t') }), cell => {
        expect(withoutGuard(withGuard(cell))).toBe(cell)
      }),
    )
  })
})

async function exported(ledger: Ledger, format: ExportFormat): Promise<string> {
  let text = ''
  for await (const chunk of exportSubscribers(ledger, { list: 'digest', segment: null }, format)) text += chunk
  return text
}

/** An accepted delivery with an attempt and a bounce, and one that waits. */
async function sendTo({ db }: Ledger, subscriberId: number): Promise<void> {
  for (const [edition, state] of [
    ['2026-w05', 'accepted'],
    ['2026-w06', 'pending'],
  ] as const) {
    const { id: sendingId } = await db
      .insertInto('sendings')
      .values({ list: 'digest', edition, kind: 'edition', round: 0, hashesJson: '{}', state: 'running' })
      .returning('id')
      .executeTakeFirstOrThrow()
    const { id: deliveryId } = await db
      .insertInto('deliveries')
      .values({
        sendingId,
        subscriberId,
        address: 'ada@reader.example',
        domain: 'other.example',
        state,
        changedAt: at,
        reply: '250 <ada@reader.example>',
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await db
      .insertInto('attempts')
      .values({ deliveryId, at, relay: 'r', outcome: 'accepted', text: '250 to <ada@reader.example>' })
      .execute()
    await db
      .insertInto('bounces')
      .values({
        digest: edition,
        at,
        kind: 'soft',
        address: 'ada@reader.example',
        subscriberId,
        decision: 'refused by main: 550 5.1.1 <ada@reader.example> is unknown',
        detail: 'ada@reader.example is full',
      })
      .execute()
  }
}

/** Every table but the digests, as text. */
async function everything({ db }: Ledger): Promise<string> {
  const tables = ['subscribers', 'subscriberEvents', 'deliveries', 'attempts', 'bounces', 'leaveReasons', 'signUps'] as const
  return JSON.stringify(await Promise.all(tables.map(table => db.selectFrom(table).selectAll().execute())))
}
