import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseMailgun } from '../../../src/delivery/webhooks/parse-mailgun.ts'
import { parsePostmark } from '../../../src/delivery/webhooks/parse-postmark.ts'
import { parseSendgrid } from '../../../src/delivery/webhooks/parse-sendgrid.ts'
import { parseSes } from '../../../src/delivery/webhooks/parse-ses.ts'
import { certificateUrl, parseSnsMessage, subscribeUrl, topicPlace } from '../../../src/delivery/webhooks/sns-message.ts'
import type { EventReading } from '../../../src/delivery/webhooks/webhook.ts'

const parsers: readonly [string, (json: unknown) => EventReading, object][] = [
  [
    'parsePostmark()',
    parsePostmark,
    { RecordType: 'Bounce', Type: 'HardBounce', MessageID: 'm', Email: 'a@b.example', Details: 'd', Content: 'c' },
  ],
  [
    'parseMailgun()',
    parseMailgun,
    {
      event: 'failed',
      id: 'i',
      severity: 'permanent',
      recipient: 'a@b.example',
      message: { headers: {} },
      envelope: {},
      'delivery-status': {},
    },
  ],
  [
    'parseSendgrid()',
    parseSendgrid,
    { event: 'bounce', email: 'a@b.example', sg_event_id: 'i', reason: 'r', status: '5.1.1', type: 'bounce', bounce_classification: 'x' },
  ],
  [
    'parseSes()',
    parseSes,
    {
      notificationType: 'Bounce',
      bounce: { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress: 'a@b.example' }], feedbackId: 'f' },
      mail: { messageId: 'm', headers: [{ name: 'Message-ID', value: '<x@y>' }], destination: ['a@b.example'] },
    },
  ],
]

it.each(parsers)('%s reads a usual event', (_, parse, usual) => {
  expect(parse(usual)).toMatchObject({
    kind: 'event',
    event: { content: { kind: 'bounce', recipients: [{ addresses: ['a@b.example'] }] } },
  })
})

it.each(parsers)('%s never throws, whatever stands in an event', (_, parse, usual) => {
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom('__proto__', 'constructor', 'a@b.example', '\0', '\ud800', 1e308, -1),
  )
  const changed = fc.tuple(fc.constantFrom(...Object.keys(usual)), value).map(([name, given]) => ({ ...usual, [name]: given }))
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), changed), json => {
      expect(['event', 'ignored', 'broken']).toContain(parse(json).kind)
    }),
    { numRuns: 300 },
  )
})

it.each(parsers)('%s keeps of a long text no more than is kept of a bounce', (_, parse, usual) => {
  const long = 'x\r\n\u202e'.repeat(50_000)
  const texts = Object.fromEntries(Object.entries(usual).map(([name, value]) => [name, /Details|reason/.test(name) ? long : value]))
  const reading = parse({ ...texts, 'delivery-status': { message: long, reason: long } })
  if (reading.kind !== 'event' || reading.event.content.kind !== 'bounce') throw new Error('no bounce')
  const [{ diagnostic, verdict }] = reading.event.content.recipients
  expect([diagnostic.length <= 500, (verdict?.says.length ?? 0) <= 500, /[\r\n\u202e]/.test(diagnostic)]).toEqual([true, true, false])
})

it('asks for nothing but what lies at the SNS of the topic’s region, whatever address is given', () => {
  const place = topicPlace('arn:aws:sns:eu-west-1:123456789012:t') ?? { region: '', domain: 'amazonaws.com' as const }
  const parts = fc.constantFrom(
    'https://',
    'http://',
    'sns.eu-west-1.amazonaws.com',
    '@',
    ':443',
    ':80',
    '/',
    '\\',
    '?',
    '#',
    '.pem',
    '..',
    '%2e',
    'evil.example',
    '/SimpleNotificationService-1.pem',
    '?Action=ConfirmSubscription&TopicArn=t&Token=k',
    '\t',
    '\n',
    '。',
  )
  fc.assert(
    fc.property(fc.array(parts, { minLength: 1, maxLength: 8 }), pieces => {
      const text = pieces.join('')
      for (const url of [certificateUrl(text, place), subscribeUrl(text, { topic: 't', token: 'k', place })])
        if (url !== null) expect([url.origin, url.username, url.hash]).toEqual(['https://sns.eu-west-1.amazonaws.com', '', ''])
    }),
    { numRuns: 3000 },
  )
})

it.each([
  ['arn:aws:sns:eu-west-1:123456789012:t', 'eu-west-1', 'amazonaws.com'],
  ['arn:aws-us-gov:sns:us-gov-west-1:123456789012:t', 'us-gov-west-1', 'amazonaws.com'],
  ['arn:aws-cn:sns:cn-north-1:123456789012:t', 'cn-north-1', 'amazonaws.com.cn'],
])('knows where %s is', (arn, region, domain) => {
  expect(topicPlace(arn)).toEqual({ region, domain })
})

it.each([
  '',
  'arn:aws:sns:evil.example/:123456789012:t',
  'arn:aws:sqs:eu-west-1:123456789012:t',
  'arn:aws:sns:eu-west-1:1:t',
  'arn:aws-iso:sns:us-iso-east-1:123456789012:t',
])('knows no place of %j', arn => {
  expect(topicPlace(arn)).toBeNull()
})

it('reads no envelope out of anything else', () => {
  fc.assert(
    fc.property(fc.jsonValue(), json => {
      expect(parseSnsMessage(json)).toBeNull()
    }),
    { numRuns: 200 },
  )
})
