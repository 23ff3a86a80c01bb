import { generateKeyPairSync } from 'node:crypto'
import { expect, it } from 'vitest'
import { configSchema } from '../../../src/config/schema.ts'
import { webhookReceivers } from '../../../src/delivery/webhooks/webhook-receivers.ts'
import { UserError } from '../../../src/errors.ts'

const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey
const keyText = p256.export({ type: 'spki', format: 'der' }).toString('base64')
const all = {
  ses: { topics: ['arn:aws:sns:eu-west-1:123456789012:bounces'] },
  postmark: { secretFrom: 'POSTMARK_WEBHOOK' },
  mailgun: { signingKeyFrom: 'MAILGUN_KEY' },
  sendgrid: { publicKey: keyText },
}
const env = { POSTMARK_WEBHOOK: 'a:0123456789abcdef', MAILGUN_KEY: 'key' }
const receiversOf = (webhooks: unknown, given: Readonly<Record<string, string>> = env) =>
  webhookReceivers(configSchema.parse({ webhooks }), given)

function problemsOf(webhooks: unknown, given?: Readonly<Record<string, string>>) {
  try {
    receiversOf(webhooks, given)
  } catch (error) {
    if (error instanceof UserError) return error.problems
    throw error
  }
  return []
}

it('has a receiver for each provider that is configured, and for no other', () => {
  expect(Object.keys(receiversOf(all))).toEqual(['ses', 'postmark', 'mailgun', 'sendgrid'])
  expect(Object.keys(receiversOf({ mailgun: all.mailgun }))).toEqual(['mailgun'])
  expect(receiversOf({})).toEqual({})
})

it('names every variable that is not set, at once', () => {
  expect(problemsOf(all, { MAILGUN_KEY: ' ' })).toMatchObject([
    { code: 'secret-missing', message: expect.stringContaining('POSTMARK_WEBHOOK') },
    { code: 'secret-missing', message: expect.stringContaining('MAILGUN_KEY') },
  ])
})

it.each(['', 'a:', 'a:short', ':0123456789abcdef', '0123456789abcdef0123456789'])(
  'refuses %j as user and password, without repeating it',
  login => {
    const [problem] = problemsOf({ postmark: all.postmark }, { POSTMARK_WEBHOOK: login })
    expect(problem?.code).toMatch(/^secret-/)
    if (login.length > 3) expect(JSON.stringify(problem)).not.toContain(login)
  },
)

it.each([
  ['no key', 'hello'],
  [
    'a key of another curve',
    generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
  ],
  ['an RSA key', generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'der' }).toString('base64')],
])('refuses %s for SendGrid', (_, publicKey) => {
  expect(problemsOf({ sendgrid: { publicKey } })).toMatchObject([{ code: 'config-invalid' }])
})

it('takes the key of SendGrid as PEM, too', () => {
  const publicKey = p256.export({ type: 'spki', format: 'pem' }).toString()
  expect(Object.keys(receiversOf({ sendgrid: { publicKey } }))).toEqual(['sendgrid'])
})

it.each([
  ['a topic that is none', { ses: { topics: ['https://sns.eu-west-1.amazonaws.com'] } }],
  ['a topic in a region that could lead elsewhere', { ses: { topics: ['arn:aws:sns:evil.example/:123456789012:x'] } }],
  ['no topics', { ses: { topics: [] } }],
  ['a secret in the file', { postmark: { secretFrom: 'user:password' } }],
  ['a setting that is unknown', { mailgun: { signingKeyFrom: 'A', signingKey: 'x' } }],
  ['a provider that is unknown', { brevo: {} }],
])('the schema refuses %s', (_, webhooks) => {
  expect(configSchema.safeParse({ webhooks }).success).toBe(false)
})
