/** Amazon SNS as far as a subscriber sees it: its authority, its certificates, its signatures, and what lies at its addresses. */

import { sign } from 'node:crypto'
import type { ReadUrl } from '../../../src/delivery/webhooks/read-url.ts'
import { type Issued, issue } from './certificates.ts'
import { now } from './webhook-site.ts'

export const topic = 'arn:aws:sns:eu-west-1:123456789012:bounces'
const certUrl = 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-9c6465fa7f48f5cacd23014631ec1136.pem'
export const issuerUrl = 'http://crt.r2m01.amazontrust.com/r2m01.cer'
const token = '2336412f37fb687f5d51e6e241d09c805a5a57b30d712f794cc5f6a988666d92'
export const confirmUrl = `https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=${topic}&Token=${token}`

export const root = issue({ name: 'Test Root CA 1', isAuthority: true })
export const between = issue({ name: 'Test RSA 2048 M01', issuer: root, isAuthority: true })
export const signer = issue({ name: 'sns.amazonaws.com', hosts: ['sns.amazonaws.com'], issuer: between, issuerAt: issuerUrl, rsa: 2048 })

/** Fields of a message; what is undefined is left out. */
export type MessageFields = Readonly<Record<string, unknown>>

/** A message as SNS posts it (docs.aws.amazon.com/sns/latest/dg/http-notification-json.html), signed. `changes` are signed, `forged` come after that. */
export function snsMessage(
  changes: MessageFields = {},
  { with: by = signer, forged = {} }: { readonly with?: Issued; readonly forged?: MessageFields } = {},
): string {
  const message: Record<string, unknown> = {
    Type: 'Notification',
    MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
    TopicArn: topic,
    Message: '{}',
    Timestamp: new Date(now - 60_000).toISOString(),
    SignatureVersion: '2',
    SigningCertURL: certUrl,
    UnsubscribeURL: `https://sns.eu-west-1.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=${topic}:1`,
    ...changes,
  }
  const signedFields =
    message.Type === 'Notification'
      ? ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type']
      : ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type']
  const text = signedFields.filter(name => message[name] !== undefined).map(name => `${name}\n${String(message[name])}\n`)
  const Signature = sign(message.SignatureVersion === '1' ? 'sha1' : 'sha256', Buffer.from(text.join('')), by.key).toString('base64')
  return JSON.stringify({ Signature, ...message, ...forged })
}

/** A request to be confirmed. */
export const confirmation = (changes: MessageFields = {}) =>
  snsMessage({
    Type: 'SubscriptionConfirmation',
    Token: token,
    Message: `You have chosen to subscribe to the topic ${topic}.`,
    SubscribeURL: confirmUrl,
    ...changes,
  })

/** What lies at addresses, and what was asked for. Without `pages`: the certificate, its issuer, and the confirmation. */
export function internet(pages: Readonly<Record<string, string | Uint8Array | Error>> = {}) {
  const all: Readonly<Record<string, string | Uint8Array | Error>> = {
    [certUrl]: signer.pem,
    [issuerUrl]: between.der,
    [confirmUrl]: '<ConfirmSubscriptionResponse/>',
    ...pages,
  }
  const asked: string[] = []
  const readUrl: ReadUrl = async url => {
    asked.push(url.href)
    const page = all[url.href]
    if (page === undefined || page instanceof Error) throw page ?? new Error('nothing there')
    return typeof page === 'string' ? Buffer.from(page) : page
  }
  return { readUrl, asked, certUrl }
}
