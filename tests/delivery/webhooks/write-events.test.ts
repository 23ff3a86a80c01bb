import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { IncomingContext } from '../../../src/delivery/bounces/incoming.ts'
import { parseSendgrid } from '../../../src/delivery/webhooks/parse-sendgrid.ts'
import { writeEvents } from '../../../src/delivery/webhooks/write-events.ts'
import type { Ledger } from '../../../src/ledger/ledger.ts'
import { ledgerKinds, useLedgers } from '../../subscribers/ledgers.ts'
import { addReaders, takeSnapshot } from '../engine.ts'

const now = Date.parse('2026-02-10T08:00:00Z')
const { newLedger } = useLedgers()
const context: IncomingContext = {
  list: 'digest',
  secret: null,
  now,
  findByMessageId: async () => null,
  isVerified: true,
  softLimit: 3,
  softWithin: 30 * 86_400_000,
  expectsSignature: false,
}

async function ledgerWith(kind: Ledger['kind'], readers: number) {
  const ledger = await newLedger(kind)
  await addReaders(ledger, readers)
  await takeSnapshot(ledger, { now: now - 86_400_000 })
  await ledger.db.updateTable('deliveries').set({ state: 'accepted', queueId: 'name' }).execute()
  const addresses = (await ledger.db.selectFrom('subscribers').select('address').orderBy('id').execute()).map(({ address }) => address)
  return { ledger, addresses }
}

const eventAbout = (email: string, event = 'bounce') =>
  parseSendgrid({
    event,
    email,
    timestamp: now / 1000,
    sg_event_id: `${event} ${email}`,
    sg_message_id: 'name.recvd-1',
    status: '5.1.1',
    reason: '550',
  })

async function statesIn({ db }: Ledger) {
  const rows = await db
    .selectFrom('subscribers')
    .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
    .groupBy('state')
    .execute()
  return Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]))
}

describe.each(ledgerKinds)('writeEvents() on %s', kind => {
  it('writes bounces, complaints and unsubscriptions, by the relay’s name for the message and the address', async () => {
    const { ledger, addresses } = await ledgerWith(kind, 4)
    const [one = '', two = '', three = ''] = addresses
    const events = [eventAbout(one), eventAbout(two, 'spamreport'), eventAbout(three, 'unsubscribe'), eventAbout('nobody@gull.example')]
    expect(await writeEvents(ledger, 'sendgrid', events, context)).toEqual({
      hard: 1,
      soft: 0,
      complaints: 1,
      unsubscribed: 1,
      nothing: 1,
      unknown: 1,
      repeated: 0,
      ignored: 0,
      broken: 0,
    })
    expect(await statesIn(ledger)).toEqual({ bounced: 1, complained: 1, unsubscribed: 1, subscribed: 1 })
    const rows = await ledger.db.selectFrom('bounces').select(['kind', 'matchedBy', 'decision']).orderBy('id').execute()
    expect(rows).toMatchObject([
      { kind: 'hard', matchedBy: 'queue-id' },
      { kind: 'complaint', matchedBy: 'queue-id' },
      { kind: 'nothing', matchedBy: 'queue-id', decision: 'unsubscribed at SendGrid' },
    ])
  })

  it('counts each event once, though several requests tell of the same ones at the same time', async () => {
    const { ledger, addresses } = await ledgerWith(kind, 120)
    const events = addresses.map(each => eventAbout(each))
    const counts = await Promise.all([1, 2, 3].map(() => writeEvents(ledger, 'sendgrid', events, context)))
    expect(counts.reduce((sum, { hard }) => sum + hard, 0)).toBe(120)
    expect(counts.reduce((sum, { repeated }) => sum + repeated, 0)).toBe(240)
    expect(await statesIn(ledger)).toEqual({ bounced: 120 })
    expect(await ledger.db.selectFrom('subscriberEvents').select('id').execute()).toHaveLength(120)
  })

  it('lets others be heard in between, however many events a request has', async () => {
    const { ledger, addresses } = await ledgerWith(kind, 400)
    let heard = 0
    let isOver = false
    const listen = async () => {
      for (; !isOver; heard++) await setImmediate()
    }
    const listening = listen()
    await writeEvents(
      ledger,
      'sendgrid',
      addresses.map(each => eventAbout(each)),
      context,
    )
    isOver = true
    await listening
    expect(heard).toBeGreaterThanOrEqual(8)
  })

  it('settles an uncertain delivery as accepted, since the relay knows its message', async () => {
    const { ledger, addresses } = await ledgerWith(kind, 1)
    await ledger.db.updateTable('deliveries').set({ state: 'uncertain' }).execute()
    await writeEvents(
      ledger,
      'sendgrid',
      addresses.map(each => eventAbout(each)),
      context,
    )
    expect(await ledger.db.selectFrom('deliveries').select('state').execute()).toEqual([{ state: 'accepted' }])
  })
})
