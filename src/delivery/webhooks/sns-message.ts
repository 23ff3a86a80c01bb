/**
 * Messages of Amazon SNS: what is signed in them, and which addresses in them may be asked
 * (docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message-verify-message-signature.html; the same rules as github.com/aws/aws-js-sns-message-validator, and stricter on
 * hosts, as AWS's newer validators are).
 */

import * as z from 'zod'
import { identifier } from './event-content.ts'

const common = {
  MessageId: identifier,
  TopicArn: identifier,
  Message: z.string(),
  Timestamp: identifier,
  SignatureVersion: z.enum(['1', '2']),
  Signature: z.string().min(1).max(2000),
  SigningCertURL: identifier,
}

const snsMessage = z.discriminatedUnion('Type', [
  z.object({ Type: z.literal('Notification'), Subject: z.string().nullish(), ...common }),
  z.object({ Type: z.literal('SubscriptionConfirmation'), SubscribeURL: z.string().max(2000), Token: z.string().max(2000), ...common }),
  z.object({ Type: z.literal('UnsubscribeConfirmation'), SubscribeURL: z.string().max(2000), Token: z.string().max(2000), ...common }),
])

/** A message as SNS posts it. */
export type SnsMessage = z.output<typeof snsMessage>

/** The envelope; null for what is none, such as a message that is delivered raw, which nobody signs. */
export function parseSnsMessage(json: unknown): SnsMessage | null {
  return snsMessage.safeParse(json).data ?? null
}

/** What is signed: names and values of these fields, each on a line of its own, by name. A subject that is absent is left out. */
export function signedText(message: SnsMessage): string {
  const { Type, Message, MessageId, Timestamp, TopicArn } = message
  const fields: readonly (readonly [string, string | null | undefined])[] =
    message.Type === 'Notification'
      ? [
          ['Message', Message],
          ['MessageId', MessageId],
          ['Subject', message.Subject],
          ['Timestamp', Timestamp],
          ['TopicArn', TopicArn],
          ['Type', Type],
        ]
      : [
          ['Message', Message],
          ['MessageId', MessageId],
          ['SubscribeURL', message.SubscribeURL],
          ['Timestamp', Timestamp],
          ['Token', message.Token],
          ['TopicArn', TopicArn],
          ['Type', Type],
        ]
  return fields.flatMap(([name, value]) => (value == null ? [] : [`${name}\n${value}\n`])).join('')
}

/** A topic's region, and the domain of its services. */
export interface TopicPlace {
  readonly region: string
  readonly domain: 'amazonaws.com' | 'amazonaws.com.cn'
}

/** The place in a topic's name; null for what is none. */
export function topicPlace(arn: string): TopicPlace | null {
  const [, partition, region] =
    /^arn:(aws|aws-cn|aws-us-gov):sns:([a-z]{2}(?:-[a-z]{2,10}){1,3}-\d{1,2}):\d{12}:[\w-]{1,256}(?:\.fifo)?$/.exec(arn) ?? []
  return region === undefined ? null : { region, domain: partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com' }
}

/** The address of a signing certificate, where it lies at the SNS of the topic's own region; else null. */
export function certificateUrl(text: string, place: TopicPlace): URL | null {
  const url = ownUrl(text, place)
  return url !== null && url.search === '' && /^\/SimpleNotificationService-[A-Za-z0-9_-]{1,128}\.pem$/.test(url.pathname) ? url : null
}

/** The address that confirms a subscription to this topic, at the SNS of its own region; else null. */
export function subscribeUrl(
  text: string,
  { topic, token, place }: { readonly topic: string; readonly token: string; readonly place: TopicPlace },
): URL | null {
  const url = ownUrl(text, place)
  const query = url?.searchParams
  const isConfirmation = query?.get('Action') === 'ConfirmSubscription' && query.get('TopicArn') === topic && query.get('Token') === token
  return url !== null && url.pathname === '/' && isConfirmation && query?.size === 3 ? url : null
}

function ownUrl(text: string, { region, domain }: TopicPlace): URL | null {
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  const isPlain = url.username === '' && url.password === '' && url.port === '' && url.hash === ''
  return url.protocol === 'https:' && url.hostname === `sns.${region}.${domain}` && isPlain ? url : null
}
