/** The editions, for everybody: a list, one edition as it was sent, feeds. All of it may be cached. */

import { hash } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { etag } from 'hono/etag'
import { html } from 'hono/html'
import { formatDay } from '../../locale/format-date.ts'
import { escapeHtml } from '../../render/escape-html.ts'
import type { ArchivedEdition, ArchivedPage } from './archived-edition.ts'
import { atomFeed, rssFeed, sitemap } from './feeds.ts'
import { pageHtml } from './page.ts'
import { pageStyle } from './page-style.ts'
import type { PublicSite } from './public-site.ts'
import { emailPolicy } from './security-headers.ts'
import { wordsIn } from './show-page.ts'

/** The routes of the archive; what is not in it is left to others. */
export function archiveRoutes(site: PublicSite): Hono {
  const { archive, config } = site
  const pages = new WeakMap<ArchivedPage, ShownEdition>()
  const pageOf = (edition: ArchivedPage): ShownEdition => {
    const known = pages.get(edition) ?? toPage(edition, site)
    pages.set(edition, known)
    return known
  }
  const routes = new Hono()
  routes.use(etag())
  routes.get('/', async c => showList(c, site, await archive.list()))
  routes.get('/style.css', c => sendText(c, pageStyle(config), 'text/css'))
  routes.get('/feed.xml', async c => sendText(c, rssFeed(site, await archive.list()), 'application/rss+xml'))
  routes.get('/atom.xml', async c => sendText(c, atomFeed(site, await archive.list()), 'application/atom+xml'))
  routes.get('/sitemap.xml', async c => sendText(c, sitemap(site, await archive.list()), 'application/xml'))
  routes.get('/:edition', async (c, next) => {
    const edition = await archive.open(c.req.param('edition'))
    if (edition === null) return next()
    c.header('Content-Security-Policy', emailPolicy)
    c.header('Cache-Control', cached)
    const { page, tag } = pageOf(edition)
    c.header('ETag', tag)
    return c.html(page)
  })
  return routes
}

const cached = 'public, max-age=300'

function sendText(c: Context, text: string, type: string): Response {
  c.header('Cache-Control', cached)
  return c.body(text, 200, { 'Content-Type': `${type}; charset=utf-8` })
}

async function showList(c: Context, site: PublicSite, editions: readonly ArchivedEdition[]): Promise<Response> {
  const { config, base } = site
  // One page for all caches: in the publication's language, whatever a browser asks for.
  const { language, say } = wordsIn(await site.messagesFor(config.site.language))
  const days = new Intl.DateTimeFormat('en-CA', { timeZone: config.site.timeZone })
  const items = editions.map(edition => {
    const day = days.format(edition.sentAt)
    return html`<li><time datetime="${day}">${formatDay(day, language)}</time>
<a href="${base}/${edition.id}" ${edition.language === language ? '' : html`lang="${edition.language}"`}>${edition.subject}</a>
<span class="quiet-text">${edition.preheader}</span></li>`
  })
  const signUp = site.signUp === null ? '' : html`<p><a href="${base}/subscribe">${say('signUpLink', {})}</a></p>`
  const main = html`${signUp}${editions.length === 0 ? html`<p>${say('archiveEmpty', {})}</p>` : html`<ol>${items}</ol>`}`
  c.header('Cache-Control', cached)
  return c.html(pageHtml(site, { language, title: say('archiveTitle', {}), main }))
}

/** An edition as a page, and its ETag (RFC 9110 §8.8.3). */
interface ShownEdition {
  readonly page: string
  readonly tag: string
}

function toPage(edition: ArchivedPage, site: PublicSite): ShownEdition {
  const page = withHead(edition, site)
  return { page, tag: `"${hash('sha256', page, 'base64url')}"` }
}

/** The email with what other sites and feed readers look for in a page's head (https://ogp.me). */
function withHead({ id, subject, preheader, sentAt, html: email }: ArchivedPage, { config, publicUrl }: PublicSite): string {
  const address = escapeHtml(`${publicUrl}/${id}`)
  const head = `<link rel="canonical" href="${address}">
<link rel="alternate" type="application/rss+xml" title="${escapeHtml(config.site.name)}" href="${escapeHtml(publicUrl)}/feed.xml">
<meta name="description" content="${escapeHtml(preheader)}">
<meta property="og:type" content="article">
<meta property="og:title" content="${escapeHtml(subject)}">
<meta property="og:description" content="${escapeHtml(preheader)}">
<meta property="og:url" content="${address}">
<meta property="og:site_name" content="${escapeHtml(config.site.name)}">
<meta property="article:published_time" content="${sentAt.toISOString()}">
`
  const end = email.search(/<\/head\s*>/i)
  return end === -1 ? email : email.slice(0, end) + head + email.slice(end)
}
