/** Webhooks: providers tell of bounces, complaints and people who want no more. Only who is configured is listened to. */

import { type Context, Hono } from 'hono'
import { durationOf } from '../../config/duration.ts'
import type { IncomingContext } from '../../delivery/bounces/incoming.ts'
import { type TakeWebhook, type WebhookProvider, webhookProviders } from '../../delivery/webhooks/webhook.ts'
import { type WebhookCounts, writeEvents } from '../../delivery/webhooks/write-events.ts'
import { readBody } from '../read-body.ts'
import type { PublicSite } from './public-site.ts'

/** What came of a request, as it may be written down: numbers, and reasons without anything of a person. */
export type AnsweredWebhook = { readonly provider: WebhookProvider } & (
  | ({ readonly outcome: 'written' } & WebhookCounts)
  | { readonly outcome: 'confirmed' }
  | { readonly outcome: 'refused'; readonly why: string }
)

/**
 * Octets of a body. SNS carries 256 KB (docs.aws.amazon.com/general/latest/gr/sns.html), which its JSON may write twice as long; SendGrid gathers many events, and
 * publishes no limit.
 */
const mostBytes: Readonly<Record<WebhookProvider, number>> = {
  ses: 1_048_576,
  postmark: 1_048_576,
  mailgun: 1_048_576,
  sendgrid: 4_194_304,
}

/** The routes below `/webhooks`. Whoever is not configured has none. */
export function webhookRoutes(site: PublicSite, onWebhook?: (webhook: AnsweredWebhook) => void): Hono {
  const routes = new Hono()
  for (const provider of webhookProviders) {
    const take = site.webhooks[provider]
    if (take === undefined) continue
    const tell = (answered: AnsweredWebhook) => onWebhook?.(answered)
    routes.post(`/${provider}`, c => answer(c, site, { provider, take, tell }))
  }
  return routes
}

interface Receiver {
  readonly provider: WebhookProvider
  readonly take: TakeWebhook
  readonly tell: (answered: AnsweredWebhook) => void
}

/** 200 once everything is committed; where the ledger fails, the application answers 503, and the provider tries again. */
async function answer(c: Context, site: PublicSite, { provider, take, tell }: Receiver): Promise<Response> {
  c.header('Cache-Control', 'no-store')
  const body = await readBody(c, mostBytes[provider])
  if (body === null) {
    tell({ provider, outcome: 'refused', why: 'it is too large' })
    return c.text('too large\n', 413)
  }
  const now = site.clock().getTime()
  const taken = await take({ header: name => c.req.header(name), body, now })
  switch (taken.kind) {
    case 'refused':
      tell({ provider, outcome: 'refused', why: taken.why })
      if (taken.status === 401) c.header('WWW-Authenticate', 'Basic realm="webhooks"')
      return c.text(`${taken.why}\n`, taken.status)
    case 'confirmed':
      tell({ provider, outcome: 'confirmed' })
      return c.text('confirmed\n')
    case 'events':
      tell({ provider, outcome: 'written', ...(await writeEvents(site.ledger, provider, taken.readings, contextOf(site, now))) })
      return c.text('taken\n')
  }
}

function contextOf({ config, secret }: PublicSite, now: number): IncomingContext {
  return {
    list: config.list.id,
    secret,
    now,
    // An event names the address that it is about, and an address leads to its message.
    findByMessageId: async () => null,
    isVerified: true,
    softLimit: config.bounces.softLimit,
    softWithin: durationOf(config.bounces.softWithin),
    // The provider itself has signed.
    expectsSignature: false,
  }
}
