import { createHmac, hash } from 'node:crypto'
import { expect, it } from 'vitest'
import { createUsedTokens } from '../../../src/delivery/webhooks/used-tokens.ts'
import { ada, bob, now, openWebhookSite } from './webhook-site.ts'

const key = 'c0ffee00c0ffee00c0ffee00c0ffee00'
const hour = 3_600_000

async function open() {
  const site = await openWebhookSite({ webhooks: '  mailgun: { signingKeyFrom: MAILGUN_KEY }\n', env: { MAILGUN_KEY: key } })
  return {
    ...site,
    send: (event: object | string, signature: object = sign()) =>
      site.post('/webhooks/mailgun', typeof event === 'string' ? event : JSON.stringify({ signature, 'event-data': event }), {
        'content-type': 'application/json',
      }),
  }
}

let count = 0

/** As documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks shows one. */
function sign({ at = now, token = hash('sha256', String(++count)).slice(0, 50), with: signingKey = key } = {}) {
  const timestamp = String(Math.floor(at / 1000))
  return { timestamp, token, signature: createHmac('sha256', signingKey).update(`${timestamp}${token}`).digest('hex') }
}

/** As …/user-manual/webhooks/webhook-payloads shows them. */
const event = (changes: object = {}) => ({
  id: '9rEw5V8HRjabLEHgu6QupQ',
  timestamp: now / 1000 - 60,
  'log-level': 'error',
  event: 'failed',
  severity: 'permanent',
  reason: 'bounce',
  recipient: ada,
  'recipient-domain': 'gull.example',
  message: {
    headers: { to: ada, 'message-id': 'elsewhere@mg.harbour.example', from: 'letter@harbour.example', subject: 'Lamps' },
    size: 30_000,
  },
  envelope: { sender: 'letter@harbour.example', targets: ada, transport: 'smtp', 'sending-ip': '192.0.2.7' },
  'delivery-status': {
    'attempt-no': 1,
    code: 550,
    'enhanced-code': '5.1.1',
    message: '5.1.1 The email account that you tried to reach does not exist.',
    description: null,
    'bounce-type': 'hard',
  },
  'user-variables': [],
  tags: [],
  ...changes,
})
const status = (changes: object) => ({ 'delivery-status': { code: 550, message: '', description: null, ...changes } })

it.each<[string, object, string, string | null]>([
  ['a permanent failure', event(), 'bounced', 'hard'],
  ['a permanent failure with a vague code', event(status({ 'enhanced-code': '5.5.0', 'bounce-type': 'hard' })), 'bounced', 'hard'],
  ['a permanent failure without a code', event(status({ code: 605 })), 'bounced', 'hard'],
  ['an address that Mailgun has given up', event({ reason: 'suppress-bounce', ...status({ code: 605 }) }), 'bounced', 'hard'],
  ['what was tried for too long', event({ reason: 'old', ...status({ code: 421, message: 'Too old' }) }), 'subscribed', 'soft'],
  ['a full mailbox', event(status({ code: 552, 'enhanced-code': '5.2.2', 'bounce-type': 'soft' })), 'subscribed', 'soft'],
  ['a refusal for policy', event(status({ 'enhanced-code': '5.7.1', 'bounce-type': 'hard' })), 'subscribed', 'nothing'],
  ['a block', event({ reason: 'espblock', ...status({ message: 'no' }) }), 'subscribed', 'nothing'],
  ['a temporary failure', event({ severity: 'temporary', reason: 'generic' }), 'subscribed', null],
  ['a complaint', event({ event: 'complained' }), 'complained', 'complaint'],
  ['an earlier complaint', event({ reason: 'suppress-complaint' }), 'complained', 'complaint'],
  ['an unsubscription', event({ event: 'unsubscribed', tags: ['*'] }), 'unsubscribed', 'nothing'],
  ['an earlier unsubscription', event({ reason: 'suppress-unsubscribe' }), 'unsubscribed', 'nothing'],
  ['a delivery', event({ event: 'delivered', severity: undefined }), 'subscribed', null],
])('takes %s', async (_, given, state, kind) => {
  const { send, states, bounces, faults } = await open()
  expect((await send(given)).status).toBe(200)
  expect([await states(), (await bounces()).map(each => each.kind), faults]).toEqual([
    [state, 'subscribed'],
    kind === null ? [] : [kind],
    [],
  ])
})

it('knows the message by its return path, by Message-ID, or by the address', async () => {
  const { send, messages, bounces } = await open()
  const known = messages(ada)
  const soft = status({ 'enhanced-code': '4.2.2' })
  await send(event({ id: '1', ...soft, envelope: { sender: known.returnPath }, recipient: bob }))
  await send(event({ id: '2', ...soft, message: { headers: { 'message-id': known.messageId.slice(1, -1) } } }))
  await send(event({ id: '3', ...soft }))
  expect((await bounces()).map(({ matchedBy, deliveryId }) => [matchedBy, deliveryId])).toEqual(
    ['verp', 'message-id', 'address'].map(by => [by, known.delivery]),
  )
})

it('takes off a list with signed return paths whoever Mailgun says bounced, though it names no return path', async () => {
  const site = await openWebhookSite({
    webhooks: '  mailgun: { signingKeyFrom: MAILGUN_KEY }\nbounces: { address: bounces@harbour.example }\n',
    env: { MAILGUN_KEY: key },
  })
  await site.post('/webhooks/mailgun', JSON.stringify({ signature: sign(), 'event-data': event() }))
  expect(await site.states()).toEqual(['bounced', 'subscribed'])
})

it('counts an event once, signed anew or not', async () => {
  const { send, bounces } = await open()
  const signature = sign()
  const answers = [await send(event(), signature), await send(event(), signature), await send(event())]
  expect([answers.map(each => each.status), (await bounces()).length]).toEqual([[200, 200, 200], 1])
})

it('takes a signature for one event only, since it does not cover the event', async () => {
  const { send, states } = await open()
  const signature = sign()
  const opened = event({ event: 'opened', id: 'a' })
  expect((await send(opened, signature)).status).toBe(200)
  expect((await send(event(), signature)).status).toBe(406)
  expect((await send(event({ recipient: bob }), signature)).status).toBe(406)
  expect(await states()).toEqual(['subscribed', 'subscribed'])
})

it.each<[string, object, number]>([
  ['with another key', sign({ with: 'other' }), 401],
  ['without a signature', {}, 406],
  ['with an empty one', { ...sign(), signature: '' }, 406],
  ['with a longer one', { ...sign(), signature: `${sign().signature}00` }, 406],
  ['of a token that was exchanged', { ...sign(), token: 'x'.repeat(50) }, 401],
  ['of a time that was exchanged', { ...sign(), timestamp: String(now / 1000 - 5) }, 401],
  ['of ten hours ago', sign({ at: now - 10 * hour }), 406],
  ['of the future', sign({ at: now + hour }), 406],
])('refuses a request signed %s', async (_, signature, code) => {
  const { send, states, told } = await open()
  expect([(await send(event(), signature)).status, await states()]).toEqual([code, ['subscribed', 'subscribed']])
  expect(told).toMatchObject([{ outcome: 'refused' }])
})

it('takes what Mailgun tries again for eight hours', async () => {
  const { send, states } = await open()
  expect((await send(event(), sign({ at: now - 8 * hour }))).status).toBe(200)
  expect((await states())[0]).toBe('bounced')
})

it.each<[string, object | string]>([
  ['no JSON', 'signature=1'],
  ['an event without an id', event({ id: undefined })],
  ['an event that is a text', 'null'],
  ['a recipient that is none', event({ recipient: 'nobody' })],
])('tells Mailgun to stop where there is %s', async (_, given) => {
  const { send, bounces, faults } = await open()
  expect([(await send(given)).status, await bounces(), faults]).toEqual([406, [], []])
})

it('remembers so many tokens, for so long', () => {
  const mayUse = createUsedTokens({ most: 2, keep: 100 })
  expect([mayUse('a', '1', 0), mayUse('a', '2', 1), mayUse('a', '1', 2)]).toEqual([true, false, true])
  expect([mayUse('b', '1', 3), mayUse('c', '1', 4), mayUse('d', '1', 5), mayUse('c', '2', 6)]).toEqual([true, true, true, false])
  expect(mayUse('c', '2', 200)).toBe(true)
})
