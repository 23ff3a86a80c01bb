/** The subscriber's side behind a server of its own. */

import type { Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { createAdaptorServer } from '@hono/node-server'
import type { Config } from '../../config/config.ts'
import type { WebhookReceivers } from '../../delivery/webhooks/webhook.ts'
import { groupWrites } from '../../ledger/group-writes.ts'
import type { Ledger } from '../../ledger/ledger.ts'
import { readMessages } from '../../locale/read-messages.ts'
import type { SecretKeys } from '../../message/secret-keys.ts'
import { unsubscribeAll } from '../../subscribers/change-state.ts'
import { listen } from '../listen.ts'
import { watchUnusedConnections } from '../unused-connections.ts'
import { createPublicApp, type PublicEvents } from './create-public-app.ts'
import type { PublicSite } from './public-site.ts'
import { openArchive } from './read-archive.ts'
import { readLanguages } from './read-languages.ts'
import type { MailWay } from './sign-up/mail-way.ts'
import { readConfirmation } from './sign-up/read-confirmation.ts'
import { createOutbox, type Outbox, type OutboxEvents } from './sign-up/run-outbox.ts'
import { createSignUpDesk } from './sign-up/sign-up-desk.ts'

/** What the server is started with. */
export interface PublicRequest extends PublicEvents, OutboxEvents {
  readonly config: Config
  readonly publicUrl: string
  readonly ledger: Ledger
  readonly secret: SecretKeys
  readonly clock: () => Date
  /** Providers that may report here. Default: none. */
  readonly webhooks?: WebhookReceivers
  readonly host: string
  /** 0 leaves the choice to the system. */
  readonly port: number
  readonly patience?: Patience
  /** How confirmation mails go out; null where nobody can sign up, or another process sends them. */
  readonly mail?: MailWay | null
}

/** How long a client may take, in milliseconds: nobody holds a connection for long without asking for anything (slow loris). */
export interface Patience {
  readonly headers: number
  readonly request: number
  /** How often that is looked at. */
  readonly look: number
  /** How long closing waits for answers under way. */
  readonly drain: number
}

/** While it closes, in milliseconds. */
const betweenSweeps = 50
/** What is left of the time for writing down what became of the last mail, in milliseconds. Where the ledger is locked that would take longer; nothing is lost without it. */
const lastWords = 1000

const usualPatience: Patience = { headers: 10_000, request: 30_000, look: 5000, drain: 10_000 }

/** A server that runs. */
export interface RunningPublic {
  readonly port: number
  /** Takes no new connection, lets what is under way end, at most 10 seconds. */
  readonly close: () => Promise<void>
}

/**
 * Starts the server, and beside it the outbox of confirmation mails.
 * @throws UserError where it cannot listen, or the templates of those mails will not do
 */
export async function servePublic(request: PublicRequest): Promise<RunningPublic> {
  const { headers, request: whole, look, drain } = request.patience ?? usualPatience
  const site = siteOf(request)
  const outbox = await openOutbox(site, request)
  const app = createPublicApp(site, request)
  const serverOptions = { headersTimeout: headers, requestTimeout: whole, connectionsCheckingInterval: look }
  // The name is for who gives none, as balancers do that ask for /healthz by HTTP/1.0. Everything else is refused to them.
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false, serverOptions, hostname: 'localhost' }) as Server
  const endUnused = watchUnusedConnections(server)
  const port = await listen(server, request.host, { first: request.port, tries: 1 })
  outbox?.start()
  return {
    port,
    close: async () => {
      const closed = new Promise(resolve => server.close(resolve))
      // A connection that answers now would stay open for more requests: it is idle once it has. One without a byte so far may have one on its way.
      const sweeping = setInterval(() => {
        server.closeIdleConnections()
        endUnused()
      }, betweenSweeps)
      const timer = setTimeout(() => server.closeAllConnections(), drain)
      await within(drain, Promise.all([closed, outbox?.close(Math.max(0, drain - lastWords))]))
      clearInterval(sweeping)
      clearTimeout(timer)
    },
  }
}

/** Waits for something, but not for ever. */
async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  const over = new AbortController()
  await Promise.race([work, sleep(milliseconds, undefined, { signal: over.signal }).catch(() => undefined)])
  over.abort()
}

/** The mail is made in all languages now: a template that will not do must not be found out by the first who signs up. */
async function openOutbox(site: PublicSite, request: PublicRequest): Promise<Outbox | null> {
  const { signUp: desk, languages, confirmationFor } = site
  if (desk === null || request.mail === undefined || request.mail === null) return null
  await Promise.all(languages.map(confirmationFor))
  return createOutbox({ ...request, site, desk, way: request.mail })
}

/** What the routes answer from. */
export function siteOf({ config, publicUrl, ledger, secret, clock, webhooks = {} }: PublicRequest): PublicSite {
  const { out, displayRoot, templates } = config.paths
  const url = publicUrl.replace(/\/+$/, '')
  const messagesFor = keepEach(async language => (await readMessages({ userDir: templates, displayRoot, language })).messages)
  return {
    config,
    publicUrl: url,
    base: new URL(url).pathname.replace(/\/+$/, ''),
    ledger,
    secret,
    clock,
    webhooks,
    unsubscribe: groupWrites(requests => unsubscribeAll(ledger, requests)),
    archive: openArchive({ ledger, list: config.list.id, out, displayRoot, publicUrl: url }),
    languages: readLanguages(config),
    messagesFor,
    signUp: createSignUpDesk(config),
    confirmationFor: keepEach(async language => readConfirmation(config, await messagesFor(language))),
  }
}

/** Reads once for each language; what could not be read is tried anew. */
function keepEach<Value>(read: (language: string) => Promise<Value>): (language: string) => Promise<Value> {
  const kept = new Map<string, Promise<Value>>()
  return language => {
    const known = kept.get(language)
    if (known !== undefined) return known
    const value = read(language)
    kept.set(language, value)
    value.catch(() => kept.delete(language))
    return value
  }
}
