/** Webhooks of SendGrid: lists of events, signed. */

import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { parseBody } from './parse-body.ts'
import { parseSendgrid } from './parse-sendgrid.ts'
import { refused, type TakeWebhook } from './webhook.ts'

/** SendGrid tries for 24 hours, and does not say that a later try is signed anew. A replay does no harm, since an event counts once. */
const longestTry = 25 * 3_600_000
const clockSlack = 5 * 60_000

/**
 * Takes requests that this key has signed: ECDSA with SHA-256 over the timestamp's digits and the body's bytes
 * (www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features). Events that can be read count beside those that cannot. SendGrid
 * tries again after any answer but 2xx (…/tracking-events/troubleshooting).
 */
export function takeSendgrid(publicKey: KeyObject): TakeWebhook {
  return ({ header, body, now }) => {
    const timestamp = header('x-twilio-email-event-webhook-timestamp') ?? ''
    const signature = header('x-twilio-email-event-webhook-signature') ?? ''
    if (signature === '') return refused(401, 'it is not signed: "Signed Event Webhook" is off')
    if (!/^\d{1,12}$/.test(timestamp) || signature.length > 500) return refused(403, 'its signature does not fit')
    const signed = Buffer.concat([Buffer.from(timestamp), body])
    if (!verify('sha256', signed, publicKey, Buffer.from(signature, 'base64'))) return refused(403, 'its signature does not fit')
    const age = now - Number(timestamp) * 1000
    if (age > longestTry || age < -clockSlack) return refused(403, 'its signature is not of this day')
    const json = parseBody(body)
    if (!Array.isArray(json)) return refused(400, 'it is no list of events')
    return { kind: 'events', readings: json.map(parseSendgrid) }
  }
}

/** The key as SendGrid shows it: base64 of a P-256 key in DER; null where a text is none. */
export function parseSendgridKey(text: string): KeyObject | null {
  try {
    const der = Buffer.from(text.replace(/-----[A-Z ]+-----|\s/g, ''), 'base64')
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' })
    return key.asymmetricKeyDetails?.namedCurve === 'prime256v1' ? key : null
  } catch {
    return null
  }
}
