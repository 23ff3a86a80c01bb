/** The routes of the subscriber's side. Nothing of the file system is reached by a path of a request. */

import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { isCutShort } from '../read-body.ts'
import { archiveRoutes } from './archive-routes.ts'
import { showNothing } from './dead-ends.ts'
import { preferencesRoutes } from './preferences-routes.ts'
import type { PublicSite } from './public-site.ts'
import { commonHeaders, pagePolicy, strictTransport } from './security-headers.ts'
import { showPage, wordsFor } from './show-page.ts'
import { confirmRoutes } from './sign-up/confirm-routes.ts'
import { signUpRoutes } from './sign-up/sign-up-routes.ts'
import { unsubscribeRoutes } from './unsubscribe-routes.ts'
import { type AnsweredWebhook, webhookRoutes } from './webhook-routes.ts'

/** One request, as it may be written down: the route, never the path, which may hold a token. */
export interface AnsweredRequest {
  readonly method: string
  readonly route: string
  readonly status: number
  readonly milliseconds: number
}

/** What happens that somebody may want to know of. */
export interface PublicEvents {
  readonly onAnswered?: (request: AnsweredRequest) => void
  /** A provider told of something, or somebody who said so. */
  readonly onWebhook?: (webhook: AnsweredWebhook) => void
  /** An answer that failed by a fault of ours. */
  readonly onFault?: (error: unknown, request: Pick<AnsweredRequest, 'method' | 'route'>) => void
}

/** The application, ready for a server or for `app.request`. */
export function createPublicApp(site: PublicSite, { onAnswered, onWebhook, onFault }: PublicEvents = {}): Hono {
  const own = new URL(site.publicUrl)
  // What holds for all answers holds outside of our path, too.
  const all = new Hono({ strict: false })
  const app = all.basePath(site.base)
  const routeOf = (path: string) => nameRoute(path.slice(site.base.length))
  all.use(async (c, next) => {
    const startedAt = performance.now()
    for (const [name, value] of Object.entries({ ...commonHeaders, 'Content-Security-Policy': pagePolicy })) c.header(name, value)
    if (own.protocol === 'https:') c.header('Strict-Transport-Security', strictTransport)
    await next()
    onAnswered?.({ method: c.req.method, route: routeOf(c.req.path), status: c.res.status, milliseconds: performance.now() - startedAt })
  })
  app.get('/healthz', c => c.text('ok\n'))
  app.get('/readyz', async c => {
    await site.ledger.probe()
    return c.text('ok\n')
  })
  all.use(async (c, next) =>
    hostsOf(c).every(host => isOwnHost(host, own)) ? next() : c.text('This server is not asked for by that name.\n', 421),
  )
  app.route('/unsubscribe', unsubscribeRoutes(site))
  app.route('/preferences', preferencesRoutes(site))
  if (site.signUp !== null) {
    app.route('/subscribe', signUpRoutes(site, site.signUp))
    app.route('/confirm', confirmRoutes(site, site.signUp))
  }
  app.route('/webhooks', webhookRoutes(site, onWebhook))
  app.route('/', archiveRoutes(site))
  app.notFound(c => showNothing(c, site))
  app.onError(async (error, c) => {
    if (isCutShort(error)) return c.text('cut short\n', 400)
    onFault?.(error, { method: c.req.method, route: routeOf(c.req.path) })
    c.header('Retry-After', '60')
    const words = await wordsFor(c, site).catch(() => null)
    // It may be the words that cannot be read.
    if (words === null) return c.text('Try again in a minute.\n', 503)
    const { language, say } = words
    return showPage(c, site, { language, title: say('tryAgainTitle', {}), main: html`<p>${say('tryAgainLead', {})}</p>` }, 503)
  })
  return app
}

const known =
  /^\/(?:unsubscribe|preferences|subscribe|confirm)(?=\/|$)|^\/webhooks\/(?:ses|postmark|mailgun|sendgrid)$|^\/(?:healthz|readyz|style\.css|feed\.xml|atom\.xml|sitemap\.xml)$|^\/$/

/** What a path may be called where it is written down. */
function nameRoute(path: string): string {
  const [start] = known.exec(path) ?? []
  if (start === undefined) return /^\/[\w.-]{1,80}$/.test(path) ? '/:edition' : 'other'
  return path.length > start.length ? `${start}/:token${/\/(undo|reason|forget|data\.json)$/.exec(path)?.[0] ?? ''}` : start
}

/** Whom a request asks for: in its Host header, and in its target, which counts where it is a whole address (RFC 9112 §3.2.2). */
function hostsOf(c: Context): readonly string[] {
  return [c.req.header('host') ?? '', /^https?:\/\/([^/?#]*)/i.exec(c.req.url)?.[1] ?? '']
}

/** Asked for by our own name, with the root's dot or without, or on this machine: another name that leads here belongs to somebody else. */
function isOwnHost(host: string, { hostname }: URL): boolean {
  const name = host.replace(/:\d+$/, '').replace(/\.$/, '').toLowerCase()
  return name === hostname || ['localhost', '127.0.0.1', '[::1]'].includes(name)
}
