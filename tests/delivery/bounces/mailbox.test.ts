import { describe, expect, it } from 'vitest'
import type { IncomingContext, IncomingEntry } from '../../../src/delivery/bounces/incoming.ts'
import { createMessageIdIndex } from '../../../src/delivery/bounces/read-message-ids.ts'
import { runMailbox } from '../../../src/delivery/bounces/run-mailbox.ts'
import type { Ledger } from '../../../src/ledger/ledger.ts'
import type { DeliveryRow } from '../../../src/ledger/tables.ts'
import { createLinkToken } from '../../../src/message/link-token.ts'
import { messageId } from '../../../src/message/message-id.ts'
import { verpAddress } from '../../../src/message/verp.ts'
import { forgetPerson } from '../../../src/subscribers/forget-person.ts'
import { secretOf } from '../../message/secret-of.ts'
import { ledgerKinds, useLedgers } from '../../subscribers/ledgers.ts'
import { addReaders, takeSnapshot } from '../engine.ts'
import { bounceAbout, complaintAbout, letter } from './mail-about.ts'

const now = Date.parse('2026-02-09T12:00:00Z')
const day = 86_400_000
const secret = secretOf('one')
const { newLedger } = useLedgers()

const usual: IncomingContext = {
  list: 'digest',
  secret,
  now,
  findByMessageId: createMessageIdIndex('digest'),
  softLimit: 3,
  softWithin: 30 * day,
  expectsSignature: false,
}

/** A ledger with deliveries to these people, accepted an hour ago. */
async function ledgerWith(
  kind: Ledger['kind'],
  addresses: readonly string[],
  changes: Partial<Pick<DeliveryRow, 'state' | 'changedAt' | 'attempts' | 'owner'>> = {},
) {
  const ledger = await newLedger(kind)
  await addReaders(ledger, addresses)
  const sending = await takeSnapshot(ledger, { now: now - day })
  const set = { state: 'accepted' as const, changedAt: now - 3_600_000, ...changes }
  await ledger.db.updateTable('deliveries').set(set).where('sendingId', '=', sending.id).execute()
  const rows = await ledger.db.selectFrom('deliveries').selectAll().where('sendingId', '=', sending.id).execute()
  const deliveryTo = (address: string) => rows.find(each => each.address === address)?.id ?? 0
  return { ledger, deliveryTo, pathTo: (address: string) => verpAddress('bounces@example.com', deliveryTo(address), secret) }
}

async function take(
  ledger: Ledger,
  messages: readonly Uint8Array[],
  changes: Partial<IncomingContext> & { readonly dryRun?: boolean } = {},
) {
  const { dryRun = false, ...context } = changes
  const entries: IncomingEntry[] = []
  await runMailbox({
    ledger,
    messages: (async function* () {
      for (const [index, bytes] of messages.entries()) yield { source: `message ${index}`, bytes }
    })(),
    context: { ...usual, findByMessageId: createMessageIdIndex('digest'), ...context },
    dryRun,
    onMessage: each => void entries.push(...each),
  })
  return entries
}

async function stateOf(ledger: Ledger, address: string) {
  return (await ledger.db.selectFrom('subscribers').select('state').where('address', '=', address).executeTakeFirstOrThrow()).state
}

const ada = 'ada@reader.example'
const bob = 'bob@reader.example'

describe.each(ledgerKinds)('runMailbox() on %s', kind => {
  it('marks a subscriber bounced by the signed return path, whatever address the report names', async () => {
    const { ledger, pathTo, deliveryTo } = await ledgerWith(kind, [ada, bob])
    const [entry] = await take(ledger, [bounceAbout({ address: 'forwarded@elsewhere.example', to: pathTo(ada).toUpperCase() })])
    expect(entry).toMatchObject({
      kind: 'hard',
      matchedBy: 'verp',
      delivery: deliveryTo(ada),
      address: ada,
      edition: '2026-w06',
      changedTo: 'bounced',
    })
    expect([await stateOf(ledger, ada), await stateOf(ledger, bob)]).toEqual(['bounced', 'subscribed'])
    const events = await ledger.db.selectFrom('subscriberEvents').selectAll().execute()
    expect(events).toMatchObject([{ toState: 'bounced', source: 'bounces', why: expect.stringContaining('5.1.1') }])
  })

  it('asks return path, header, Message-ID and address in this order', async () => {
    const { ledger, pathTo, deliveryTo } = await ledgerWith(kind, [ada, bob])
    const header = String(deliveryTo(bob))
    const ours = messageId('2026-w06', bob, 'example.com')
    const all = { address: bob, status: '4.2.2', deliveryHeader: header, messageId: ours }
    const entries = await take(ledger, [
      bounceAbout({ ...all, id: '1', to: pathTo(ada) }),
      bounceAbout({ ...all, id: '2' }),
      bounceAbout({ address: bob, status: '4.2.2', id: '3', messageId: ours }),
      bounceAbout({ address: bob, status: '4.2.2', id: '4' }),
    ])
    expect(entries.map(({ matchedBy, address }) => [matchedBy, address])).toEqual([
      ['verp', ada],
      ['header', bob],
      ['message-id', bob],
      ['address', bob],
    ])
  })

  it('finds a message by Message-ID alone, where a server has rewritten the address', async () => {
    const people = Array.from({ length: 30 }, (_, index) => `r${index}@reader.example`)
    const { ledger } = await ledgerWith(kind, people)
    const entries = await take(
      ledger,
      people.map((each, index) =>
        bounceAbout({ address: `x${index}@backend.example`, id: `r${index}`, messageId: messageId('2026-w06', each, 'old.example') }),
      ),
    )
    expect(entries.map(({ matchedBy, address }) => [matchedBy, address])).toEqual(people.map(each => ['message-id', each]))
    expect(
      await take(ledger, [
        bounceAbout({ address: 'x@y.example', id: 'no', messageId: messageId('2026-w06', 'nobody@reader.example', 'example.com') }),
      ]),
    ).toMatchObject([{ kind: 'nothing', matchedBy: null, decision: expect.stringMatching(/names no message of ours/) }])
  })

  it('believes a number in our header only together with the address or the Message-ID', async () => {
    const { ledger, deliveryTo } = await ledgerWith(kind, [ada, bob])
    const guess = { deliveryHeader: String(deliveryTo(ada)) }
    const [forged, complaint] = await take(ledger, [
      bounceAbout({ ...guess, address: 'mallory@evil.example', id: '1' }),
      complaintAbout({ ...guess, address: '', id: '2' }),
    ])
    expect([forged, complaint]).toMatchObject([
      { kind: 'nothing', matchedBy: null },
      { kind: 'nothing', matchedBy: null },
    ])
    expect(await stateOf(ledger, ada)).toBe('subscribed')
    const [redacted] = await take(ledger, [
      complaintAbout({ ...guess, address: '', id: '3', messageId: messageId('2026-w06', ada, 'example.com') }),
    ])
    expect(redacted).toMatchObject({ kind: 'complaint', matchedBy: 'header', changedTo: 'complained' })
  })

  it('lets what is not signed count only for a message that was accepted in the last 30 days', async () => {
    const old = await ledgerWith(kind, [ada], { changedAt: now - 31 * day })
    const rejected = await ledgerWith(kind, [ada], { state: 'rejected' })
    expect(await take(old.ledger, [bounceAbout({ address: ada })])).toMatchObject([{ kind: 'nothing', changedTo: null }])
    expect(await take(rejected.ledger, [bounceAbout({ address: ada })])).toMatchObject([{ kind: 'nothing', changedTo: null }])
    expect(await take(old.ledger, [bounceAbout({ address: ada, id: 'late', to: old.pathTo(ada) })])).toMatchObject([
      { kind: 'hard', changedTo: 'bounced' },
    ])
  })

  it('counts a hard bounce as soft where all return paths are signed and this one is not', async () => {
    const { ledger } = await ledgerWith(kind, [ada])
    const [entry] = await take(ledger, [bounceAbout({ address: ada })], { expectsSignature: true })
    expect(entry).toMatchObject({ kind: 'soft', changedTo: null, decision: expect.stringContaining('not signed') })
    expect(await stateOf(ledger, ada)).toBe('subscribed')
  })

  it('does nothing when the same message is read again, from another mailbox with other line breaks', async () => {
    const { ledger, pathTo } = await ledgerWith(kind, [ada])
    const bytes = bounceAbout({ address: ada, status: '4.2.2', to: pathTo(ada) })
    const copy = Buffer.from(`Delivered-To: elsewhere@example.com\n${Buffer.from(bytes).toString().replaceAll('\r\n', '\n')}\n`)
    const entries = await take(ledger, [bytes, bytes, copy])
    expect(entries.map(({ isKnown }) => isKnown)).toEqual([false, true, true])
    expect(await take(ledger, [copy])).toMatchObject([{ isKnown: true, changedTo: null }])
    expect(await ledger.db.selectFrom('bounces').selectAll().execute()).toHaveLength(1)
  })

  it.each([false, true])('turns the third soft bounce within 30 days hard, counting each message once (dry run: %s)', async dryRun => {
    const { ledger, pathTo } = await ledgerWith(kind, [ada])
    const paths = [pathTo(ada)]
    for (const edition of ['2026-w07', '2026-w08']) {
      const sending = await takeSnapshot(ledger, { edition, now: now - day })
      await ledger.db.updateTable('deliveries').set({ state: 'accepted' }).where('sendingId', '=', sending.id).execute()
      const { id } = await ledger.db.selectFrom('deliveries').select('id').where('sendingId', '=', sending.id).executeTakeFirstOrThrow()
      paths.push(verpAddress('bounces@example.com', id, secret))
    }
    const [first = '', second = '', third = ''] = paths
    const soft = (to: string, id: string) => bounceAbout({ address: ada, status: '4.2.2', to, id })
    const entries = await take(
      ledger,
      [soft(first, '1'), soft(first, '2'), soft(second, '3'), soft(second, '3'), soft(third, '4'), soft(third, '5')],
      { dryRun },
    )
    expect(entries.map(each => (each.isKnown ? 'known' : each.kind))).toEqual(['soft', 'soft', 'soft', 'known', 'hard', 'hard'])
    expect(entries.filter(({ changedTo }) => changedTo === 'bounced')).toHaveLength(1)
    expect(await stateOf(ledger, ada)).toBe(dryRun ? 'subscribed' : 'bounced')
    expect(await ledger.db.selectFrom('bounces').selectAll().execute()).toHaveLength(dryRun ? 0 : 5)
  })

  it('writes down nothing of whoever was forgotten when a message to them comes back', async () => {
    const { ledger, pathTo } = await ledgerWith(kind, [ada])
    const path = pathTo(ada)
    await forgetPerson(ledger, ada, now)
    const [entry] = await take(ledger, [bounceAbout({ address: ada, to: path, says: `550 5.1.1 <${ada}> is unknown` })])
    expect(entry).toMatchObject({ kind: 'hard', matchedBy: 'verp', address: '', changedTo: null })
    expect(JSON.stringify(await ledger.db.selectFrom('bounces').selectAll().execute())).not.toContain('ada')
  })

  it('leaves alone whoever has confirmed anew since the message', async () => {
    const { ledger, pathTo } = await ledgerWith(kind, [ada])
    await ledger.db
      .updateTable('subscribers')
      .set({ confirmedAt: now - 60_000 })
      .execute()
    expect(await take(ledger, [bounceAbout({ address: ada, to: pathTo(ada) })])).toMatchObject([
      { kind: 'nothing', decision: expect.stringContaining('confirmed anew') },
    ])
    expect(await stateOf(ledger, ada)).toBe('subscribed')
  })

  it.each(['failed', 'delayed'])('settles an uncertain delivery as accepted when a report comes back that it %s', async action => {
    const { ledger, pathTo, deliveryTo } = await ledgerWith(kind, [ada], { state: 'uncertain', attempts: 1, owner: 7 })
    const report = bounceAbout({ address: ada, to: pathTo(ada), action, status: action === 'failed' ? '5.1.1' : '4.4.1' })
    expect(await take(ledger, [report], { dryRun: true })).toMatchObject([{ settled: true }])
    expect(await ledger.db.selectFrom('deliveries').select('state').executeTakeFirst()).toEqual({ state: 'uncertain' })
    expect(await take(ledger, [report])).toMatchObject([{ settled: true }])
    expect(await ledger.db.selectFrom('deliveries').selectAll().execute()).toMatchObject([{ state: 'accepted', owner: null, attempts: 1 }])
    const attempts = await ledger.db.selectFrom('attempts').selectAll().execute()
    expect(attempts).toMatchObject([{ deliveryId: deliveryTo(ada), outcome: 'reconciled', at: now }])
  })

  it('does not settle an uncertain delivery by the address alone', async () => {
    const { ledger } = await ledgerWith(kind, [ada], { state: 'uncertain' })
    expect(await take(ledger, [bounceAbout({ address: ada })])).toMatchObject([{ kind: 'hard', settled: false }])
    expect(await ledger.db.selectFrom('deliveries').select('state').execute()).toEqual([{ state: 'uncertain' }])
  })

  it('takes off the list whoever asks by mail with the token of their link, and only once', async () => {
    const { ledger } = await ledgerWith(kind, [ada, bob])
    const { id } = await ledger.db.selectFrom('subscribers').select('id').where('address', '=', ada).executeTakeFirstOrThrow()
    const token = createLinkToken({ purpose: 'unsubscribe', list: 'digest', subscriber: id, epoch: 0 }, secret)
    const other = createLinkToken({ purpose: 'preferences', list: 'digest', subscriber: id, epoch: 0 }, secret)
    expect(await take(ledger, [letter(`unsubscribe ${other}`, 'a'), letter('unsubscribe me please', 'b')])).toMatchObject([
      { kind: 'nothing', changedTo: null },
      { kind: 'nothing', changedTo: null },
    ])
    expect(await take(ledger, [letter(`unsubscribe ${token}`)], { secret: null })).toMatchObject([{ kind: 'nothing' }])
    const encoded = `=?utf-8?Q?unsubscribe_${token.replaceAll('_', '=5F')}?=`
    expect(await take(ledger, [letter(encoded)])).toMatchObject([
      { kind: 'unsubscribe', address: ada, changedTo: 'unsubscribed', isKnown: false },
    ])
    expect(await stateOf(ledger, ada)).toBe('unsubscribed')
    await ledger.db.updateTable('subscribers').set({ state: 'subscribed' }).execute()
    expect(await take(ledger, [letter(encoded)])).toMatchObject([{ isKnown: true, changedTo: null }])
    expect(await stateOf(ledger, ada)).toBe('subscribed')
  })

  it('keeps for good that somebody complained, though their mailbox bounces later', async () => {
    const { ledger, pathTo } = await ledgerWith(kind, [ada])
    const entries = await take(ledger, [
      complaintAbout({ address: ada, to: pathTo(ada), id: '1' }),
      bounceAbout({ address: ada, to: pathTo(ada), id: '2' }),
    ])
    expect(entries.map(({ changedTo }) => changedTo)).toEqual(['complained', null])
    expect(await stateOf(ledger, ada)).toBe('complained')
  })

  it('takes nothing for a reason to act on: vacations, letters, garbage, and return paths that others made up', async () => {
    const { ledger, deliveryTo } = await ledgerWith(kind, [ada])
    const forged = verpAddress('bounces@example.com', deliveryTo(ada), secretOf('another'))
    const entries = await take(ledger, [
      letter('Out of office', '1'),
      letter('Hello', '2'),
      Buffer.from([0xff, 0, 0x80]),
      new Uint8Array(),
      bounceAbout({ address: 'mallory@evil.example', to: forged, id: '5' }),
    ])
    expect(entries.map(each => each.kind)).toEqual(['nothing', 'nothing', 'nothing', 'nothing', 'nothing'])
    expect(await stateOf(ledger, ada)).toBe('subscribed')
  })
})
