import { expect, it } from 'vitest'
import { type Issued, issue } from './certificates.ts'
import { bounce, mail, openSes } from './ses-events.ts'
import { between, confirmation, confirmUrl, internet, issuerUrl, root, signer, snsMessage, topic } from './sns.ts'
import { now, openWebhookSite } from './webhook-site.ts'

const minute = 60_000

it('takes both versions of signatures, a subject, and certificates that come with their issuer; and asks for each once', async () => {
  const { tell, asked, told } = await openSes()
  await tell(bounce('Permanent', 'General'), { SignatureVersion: '1' })
  await tell(bounce('Permanent', 'General'), { Subject: 'Amazon SES Email Event Notification\nof Ü' })
  expect(told.map(({ outcome }) => outcome)).toEqual(['written', 'written'])
  expect(asked).toEqual([internet().certUrl, issuerUrl])
  const other = await openSes({ [internet().certUrl]: signer.pem + between.pem })
  await other.tell(bounce('Permanent', 'General'))
  expect([other.asked, (await other.states())[0]]).toEqual([[internet().certUrl], 'bounced'])
})

it('confirms a subscription to its own topic', async () => {
  const { send, asked, told } = await openSes()
  expect((await send(confirmation())).status).toBe(200)
  expect([asked.at(-1), told]).toEqual([confirmUrl, [{ provider: 'ses', outcome: 'confirmed' }]])
})

it('lets SNS try again where the confirmation fails for now', async () => {
  const { send } = await openSes({ [confirmUrl]: new Error('timed out') })
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
  const { send, asked, told } = await openSes()
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
  const { send, states, told, faults, asked } = await openSes({ [internet().certUrl]: certificate.pem, ...pages })
  const answer = await send(snsMessage({ Message: JSON.stringify(bounce('Permanent', 'General')) }, { with: certificate }))
  expect([answer.status, await states(), faults]).toEqual([403, ['subscribed', 'subscribed'], []])
  expect(told).toMatchObject([{ outcome: 'refused', why: expect.stringContaining(why) }])
  expect(asked.filter(each => ![internet().certUrl, issuerUrl].includes(each))).toEqual([])
})

it('refuses an issuer that has expired', async () => {
  const old = issue({ name: between.name, issuer: root, isAuthority: true, validTo: new Date(now - minute) })
  const certificate = leaf({ issuer: old })
  const { send } = await openSes({ [internet().certUrl]: certificate.pem, [issuerUrl]: old.der })
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
  const { send, asked, at } = await openSes({ [internet().certUrl]: first.pem })
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
  const { send, asked } = await openSes()
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
  const { send, asked, states, told } = await openSes()
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
  const { send, states, bounces } = await openSes()
  expect([(await send(snsMessage({}, { forged }))).status, await states(), await bounces()]).toEqual([
    403,
    ['subscribed', 'subscribed'],
    [],
  ])
})

it('lets SNS try again where the certificate cannot be had, and asks Amazon only so often', async () => {
  const { send, asked } = await openSes({ [internet().certUrl]: new Error('timed out') })
  const url = (index: number) => `https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-${index}.pem`
  const answers = await Promise.all(Array.from({ length: 30 }, (_, index) => send(snsMessage({ SigningCertURL: url(index) }))))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]))
  expect(asked).toHaveLength(20)
})

it('asks for a certificate once where many messages come at the same time', async () => {
  const { tell, asked, bounces } = await openSes()
  const answers = await Promise.all(Array.from({ length: 20 }, () => tell(bounce('Permanent', 'General'))))
  expect([new Set(answers.map(({ status }) => status)), asked.length, (await bounces()).length]).toEqual([new Set([200]), 2, 1])
})

it.each<[string, number, string]>([
  ['no JSON', 400, 'x'],
  ['a message that is a sentence', 200, snsMessage({ Message: 'Successfully validated SNS topic for Amazon SES event publishing.' })],
  ['a bounce that lacks everything', 200, snsMessage({ Message: JSON.stringify({ notificationType: 'Bounce', mail: mail() }) })],
  ['a message that is deep', 200, snsMessage({ Message: `${'['.repeat(200_000)}${']'.repeat(200_000)}` })],
  ['an envelope that is deep', 403, '['.repeat(500_000) + ']'.repeat(500_000)],
  ['more than a megabyte', 413, snsMessage({ Message: 'x'.repeat(1_100_000) })],
])('answers %s with %i, and writes nothing', async (_, code, body) => {
  const { send, bounces, faults } = await openSes()
  expect([(await send(body)).status, await bounces(), faults]).toEqual([code, [], []])
})
