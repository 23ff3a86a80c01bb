/** Webhooks of Postmark: not signed, but with the user and the password that stand in the address given to Postmark. */

import { hash, timingSafeEqual } from 'node:crypto'
import { parseBody } from './parse-body.ts'
import { parsePostmark } from './parse-postmark.ts'
import { refused, type TakeWebhook } from './webhook.ts'

/**
 * Takes requests that carry this `user:password` (postmarkapp.com/developer/webhooks/webhooks-overview, "Basic HTTP authentication"; RFC 7617). Postmark tries
 * again after any answer but 200, and stops at 403 (postmarkapp.com/support/article/understanding-inbound-webhook-retries-in-postmark): so a password that was mistyped
 * gets 401, and can be set right.
 */
export function takePostmark(login: string): TakeWebhook {
  const expected = hash('sha256', login, 'buffer')
  return ({ header, body }) => {
    const given = /^Basic ([A-Za-z0-9+/=]{1,2000})$/i.exec(header('authorization')?.trim() ?? '')?.[1]
    if (given === undefined) return refused(401, 'it carries no user and password')
    if (!timingSafeEqual(hash('sha256', Buffer.from(given, 'base64'), 'buffer'), expected))
      return refused(401, 'its user or password is not the one that is configured')
    const json = parseBody(body)
    if (json === undefined) return refused(400, 'it is no JSON')
    const reading = parsePostmark(json)
    return reading.kind === 'broken' ? refused(400, 'it is no event of Postmark') : { kind: 'events', readings: [reading] }
  }
}
