/** Webhooks of Amazon SES, which come as messages of Amazon SNS. */

import { verify } from 'node:crypto'
import { parseBody } from './parse-body.ts'
import { parseSes } from './parse-ses.ts'
import type { ReadSnsSigner } from './read-sns-signer.ts'
import type { ReadUrl } from './read-url.ts'
import { certificateUrl, parseSnsMessage, type SnsMessage, signedText, subscribeUrl, type TopicPlace, topicPlace } from './sns-message.ts'
import { refused, type TakenWebhook, type TakeWebhook } from './webhook.ts'

/** SNS tries for an hour at most (docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html), and the time of a message is that of its publishing. */
const longestTry = 65 * 60_000
const clockSlack = 5 * 60_000
const confirmation = { mostBytes: 64 * 1024, patience: 10_000 }

/** Where messages are taken from, and how the network is reached. */
export interface SesReceiver {
  /** ARNs of the topics. */
  readonly topics: readonly string[]
  readonly readSigner: ReadSnsSigner
  readonly readUrl: ReadUrl
}

/**
 * Takes messages of these topics that SNS has signed, and confirms subscriptions to them. SNS does not try again after a 4xx
 * (…/dg/sns-message-delivery-retries.html, "client-side errors"), and does after a 5xx.
 */
export function takeSes({ topics, readSigner, readUrl }: SesReceiver): TakeWebhook {
  return async ({ body, now }) => {
    const json = parseBody(body)
    if (json === undefined) return refused(400, 'it is no JSON')
    const message = parseSnsMessage(json)
    if (message === null) return refused(403, 'it is no signed message of SNS: is "raw message delivery" on?')
    // What costs nothing comes first, so that a stranger makes us ask nobody.
    const place = topics.includes(message.TopicArn) ? topicPlace(message.TopicArn) : null
    if (place === null) return refused(403, 'it is of a topic that is not configured')
    const age = now - Date.parse(message.Timestamp)
    if (!(age <= longestTry && age >= -clockSlack)) return refused(403, 'it is not of this hour')
    const forged = await verifyMessage(message, { place, readSigner, now })
    if (forged !== null) return forged
    switch (message.Type) {
      case 'UnsubscribeConfirmation':
        return { kind: 'events', readings: [{ kind: 'ignored' }] }
      case 'SubscriptionConfirmation':
        return confirm(message, place, readUrl)
      case 'Notification': {
        const event = parseBody(Buffer.from(message.Message))
        // SES tries a new topic out with a sentence; and others may publish there, too.
        return { kind: 'events', readings: [event === undefined ? { kind: 'ignored' } : parseSes(event)] }
      }
    }
  }
}

async function verifyMessage(
  message: SnsMessage,
  { place, readSigner, now }: { readonly place: TopicPlace; readonly readSigner: ReadSnsSigner; readonly now: number },
): Promise<TakenWebhook | null> {
  const url = certificateUrl(message.SigningCertURL, place)
  if (url === null) return refused(403, 'its certificate does not lie at the SNS of its region')
  const signer = await readSigner(url, place, now)
  if (signer.kind === 'unavailable') return refused(503, 'the certificate of SNS cannot be had now')
  if (signer.kind === 'refused') return refused(403, signer.why)
  const algorithm = message.SignatureVersion === '1' ? 'sha1' : 'sha256'
  const fits = verify(algorithm, Buffer.from(signedText(message)), signer.key, Buffer.from(message.Signature, 'base64'))
  return fits ? null : refused(403, 'its signature does not fit')
}

/** Says yes to a subscription to one of our own topics (docs.aws.amazon.com/sns/latest/dg/SendMessageToHttp.confirm.html). */
async function confirm(
  { SubscribeURL, Token, TopicArn }: Extract<SnsMessage, { Type: 'SubscriptionConfirmation' }>,
  place: TopicPlace,
  readUrl: ReadUrl,
): Promise<TakenWebhook> {
  const url = subscribeUrl(SubscribeURL, { topic: TopicArn, token: Token, place })
  if (url === null) return refused(403, 'its confirmation does not lie at the SNS of its region')
  try {
    await readUrl(url, confirmation)
    return { kind: 'confirmed' }
  } catch {
    return refused(503, 'the subscription cannot be confirmed now')
  }
}
