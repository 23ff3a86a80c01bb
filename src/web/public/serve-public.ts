/** The subscriber's side behind a server of its own. */

import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import type { Config } from '../../config/config.ts'
import type { WebhookReceivers } from '../../delivery/webhooks/webhook.ts'
import { groupWrites } from '../../ledger/group-writes.ts'
import type { Ledger } from '../../ledger/ledger.ts'
import type { Messages } from '../../locale/messages.ts'
import { readMessages } from '../../locale/read-messages.ts'
import type { SecretKeys } from '../../message/secret-keys.ts'
import { unsubscribeAll } from '../../subscribers/change-state.ts'
import { listen } from '../listen.ts'
import { createPublicApp, type PublicEvents } from './create-public-app.ts'
import type { PublicSite } from './public-site.ts'
import { openArchive } from './read-archive.ts'

/** What the server is started with. */
export interface PublicRequest extends PublicEvents {
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

const usualPatience: Patience = { headers: 10_000, request: 30_000, look: 5000, drain: 10_000 }

/** A server that runs. */
export interface RunningPublic {
  readonly port: number
  /** Takes no new connection, lets what is under way end, at most 10 seconds. */
  readonly close: () => Promise<void>
}

/** Languages that the shipped messages are in. */
const shipped = ['en', 'de', 'fa']

/**
 * Starts the server.
 * @throws UserError where it cannot listen
 */
export async function servePublic(request: PublicRequest): Promise<RunningPublic> {
  const { headers, request: whole, look, drain } = request.patience ?? usualPatience
  const app = createPublicApp(siteOf(request), request)
  const serverOptions = { headersTimeout: headers, requestTimeout: whole, connectionsCheckingInterval: look }
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false, serverOptions }) as Server
  const port = await listen(server, request.host, { first: request.port, tries: 1 })
  return {
    port,
    close: async () => {
      const closed = new Promise(resolve => server.close(resolve))
      server.closeIdleConnections()
      const timer = setTimeout(() => server.closeAllConnections(), drain)
      await closed
      clearTimeout(timer)
    },
  }
}

/** What the routes answer from. */
export function siteOf({ config, publicUrl, ledger, secret, clock, webhooks = {} }: PublicRequest): PublicSite {
  const { out, displayRoot, templates } = config.paths
  const url = publicUrl.replace(/\/+$/, '')
  const kept = new Map<string, Promise<Messages>>()
  const read = async (language: string) => (await readMessages({ userDir: templates, displayRoot, language })).messages
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
    languages: [...new Set([config.site.language, ...shipped])],
    messagesFor: language => {
      const messages = kept.get(language) ?? read(language)
      kept.set(language, messages)
      return messages
    },
  }
}
