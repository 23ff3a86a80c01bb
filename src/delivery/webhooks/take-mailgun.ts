/** Webhooks of Mailgun: signed, although not what they say. */

import { createHmac, hash, timingSafeEqual } from 'node:crypto'
import * as z from 'zod'
import { parseBody } from './parse-body.ts'
import { parseMailgun } from './parse-mailgun.ts'
import { createUsedTokens } from './used-tokens.ts'
import { type EventReading, refused, type TakeWebhook } from './webhook.ts'

const envelope = z.object({
  signature: z.object({
    timestamp: z.coerce.string().regex(/^\d{1,12}$/),
    token: z.string().regex(/^[\x21-\x7e]{1,200}$/),
    signature: z.string().regex(/^[0-9a-f]{64}$/i),
  }),
  'event-data': z.unknown(),
})

/** Mailgun tries for eight hours, and does not say that a later try is signed anew. */
const longestTry = 9 * 3_600_000
const clockSlack = 5 * 60_000
// A token and a hash: some 20 MB at most.
const mostTokens = 100_000

/**
 * Takes requests whose `signature` is the HMAC-SHA-256 of timestamp and token with this key (documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks).
 * What is signed is not the event: so a token counts for one event only, told again or not.
 *
 * Mailgun stops at 406 and tries again for eight hours after all else (…/user-manual/webhooks/webhook-retries). What no later try can mend gets 406; a wrong signature
 * gets 401, since the key that is configured may be wrong, and be set right.
 */
export function takeMailgun(signingKey: string): TakeWebhook {
  const mayUse = createUsedTokens({ most: mostTokens, keep: longestTry + clockSlack })
  return ({ body, now }) => {
    const { data, success } = envelope.safeParse(parseBody(body))
    if (!success) return refused(406, 'it is no webhook of Mailgun')
    const { timestamp, token, signature } = data.signature
    const expected = createHmac('sha256', signingKey).update(`${timestamp}${token}`).digest()
    if (!timingSafeEqual(Buffer.from(signature, 'hex'), expected)) return refused(401, 'its signature does not fit')
    const age = now - Number(timestamp) * 1000
    if (age > longestTry || age < -clockSlack) return refused(406, 'its signature is not of these hours')
    const reading = parseMailgun(data['event-data'])
    if (reading.kind === 'broken') return refused(406, 'it is no event of Mailgun')
    if (!mayUse(token, fingerprintOf(reading), now)) return refused(406, 'its signature was used for something else before')
    return { kind: 'events', readings: [reading] }
  }
}

/** Of what follows from it, and not of the bytes, which may differ when the same is told again. */
function fingerprintOf(reading: EventReading): string {
  return hash('sha256', JSON.stringify(reading), 'base64')
}
