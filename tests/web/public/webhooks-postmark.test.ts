import { expect, it } from 'vitest'
import { ada, day, now, openWebhookSite } from './webhook-site.ts'

const login = 'postmark:dJ3k9sPq2vXw7LmZ'
const authorization = `Basic ${btoa(login)}`

async function open() {
  const site = await openWebhookSite({ webhooks: '  postmark: { secretFrom: POSTMARK_WEBHOOK }\n', env: { POSTMARK_WEBHOOK: login } })
  return {
    ...site,
    send: (event: object | string | Uint8Array<ArrayBuffer>, headers: Readonly<Record<string, string>> = { authorization }) =>
      site.post('/webhooks/postmark', typeof event === 'string' || event instanceof Uint8Array ? event : JSON.stringify(event), {
        'content-type': 'application/json',
        ...headers,
      }),
  }
}

/** As postmarkapp.com/developer/webhooks/bounce-webhook shows one. */
const bounce = (changes: object = {}) => ({
  RecordType: 'Bounce',
  MessageStream: 'broadcast',
  ID: 4_323_372_036_854_775,
  Type: 'HardBounce',
  TypeCode: 1,
  Name: 'Hard bounce',
  MessageID: '883953f4-6105-42a2-a16a-77a8eac79483',
  Metadata: { any: { thing: [1] } },
  ServerID: 23,
  Description: 'The server was unable to deliver your message (ex: unknown user, mailbox not found).',
  Details: 'smtp;550 5.1.1 The email account that you tried to reach does not exist.',
  Email: ada,
  From: 'letter@harbour.example',
  BouncedAt: '2026-02-10T03:00:00.0000000-04:00',
  DumpAvailable: true,
  Inactive: true,
  CanActivate: true,
  Subject: 'Lamps at low water',
  ...changes,
})
const change = (changes: object = {}) => ({
  RecordType: 'SubscriptionChange',
  MessageID: '883953f4-6105-42a2-a16a-77a8eac79483',
  ServerID: 23,
  MessageStream: 'broadcast',
  ChangedAt: '2026-02-10T07:00:00Z',
  Recipient: ada,
  Origin: 'Recipient',
  SuppressSending: true,
  SuppressionReason: 'ManualSuppression',
  Metadata: {},
  ...changes,
})

it('marks the subscriber of a hard bounce, by the relay’s name for the message', async () => {
  const { send, messages, states, bounces, told, ledger } = await open()
  const { delivery } = messages(ada)
  const answer = await send(bounce({ MessageID: `queue-${delivery}` }))
  expect([answer.status, await states()]).toEqual([200, ['bounced', 'subscribed']])
  expect(await bounces()).toMatchObject([
    { kind: 'hard', matchedBy: 'queue-id', deliveryId: delivery, address: ada, enhanced: '5.1.1', at: Date.parse('2026-02-10T07:00:00Z') },
  ])
  expect(told).toMatchObject([{ provider: 'postmark', outcome: 'written', hard: 1, unknown: 0 }])
  const [event] = await ledger.db.selectFrom('subscriberEvents').selectAll().execute()
  expect(event).toMatchObject({ toState: 'bounced', source: 'Postmark webhook' })
})

it.each<[string, object, string, string]>([
  ['a hard bounce without a code', bounce({ Details: 'no such thing' }), 'bounced', 'hard'],
  ['an address that cannot be', bounce({ Type: 'BadEmailAddress', Details: '' }), 'bounced', 'hard'],
  ['a soft bounce', bounce({ Type: 'SoftBounce', Details: 'smtp;452 4.2.2 over quota', Inactive: false }), 'subscribed', 'soft'],
  ['a soft bounce with the code of a hard one', bounce({ Type: 'SoftBounce', Inactive: false }), 'subscribed', 'soft'],
  ['what is delayed', bounce({ Type: 'Transient', Inactive: false }), 'subscribed', 'nothing'],
  ['what is blocked', bounce({ Type: 'Blocked', Details: 'smtp;550 blocked', Inactive: false }), 'subscribed', 'nothing'],
  ['a refusal for policy', bounce({ Details: 'smtp;550 5.7.1 not wanted here' }), 'subscribed', 'nothing'],
  ['an unclassified bounce', bounce({ Type: 'Unknown', Details: 'eh?', Inactive: false }), 'subscribed', 'soft'],
  ['an inactive address', bounce({ Type: 'SMTPApiError', Details: 'inactive' }), 'bounced', 'hard'],
  ['a complaint', { ...bounce({ RecordType: 'SpamComplaint', Type: 'SpamComplaint' }) }, 'complained', 'complaint'],
  ['a mail that asks to be removed', bounce({ Type: 'Unsubscribe' }), 'unsubscribed', 'nothing'],
  ['unsubscribing at Postmark', change(), 'unsubscribed', 'nothing'],
  ['a suppression after a complaint', change({ SuppressionReason: 'SpamComplaint' }), 'complained', 'complaint'],
  ['a suppression after a hard bounce', change({ SuppressionReason: 'HardBounce' }), 'bounced', 'hard'],
])('takes %s', async (_, event, state, kind) => {
  const { send, states, bounces, faults } = await open()
  expect((await send(event)).status).toBe(200)
  expect([await states(), (await bounces()).map(each => each.kind), faults]).toEqual([[state, 'subscribed'], [kind], []])
})

it.each<[string, object]>([
  ['a delivery', { RecordType: 'Delivery', MessageID: 'x', Recipient: ada, DeliveredAt: '2026-02-10T07:00:00Z' }],
  ['an open', { RecordType: 'Open', Recipient: ada }],
  ['an automatic reply', bounce({ Type: 'AutoResponder' })],
  ['a reactivation', change({ SuppressSending: false, SuppressionReason: null })],
])('keeps nothing of %s', async (_, event) => {
  const { send, states, bounces, told } = await open()
  expect((await send(event)).status).toBe(200)
  expect([await states(), await bounces()]).toEqual([['subscribed', 'subscribed'], []])
  expect(told).toMatchObject([{ ignored: 1, broken: 0 }])
})

it('counts an event once, however often it is told, and a suppression together with its bounce', async () => {
  const { send, bounces, told } = await open()
  for (const event of [bounce(), bounce(), change({ SuppressionReason: 'HardBounce' })]) expect((await send(event)).status).toBe(200)
  expect(await bounces()).toHaveLength(1)
  expect(told).toMatchObject([
    { hard: 1, repeated: 0 },
    { hard: 0, repeated: 1 },
    { hard: 0, repeated: 1 },
  ])
})

it('marks somebody whose messages bounce softly once too often', async () => {
  const { send, states, sendAgain, bounces } = await open()
  const soft = (message: string) => bounce({ Type: 'SoftBounce', Details: 'smtp;452 4.2.2 full', Inactive: false, MessageID: message })
  await send(soft('queue-1'))
  for (const edition of ['2026-w07', '2026-w08']) {
    expect((await states())[0]).toBe('subscribed')
    const messages = await sendAgain(edition, now - day)
    await send(soft(`queue-${messages(ada).delivery}`))
  }
  expect((await states())[0]).toBe('bounced')
  expect((await bounces()).map(({ kind }) => kind)).toEqual(['soft', 'soft', 'hard'])
})

it('recognizes the returned message in the content of a bounce, and does not take another address for it', async () => {
  const { send, messages, bounces } = await open()
  const { delivery } = messages(ada)
  await send(bounce({ Content: `Undelivered.\r\n\r\nTo: ${ada}\r\nX-News-Digest-Delivery: ${delivery}\r\n` }))
  await send(bounce({ ID: 2, MessageID: 'other', Email: 'nobody@gull.example', Content: `X-News-Digest-Delivery: ${delivery}` }))
  expect((await bounces()).map(({ matchedBy, deliveryId }) => [matchedBy, deliveryId])).toEqual([['header', delivery]])
})

it('believes about an old message what a provider says, and what it says before the message’s own reply is written', async () => {
  const { send, states, ledger } = await open()
  await ledger.db
    .updateTable('deliveries')
    .set({ changedAt: now - 90 * day, state: 'sending' })
    .execute()
  await send(change())
  expect(await states()).toEqual(['unsubscribed', 'subscribed'])
})

it('writes nobody down who has nothing to do with the list', async () => {
  const { send, bounces, told } = await open()
  expect((await send(bounce({ Email: 'customer@shop.example', Details: '550 5.1.1 <customer@shop.example> unknown' }))).status).toBe(200)
  expect([await bounces(), told]).toMatchObject([[], [{ nothing: 1, unknown: 1 }]])
})

it('leaves somebody alone who has confirmed since', async () => {
  const { send, states, ledger } = await open()
  await ledger.db.updateTable('subscribers').set({ confirmedAt: now }).execute()
  await send(change())
  expect(await states()).toEqual(['subscribed', 'subscribed'])
})

it.each<[string, Readonly<Record<string, string>>]>([
  ['without a password', {}],
  ['with another password', { authorization: `Basic ${btoa('postmark:other')}` }],
  ['with a beginning of the password', { authorization: `Basic ${btoa(login.slice(0, -1))}` }],
  ['with another scheme', { authorization: `Bearer ${login}` }],
  ['with an authorization of a megabyte', { authorization: `Basic ${'A'.repeat(1_000_000)}` }],
])('refuses a request %s, in a way that Postmark tries again after', async (_, headers) => {
  const { send, bounces, told } = await open()
  const answer = await send(bounce(), headers)
  expect([answer.status, answer.headers.get('www-authenticate'), await bounces()]).toEqual([401, 'Basic realm="webhooks"', []])
  expect(told).toMatchObject([{ provider: 'postmark', outcome: 'refused' }])
})

it.each<[string, number, string | object | Uint8Array<ArrayBuffer>]>([
  ['no JSON', 400, '{"RecordType":'],
  ['an empty body', 400, ''],
  ['no UTF-8', 400, Uint8Array.from(Buffer.from(JSON.stringify(bounce({ Subject: 'ü' })), 'latin1'))],
  ['a list', 400, [bounce()]],
  ['no record type', 400, { Email: ada }],
  ['no address', 400, bounce({ Email: undefined })],
  ['an address that is a list', 400, bounce({ Email: [ada] })],
  ['JSON that is half a million deep', 400, `${'['.repeat(500_000)}${']'.repeat(500_000)}`],
  ['a field that is half a million deep', 200, `{"RecordType":"Open","Metadata":${'['.repeat(500_000)}${']'.repeat(500_000)}}`],
  ['more than a megabyte', 413, bounce({ Content: 'x'.repeat(1_100_000) })],
])('answers %s with %i, and writes nothing', async (_, status, event) => {
  const { send, bounces, faults } = await open()
  expect([(await send(event)).status, await bounces(), faults]).toEqual([status, [], []])
})

it('answers 503 where the ledger fails, writes nothing then, and takes the same event later', async () => {
  const { send, states, bounces, ledger, faults } = await open()
  await ledger.db.schema.alterTable('subscriberEvents').renameTo('elsewhere').execute()
  const failed = await send(bounce())
  expect([failed.status, failed.headers.get('retry-after'), faults.length]).toEqual([503, '60', 1])
  await ledger.db.schema.alterTable('elsewhere').renameTo('subscriberEvents').execute()
  expect([await states(), await bounces()]).toEqual([['subscribed', 'subscribed'], []])
  expect((await send(bounce())).status).toBe(200)
  expect(await states()).toEqual(['bounced', 'subscribed'])
})

it('has no route for a provider that is not configured, nor for reading', async () => {
  const { ask, post, answered } = await open()
  const unknown = await ask('/webhooks/nobody')
  const answers = [await post('/webhooks/mailgun', '{}'), await ask('/webhooks/postmark'), unknown]
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404])
  expect(await answers[0]?.text()).toBe(await unknown.text())
  expect(answered.map(({ route }) => route)).toEqual(['other', '/webhooks/mailgun', '/webhooks/postmark'])
})
