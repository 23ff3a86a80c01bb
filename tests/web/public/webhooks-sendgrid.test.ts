import { generateKeyPairSync, sign as signBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { ada, bob, now, openWebhookSite } from './webhook-site.ts'

const hour = 3_600_000
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
const shownKey = publicKey.export({ type: 'spki', format: 'der' }).toString('base64')

async function open() {
  const site = await openWebhookSite({ webhooks: `  sendgrid: { publicKey: "${shownKey}" }\n` })
  return {
    ...site,
    send: (events: unknown, changes: SignChanges = {}) => {
      const body = typeof events === 'string' ? events : JSON.stringify(events)
      return site.post('/webhooks/sendgrid', changes.body ?? body, { 'content-type': 'application/json', ...signed(body, changes) })
    },
  }
}

interface SignChanges {
  readonly at?: number
  readonly key?: typeof privateKey
  /** Sent instead of what was signed. */
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

function signed(body: string, { at = now, key = privateKey, headers = {} }: SignChanges) {
  const timestamp = String(Math.floor(at / 1000))
  return {
    'X-Twilio-Email-Event-Webhook-Timestamp': timestamp,
    'X-Twilio-Email-Event-Webhook-Signature': signBytes('sha256', Buffer.from(timestamp + body), key).toString('base64'),
    ...headers,
  }
}

/** As www.twilio.com/docs/sendgrid/for-developers/tracking-events/event shows them. */
const bounce = (changes: object = {}) => ({
  email: ada,
  timestamp: now / 1000 - 60,
  'smtp-id': '<elsewhere@harbour.example>',
  bounce_classification: 'Invalid Address',
  event: 'bounce',
  category: ['cat facts'],
  sg_event_id: '6g4ZI7SA-xmRDv57GoPIPw==',
  sg_message_id: 'euo2iKxdSayPF4YE4--I7A.recvd-5f54b5d587-pczjm-1-67BADEEA-6.0',
  reason: '550 5.1.1 The email account that you tried to reach does not exist.',
  status: '5.1.1',
  type: 'bounce',
  ip: '192.0.2.9',
  ...changes,
})
const dropped = (reason: string) => bounce({ event: 'dropped', reason, status: '', type: undefined, bounce_classification: undefined })

it.each<[string, object, string, string | null]>([
  ['a bounce', bounce(), 'bounced', 'hard'],
  ['a bounce that only SendGrid understands', bounce({ reason: '500 unknown recipient', status: '5.0.0' }), 'bounced', 'hard'],
  ['a bounce that is no more than one', bounce({ reason: 'no', status: '', bounce_classification: undefined }), 'bounced', 'hard'],
  [
    'a mailbox that is unavailable',
    bounce({ reason: 'no', status: '5.0.0', bounce_classification: 'Mailbox Unavailable' }),
    'subscribed',
    'soft',
  ],
  [
    'a block for reputation',
    bounce({ type: 'blocked', reason: 'no', status: '5.0.0', bounce_classification: 'Reputation' }),
    'subscribed',
    'nothing',
  ],
  // As it comes for a domain that does not exist: without a status.
  [
    'a block without status',
    bounce({ type: 'blocked', reason: 'unable to get mx info', status: undefined, bounce_classification: 'Unclassified' }),
    'subscribed',
    'soft',
  ],
  ['an address that SendGrid has given up', dropped('Bounced Address'), 'bounced', 'hard'],
  ['an address that is none to SendGrid', dropped('Invalid'), 'bounced', 'hard'],
  ['an earlier complaint', dropped('Spam Reporting Address'), 'complained', 'complaint'],
  ['an earlier unsubscription', dropped('Unsubscribed Address'), 'unsubscribed', 'nothing'],
  ['what is dropped for a reason of ours', dropped('Recipient List over Package Quota'), 'subscribed', null],
  ['a complaint', bounce({ event: 'spamreport' }), 'complained', 'complaint'],
  ['an unsubscription', bounce({ event: 'unsubscribe' }), 'unsubscribed', 'nothing'],
  ['leaving a group', bounce({ event: 'group_unsubscribe', asm_group_id: 10 }), 'unsubscribed', 'nothing'],
  ['coming back to a group', bounce({ event: 'group_resubscribe' }), 'subscribed', null],
  ['what is deferred', bounce({ event: 'deferred', response: '400 try again later', attempt: '5' }), 'subscribed', null],
  ['a delivery', bounce({ event: 'delivered', response: '250 OK' }), 'subscribed', null],
])('takes %s', async (_, given, state, kind) => {
  const { send, states, bounces, faults } = await open()
  expect((await send([given])).status).toBe(200)
  expect([await states(), (await bounces()).map(each => each.kind), faults]).toEqual([
    [state, 'subscribed'],
    kind === null ? [] : [kind],
    [],
  ])
})

it('knows the message by the name in the relay’s reply, or by its Message-ID', async () => {
  const { send, messages, bounces } = await open()
  const known = messages(ada)
  const soft = { status: '4.2.2', reason: '452 4.2.2 full' }
  await send([
    bounce({ ...soft, sg_event_id: '1', sg_message_id: `queue-${known.delivery}.filter0001.16648.5515E0B88.0` }),
    bounce({ ...soft, sg_event_id: '2', 'smtp-id': known.messageId }),
    bounce({ ...soft, sg_event_id: '3', sg_message_id: `queue-${known.delivery}`, email: bob }),
  ])
  expect((await bounces()).map(({ matchedBy, address }) => [matchedBy, address])).toEqual([
    ['queue-id', ada],
    ['message-id', ada],
    ['address', bob],
  ])
})

it('takes the good events of a list beside bad ones', async () => {
  const { send, states, told } = await open()
  const bad = [null, 'x', 3, [], {}, { event: 'bounce' }, bounce({ email: ['x'] }), bounce({ email: 'no address' }), { event: { a: 1 } }]
  const answer = await send([bounce(), ...bad, bounce({ event: 'spamreport', email: bob, sg_event_id: 'b' }), bounce({ event: 'click' })])
  expect([answer.status, await states()]).toEqual([200, ['bounced', 'complained']])
  expect(told).toMatchObject([{ hard: 1, complaints: 1, ignored: 1, broken: bad.length }])
})

it('counts an event once, in one list or in two', async () => {
  const { send, bounces, told } = await open()
  await send([bounce(), bounce()])
  await send([bounce()], { at: now - hour })
  expect([(await bounces()).length, told.map(each => 'repeated' in each && each.repeated)]).toEqual([1, [1, 1]])
})

it('takes a list of a thousand events', async () => {
  const { send, told } = await open()
  const many = Array.from({ length: 1000 }, (_, at) => bounce({ sg_event_id: String(at), email: `nobody${at}@gull.example` }))
  expect((await send(many)).status).toBe(200)
  expect(told).toMatchObject([{ nothing: 1000, unknown: 1000 }])
})

it.each<[string, SignChanges, number]>([
  ['by another key', { key: stranger }, 403],
  ['and changed since', { body: JSON.stringify([bounce({ email: bob })]) }, 403],
  ['at another time', { headers: { 'X-Twilio-Email-Event-Webhook-Timestamp': String(now / 1000 - 1) } }, 403],
  ['without a time', { headers: { 'X-Twilio-Email-Event-Webhook-Timestamp': '' } }, 403],
  ['by no signature', { headers: { 'X-Twilio-Email-Event-Webhook-Signature': 'AAAA' } }, 403],
  ['by nobody', { headers: { 'X-Twilio-Email-Event-Webhook-Signature': '' } }, 401],
  ['two days ago', { at: now - 48 * hour }, 403],
  ['in the future', { at: now + hour }, 403],
])('refuses a list that was signed %s', async (_, changes, code) => {
  const { send, states, faults } = await open()
  expect([(await send([bounce()], changes)).status, await states(), faults]).toEqual([code, ['subscribed', 'subscribed'], []])
})

it.each<[string, number, unknown]>([
  ['no list', 400, bounce()],
  ['no JSON', 400, '['],
  ['a list that is a million deep', 200, '['.repeat(1_000_000) + ']'.repeat(1_000_000)],
  ['more than four megabytes', 413, [bounce({ reason: 'x'.repeat(4_300_000) })]],
])('answers %s with %i, and writes nothing', async (_, code, given) => {
  const { send, bounces, faults } = await open()
  expect([(await send(given)).status, await bounces(), faults]).toEqual([code, [], []])
})

it('writes down no address of what it answered', async () => {
  const { send, told, answered } = await open()
  await send([bounce(), bounce({ email: 'nobody@gull.example', sg_event_id: 'n' }), bounce({ email: 'x@', sg_event_id: 'm' })])
  await send([bounce()], { key: stranger })
  expect(JSON.stringify([told, answered])).not.toMatch(/gull|@|euo2/)
})
