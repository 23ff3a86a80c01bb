import { expect, it } from 'vitest'
import { type Issued, issue } from './certificates.ts'
import { between, confirmation, confirmUrl, internet, issuerUrl, root, signer, snsMessage, topic } from './sns.ts'
import { ada, bob, now, openWebhookSite } from './webhook-site.ts'

const minute = 60_000

async function open(pages: Parameters<typeof internet>[0] = {}, roots = [root.pem]) {
  const net = internet(pages)
  const site = await openWebhookSite({ webhooks: `  ses: { topics: ["${topic}"] }\n`, readUrl: net.readUrl, roots })
  // As SNS sends it, with a type that is not that of JSON.
  const send = (body: string) => site.post('/webhooks/ses', body, { 'content-type': 'text/plain; charset=UTF-8' })
  const tell = (event: object, changes: object = {}) => send(snsMessage({ Message: JSON.stringify(event), ...changes }))
  return { ...site, asked: net.asked, send, tell }
}

/** As docs.aws.amazon.com/ses/latest/dg/notification-examples.html shows them. */
const mail = (changes: object = {}) => ({
  timestamp: '2026-02-09T09:00:00.000Z',
  source: 'letter@harbour.example',
  sourceArn: 'arn:aws:ses:eu-west-1:123456789012:identity/harbour.example',
  messageId: '0102019c3a5f1e7b-7c2a9b1e-3c44-4c0d-9a55-0f3a6e1d2b7c-000000',
  destination: [ada],
  headersTruncated: false,
  headers: [{ name: 'Subject', value: 'Lamps at low water' }],
  commonHeaders: { subject: 'Lamps at low water' },
  ...changes,
})
const recipient = (changes: object = {}) => ({
  emailAddress: ada,
  status: '5.1.1',
  action: 'failed',
  diagnosticCode: 'smtp; 550 5.1.1 user unknown',
  ...changes,
})
const bounce = (type: string, subtype: string, recipients: readonly object[] = [recipient()], about: object = {}) => ({
  notificationType: 'Bounce',
  bounce: {
    bounceType: type,
    bounceSubType: subtype,
    bouncedRecipients: recipients,
    reportingMTA: 'dns; a4-1.smtp-out.eu-west-1.amazonses.com',
    timestamp: '2026-02-10T07:00:00.000Z',
    feedbackId: '0102019c3a61-9d1d-000000',
  },
  mail: mail(about),
})
const complaint = (changes: object = {}) => ({
  notificationType: 'Complaint',
  complaint: {
    userAgent: 'Loop/1',
    complainedRecipients: [{ emailAddress: ada }],
    complaintFeedbackType: 'abuse',
    timestamp: '2026-02-10T07:00:00.000Z',
    feedbackId: '0102019c3a62-000000',
    ...changes,
  },
  mail: mail(),
})
const bare = [{ emailAddress: ada }]
const asEvent = ({ notificationType, ...rest }: ReturnType<typeof bounce> | ReturnType<typeof complaint>) => ({
  eventType: notificationType,
  ...rest,
})
const subscription = (unsubscribeAll: boolean) => ({
  eventType: 'Subscription',
  mail: mail(),
  subscription: {
    contactList: 'Readers',
    timestamp: '2026-02-10T07:00:00.000Z',
    source: 'UnsubscribeHeader',
    newTopicPreferences: { unsubscribeAll, topicSubscriptionStatus: [] },
  },
})

it.each<[string, object, string, string | null]>([
  ['a permanent bounce', bounce('Permanent', 'General'), 'bounced', 'hard'],
  ['a permanent bounce as an event', asEvent(bounce('Permanent', 'NoEmail')), 'bounced', 'hard'],
  ['a permanent bounce without a delivery status', bounce('Permanent', 'General', bare), 'bounced', 'hard'],
  ['an address that SES has given up', bounce('Permanent', 'OnAccountSuppressionList', bare), 'bounced', 'hard'],
  [
    'a permanent refusal for policy',
    bounce('Permanent', 'General', [recipient({ status: '5.7.1', diagnosticCode: 'smtp; 550 5.7.1 no' })]),
    'subscribed',
    'nothing',
  ],
  ['a full mailbox', bounce('Transient', 'MailboxFull', bare), 'subscribed', 'soft'],
  [
    'a temporary failure',
    bounce('Transient', 'General', [recipient({ status: '4.4.7', diagnosticCode: 'smtp; 450 4.4.7 expired' })]),
    'subscribed',
    'soft',
  ],
  ['a delayed report', bounce('Transient', 'General', [recipient({ action: 'delayed', status: '4.0.0' })]), 'subscribed', 'nothing'],
  ['an automatic reply, which SES takes for a bounce', bounce('Transient', 'General', bare), 'subscribed', null],
  ['a message that is too large', bounce('Transient', 'MessageTooLarge', bare), 'subscribed', 'nothing'],
  [
    'content that is refused',
    bounce('Transient', 'ContentRejected', [recipient({ status: '5.0.0', diagnosticCode: null })]),
    'subscribed',
    'nothing',
  ],
  [
    'an undetermined bounce',
    bounce('Undetermined', 'Undetermined', [recipient({ status: '5.0.0', diagnosticCode: null })]),
    'subscribed',
    'soft',
  ],
  ['an undetermined bounce without anything', bounce('Undetermined', 'Undetermined', bare), 'subscribed', null],
  ['an address that SES’s own list has unsubscribed', bounce('Permanent', 'UnsubscribedRecipient', bare), 'unsubscribed', 'nothing'],
  ['a complaint', complaint(), 'complained', 'complaint'],
  ['a complaint as an event', asEvent(complaint()), 'complained', 'complaint'],
  ['a complaint without a type', complaint({ complaintFeedbackType: undefined }), 'complained', 'complaint'],
  ['a complaint taken back', complaint({ complaintFeedbackType: 'not-spam' }), 'subscribed', 'nothing'],
  ['unsubscribing from everything at SES', subscription(true), 'unsubscribed', 'nothing'],
  ['a change of topics at SES', subscription(false), 'subscribed', null],
  ['a delivery', { notificationType: 'Delivery', mail: mail(), delivery: {} }, 'subscribed', null],
  ['a delay', { eventType: 'DeliveryDelay', mail: mail(), deliveryDelay: {} }, 'subscribed', null],
])('takes %s', async (_, event, state, kind) => {
  const { tell, states, bounces, faults } = await open()
  expect((await tell(event)).status).toBe(200)
  expect([await states(), (await bounces()).map(each => each.kind), faults]).toEqual([
    [state, 'subscribed'],
    kind === null ? [] : [kind],
    [],
  ])
})

it('knows the message by its return path, our header, its name at SES, its Message-ID, or the address', async () => {
  const { tell, messages, bounces } = await open()
  const known = messages(ada)
  const soft = [recipient({ status: '4.2.2', diagnosticCode: 'smtp; 452 full' })]
  const abouts = [
    { source: known.returnPath },
    { headers: [{ name: 'X-News-Digest-Delivery', value: String(known.delivery) }, 3, { name: 'x' }] },
    { messageId: `queue-${known.delivery}` },
    { headers: [{ name: 'Message-ID', value: known.messageId }] },
    {},
  ]
  for (const [index, about] of abouts.entries()) {
    const event = bounce('Transient', 'MailboxFull', soft, about)
    await tell({ ...event, bounce: { ...event.bounce, feedbackId: String(index) } })
  }
  expect((await bounces()).map(({ matchedBy, deliveryId }) => [matchedBy, deliveryId])).toEqual(
    ['verp', 'header', 'queue-id', 'message-id', 'address'].map(by => [by, known.delivery]),
  )
})

it('takes a bounce of several recipients apart', async () => {
  const { tell, states } = await open()
  await tell(bounce('Permanent', 'General', [recipient(), recipient({ emailAddress: `Bob <${bob}>` })], { destination: [ada, bob] }))
  expect(await states()).toEqual(['bounced', 'bounced'])
})

it('counts an event once, as a notification and as an event', async () => {
  const { tell, bounces, told } = await open()
  for (const event of [bounce('Permanent', 'General'), bounce('Permanent', 'General'), asEvent(bounce('Permanent', 'General'))])
    await tell(event)
  expect([(await bounces()).length, told.map(each => 'repeated' in each && each.repeated)]).toEqual([1, [0, 1, 1]])
})

it('takes both versions of signatures, a subject, and certificates that come with their issuer; and asks for each once', async () => {
  const { tell, asked, told } = await open()
  await tell(bounce('Permanent', 'General'), { SignatureVersion: '1' })
  await tell(bounce('Permanent', 'General'), { Subject: 'Amazon SES Email Event Notification\nof Ü' })
  expect(told.map(({ outcome }) => outcome)).toEqual(['written', 'written'])
  expect(asked).toEqual([internet().certUrl, issuerUrl])
  const other = await open({ [internet().certUrl]: signer.pem + between.pem })
  await other.tell(bounce('Permanent', 'General'))
  expect([other.asked, (await other.states())[0]]).toEqual([[internet().certUrl], 'bounced'])
})

it('confirms a subscription to its own topic', async () => {
  const { send, asked, told } = await open()
  expect((await send(confirmation())).status).toBe(200)
  expect([asked.at(-1), told]).toEqual([confirmUrl, [{ provider: 'ses', outcome: 'confirmed' }]])
})

it('lets SNS try again where the confirmation fails for now', async () => {
  const { send } = await open({ [confirmUrl]: new Error('timed out') })
  expect((await send(confirmation())).status).toBe(503)
})

const evil = (url: string) => ({ SubscribeURL: url })
it.each([
  ['another host', evil(confirmUrl.replace('sns.eu-west-1', 'sns.eu-west-1.evil.example/?'))],
  ['a host that ends like it', evil(confirmUrl.replace('amazonaws.com', 'amazonaws.com.evil.example'))],
  ['a host of this machine', evil('https://127.0.0.1/?Action=ConfirmSubscription')],
  ['the metadata of the machine', evil('http://169.254.169.254/latest/meta-data/')],
  ['no TLS', evil(confirmUrl.replace('https:', 'http:'))],
  ['a port', evil(confirmUrl.replace('.com/', '.com:8443/'))],
  ['a password', evil(confirmUrl.replace('https://', 'https://a:b@'))],
  ['another region', evil(confirmUrl.replace('sns.eu-west-1', 'sns.us-east-1'))],
  ['another action', evil(confirmUrl.replace('ConfirmSubscription', 'DeleteTopic'))],
  ['another topic', evil(confirmUrl.replace(`TopicArn=${topic}`, `TopicArn=${topic}2`))],
  ['more than it needs', evil(`${confirmUrl}&Action=DeleteTopic`)],
  ['a file', evil('file:///etc/passwd')],
  ['no address', evil('x')],
])('confirms nothing at %s', async (_, changes) => {
  const { send, asked, told } = await open()
  expect((await send(confirmation(changes))).status).toBe(403)
  expect(asked).toEqual([internet().certUrl, issuerUrl])
  expect(told).toMatchObject([{ outcome: 'refused' }])
})

const foreign = issue({ name: 'Test Root CA 1', isAuthority: true })
const leaf = (changes: Partial<Parameters<typeof issue>[0]> = {}) =>
  issue({ name: 'sns.amazonaws.com', hosts: ['sns.amazonaws.com'], issuer: between, issuerAt: issuerUrl, rsa: 2048, ...changes })
const selfSigned = issue({ name: 'sns.amazonaws.com', hosts: ['sns.amazonaws.com'] })

it.each<[string, string, Issued, Record<string, Buffer>?]>([
  ['signs for itself', 'it does not descend from Amazon', selfSigned],
  ['names somebody else', 'it names somebody else', leaf({ name: 'evil.example', hosts: ['evil.example'] })],
  ['names a host below that of SNS', 'it names somebody else', leaf({ name: 'x', hosts: ['a.sns.amazonaws.com'] })],
  ['names SNS of another region', 'it names somebody else', leaf({ name: 'x', hosts: ['sns.us-east-1.amazonaws.com'] })],
  ['names SNS with a wildcard', 'it names somebody else', leaf({ name: 'x', hosts: ['*.amazonaws.com', '*.eu-west-1.amazonaws.com'] })],
  ['has expired', 'is not valid now', leaf({ validTo: new Date(now - minute) })],
  ['is not valid yet', 'is not valid now', leaf({ validFrom: new Date(now + minute) })],
  ['is short', 'its key is none of 2048 bits', leaf({ rsa: 1024 })],
  ['is no RSA', 'its key is none of 2048 bits', issue({ name: 'sns.amazonaws.com', issuer: between, issuerAt: issuerUrl })],
  ['is that of an authority', 'it is the certificate of an authority', leaf({ isAuthority: true })],
  ['does not say who issued it', 'it does not descend from Amazon', issue({ name: 'sns.amazonaws.com', issuer: between, rsa: 2048 })],
  ['says that its issuer lies elsewhere', 'it does not descend from Amazon', leaf({ issuerAt: 'http://169.254.169.254/r2m01.cer' })],
  [
    'says that its issuer lies at a host that ends like it',
    'it does not descend from Amazon',
    leaf({ issuerAt: 'http://crt.amazontrust.com.evil.example/r2m01.cer' }),
  ],
  ['has a root of the same name', 'it does not descend from Amazon', leaf({ issuer: foreign }), { [issuerUrl]: foreign.der }],
  ['was not issued by what it names', 'it was not issued by what it names', leaf({ issuer: { ...foreign, name: between.name } })],
  ['was issued by no authority', 'it was not issued by what it names', leaf({ issuer: selfSigned }), { [issuerUrl]: selfSigned.der }],
  ['has an issuer that is no certificate', 'its issuer is no certificate', leaf(), { [issuerUrl]: Buffer.from('x') }],
])('refuses a certificate that %s', async (_, why, certificate, pages = {}) => {
  const { send, states, told, faults, asked } = await open({ [internet().certUrl]: certificate.pem, ...pages })
  const answer = await send(snsMessage({ Message: JSON.stringify(bounce('Permanent', 'General')) }, { with: certificate }))
  expect([answer.status, await states(), faults]).toEqual([403, ['subscribed', 'subscribed'], []])
  expect(told).toMatchObject([{ outcome: 'refused', why: expect.stringContaining(why) }])
  expect(asked.filter(each => ![internet().certUrl, issuerUrl].includes(each))).toEqual([])
})

it('refuses an issuer that has expired', async () => {
  const old = issue({ name: between.name, issuer: root, isAuthority: true, validTo: new Date(now - minute) })
  const certificate = leaf({ issuer: old })
  const { send } = await open({ [internet().certUrl]: certificate.pem, [issuerUrl]: old.der })
  expect((await send(snsMessage({}, { with: certificate }))).status).toBe(403)
})

it('trusts by default no root but Amazon’s own', async () => {
  const net = internet()
  const site = await openWebhookSite({ webhooks: `  ses: { topics: ["${topic}"] }\n`, readUrl: net.readUrl })
  expect((await site.post('/webhooks/ses', snsMessage())).status).toBe(403)
})

it('takes the certificate of a region that has its own, and asks again once one has expired', async () => {
  const first = leaf({
    name: 'sns-signing.eu-west-1.amazonaws.com',
    hosts: ['sns-signing.eu-west-1.amazonaws.com'],
    validTo: new Date(now + 30 * minute),
  })
  const { send, asked, at } = await open({ [internet().certUrl]: first.pem })
  expect((await send(snsMessage({}, { with: first }))).status).toBe(200)
  at(now + 40 * minute)
  const later = { Timestamp: new Date(now + 40 * minute).toISOString() }
  expect((await send(snsMessage(later, { with: first }))).status).toBe(403)
  expect((await send(snsMessage(later, { with: first }))).status).toBe(403)
  expect(asked.filter(each => each === internet().certUrl)).toHaveLength(2)
})

it.each([
  ['another host', 'https://evil.example/SimpleNotificationService-1.pem'],
  ['a host that ends like it', 'https://sns.eu-west-1.amazonaws.com.evil.example/SimpleNotificationService-1.pem'],
  ['a host that begins like it', 'https://sns.eu-west-1.amazonaws.com@evil.example/SimpleNotificationService-1.pem'],
  ['a bucket that anybody may have', 'https://sns.s3.amazonaws.com/SimpleNotificationService-1.pem'],
  ['another region', 'https://sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem'],
  ['China', 'https://sns.eu-west-1.amazonaws.com.cn/SimpleNotificationService-1.pem'],
  ['no TLS', 'http://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem'],
  ['a port', 'https://sns.eu-west-1.amazonaws.com:444/SimpleNotificationService-1.pem'],
  ['another path', 'https://sns.eu-west-1.amazonaws.com/evil/SimpleNotificationService-1.pem'],
  ['a path that climbs', 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1/../../x.pem'],
  ['a query', 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem?x=y.pem'],
  ['a redirecting action', 'https://sns.eu-west-1.amazonaws.com/?Action=x&.pem'],
  ['no address', 'x'],
])('asks for no certificate at %s', async (_, url) => {
  const { send, asked } = await open()
  expect([(await send(snsMessage({ SigningCertURL: url }))).status, asked]).toEqual([403, []])
})

it.each<[string, string]>([
  ['of another topic', snsMessage({ TopicArn: `${topic}-2` })],
  ['that is two hours old', snsMessage({ Timestamp: new Date(now - 120 * minute).toISOString() })],
  ['of the future', snsMessage({ Timestamp: new Date(now + 60 * minute).toISOString() })],
  ['without a time', snsMessage({ Timestamp: 'soon' })],
  ['of a version that is none', snsMessage({}, { forged: { SignatureVersion: '3' } })],
  ['without a signature', snsMessage({}, { forged: { Signature: undefined } })],
  ['that was delivered raw', JSON.stringify(bounce('Permanent', 'General'))],
  ['of a type that is none', snsMessage({}, { forged: { Type: 'Other' } })],
])('refuses a message %s, and asks nobody', async (_, body) => {
  const { send, asked, states, told } = await open()
  expect([(await send(body)).status, asked, await states()]).toEqual([403, [], ['subscribed', 'subscribed']])
  expect(told).toMatchObject([{ provider: 'ses', outcome: 'refused' }])
})

it.each([
  ['another message', { Message: JSON.stringify(bounce('Permanent', 'General')) }],
  ['another id', { MessageId: 'other' }],
  ['a subject', { Subject: 'x' }],
  ['another version', { SignatureVersion: '1' }],
  ['a signature of nothing', { Signature: 'AAAA' }],
  ['another time', { Timestamp: new Date(now).toISOString() }],
])('refuses a message that got %s after it was signed', async (_, forged) => {
  const { send, states, bounces } = await open()
  expect([(await send(snsMessage({}, { forged }))).status, await states(), await bounces()]).toEqual([
    403,
    ['subscribed', 'subscribed'],
    [],
  ])
})

it('lets SNS try again where the certificate cannot be had, and asks Amazon only so often', async () => {
  const { send, asked } = await open({ [internet().certUrl]: new Error('timed out') })
  const url = (index: number) => `https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-${index}.pem`
  const answers = await Promise.all(Array.from({ length: 30 }, (_, index) => send(snsMessage({ SigningCertURL: url(index) }))))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]))
  expect(asked).toHaveLength(20)
})

it('asks for a certificate once where many messages come at the same time', async () => {
  const { tell, asked, bounces } = await open()
  const answers = await Promise.all(Array.from({ length: 20 }, () => tell(bounce('Permanent', 'General'))))
  expect([new Set(answers.map(({ status }) => status)), asked.length, (await bounces()).length]).toEqual([new Set([200]), 2, 1])
})

it.each<[string, string, number]>([
  ['no JSON', 'x', 400],
  ['a message that is a sentence', snsMessage({ Message: 'Successfully validated SNS topic for Amazon SES event publishing.' }), 200],
  ['a bounce that lacks everything', snsMessage({ Message: JSON.stringify({ notificationType: 'Bounce', mail: mail() }) }), 200],
  ['a message that is deep', snsMessage({ Message: `${'['.repeat(200_000)}${']'.repeat(200_000)}` }), 200],
  ['an envelope that is deep', '['.repeat(500_000) + ']'.repeat(500_000), 403],
  ['more than a megabyte', snsMessage({ Message: 'x'.repeat(1_100_000) }), 413],
])('answers %s with %i, and writes nothing', async (_, body, code) => {
  const { send, bounces, faults } = await open()
  expect([(await send(body)).status, await bounces(), faults]).toEqual([code, [], []])
})
