/** The subscriber's side of a publication in a temporary folder, asked without a server. */

import type { Hono } from 'hono'
import { onTestFinished } from 'vitest'
import { readConfig } from '../../../src/config/read-config.ts'
import type { Ledger } from '../../../src/ledger/ledger.ts'
import { openLedger } from '../../../src/ledger/open-ledger.ts'
import type { SubscriberRow } from '../../../src/ledger/tables.ts'
import { createLinkToken, type LinkClaim } from '../../../src/message/link-token.ts'
import { parseSecret } from '../../../src/message/secret-keys.ts'
import { type AnsweredRequest, createPublicApp } from '../../../src/web/public/create-public-app.ts'
import type { PublicSite } from '../../../src/web/public/public-site.ts'
import { siteOf } from '../../../src/web/public/serve-public.ts'
import { createPublication, type Publication, type PublicationOptions, secret } from '../../delivery/publication.ts'

/** What tests ask and look into. */
export interface OpenSite {
  readonly app: Hono
  readonly publication: Publication
  readonly ledger: Ledger
  readonly faults: readonly unknown[]
  readonly answered: readonly AnsweredRequest[]
  /** `client`: the address that holds the connection. */
  readonly ask: (path: string, init?: RequestInit, client?: string) => Promise<Response>
  readonly site: PublicSite
  readonly token: (claim: Partial<LinkClaim> & { readonly subscriber: number }, keys?: string) => string
  readonly person: (address: string) => Promise<SubscriberRow>
  readonly at: (time: Date) => void
}

/** What differs from the usual site. */
export interface SiteOptions extends PublicationOptions {
  /** As NEWS_DIGEST_SECRET holds them. */
  readonly keys?: string
  /** The ledger as the site gets it, where a test wants to see what is asked of it. */
  readonly watched?: (ledger: Ledger) => Ledger
}

const host = 'letter.harbour.example'

/** Opens one. Nothing is built, unless `built` says so. */
export async function openSite(options: SiteOptions = {}): Promise<OpenSite> {
  const publication = await createPublication({ built: false, ...options })
  const ledger = await openLedger(publication.place)
  onTestFinished(() => ledger.close())
  const config = await readConfig({ cwd: publication.cwd, file: null })
  let now = new Date('2026-02-10T08:00:00Z')
  const faults: unknown[] = []
  const answered: AnsweredRequest[] = []
  const site = siteOf({
    config,
    publicUrl: config.links.publicUrl ?? '',
    ledger: options.watched?.(ledger) ?? ledger,
    secret: parseSecret(options.keys ?? secret),
    clock: () => now,
    host: '127.0.0.1',
    port: 0,
  })
  const app = createPublicApp(site, { onFault: error => void faults.push(error), onAnswered: each => void answered.push(each) })
  return {
    app,
    publication,
    ledger,
    faults,
    answered,
    site,
    ask: async (path, init = {}, client = '192.0.2.1') =>
      app.request(
        `https://${host}${path}`,
        { ...init, headers: { host, ...Object.fromEntries(new Headers(init.headers)) } },
        { incoming: { socket: { remoteAddress: client } } },
      ),
    token: (claim, keys = secret) =>
      createLinkToken({ purpose: 'unsubscribe', list: 'digest', epoch: 0, ...claim } as LinkClaim, parseSecret(keys)),
    person: address => ledger.db.selectFrom('subscribers').selectAll().where('address', '=', address).executeTakeFirstOrThrow(),
    at: time => {
      now = time
    },
  }
}

/** A form as a browser sends it. */
export function formOf(fields: Readonly<Record<string, string>>): RequestInit {
  return { method: 'POST', body: new URLSearchParams(fields) }
}

export const ada = 'ada@gull.example'

/** A site that two people get mail from, and the path of the link by which Ada unsubscribes. */
export async function withAda() {
  const site = await openSite({ readers: [ada, 'bob@gull.example'] })
  const { id } = await site.person(ada)
  return { ...site, id, path: `/unsubscribe/${site.token({ subscriber: id })}` }
}

/** A multipart form as it stands in the body. */
export function multipart(boundary: string, body: string): RequestInit {
  return { method: 'POST', headers: { 'content-type': `multipart/form-data; boundary=${boundary}` }, body }
}
