/** Confirming a sign-up by the link in the mail. GET shows and changes nothing, since scanners follow links; the POST of its button confirms. */

import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { readLinkToken } from '../../../message/link-token.ts'
import { confirmSignUp, readSignUp, type SignUpReading } from '../../../subscribers/confirm-sign-up.ts'
import { showBrokenLink, showUseYourLink } from '../dead-ends.ts'
import { trimToken } from '../person-of.ts'
import type { PublicSite } from '../public-site.ts'
import { showPage, wordsFor } from '../show-page.ts'
import type { SignUpDesk } from './sign-up-desk.ts'

/** The routes below `/confirm`. */
export function confirmRoutes(site: PublicSite, desk: SignUpDesk): Hono {
  const { ledger, secret, clock, config, base } = site
  const publication = config.site.name
  const read = (token: string) => readLinkToken(trimToken(token), secret, { purpose: 'confirm', now: clock() })
  const routes = new Hono()
  routes.get('/', c => showUseYourLink(c, site, 'signUpLead'))
  routes.get('/:token', async c => {
    const token = c.req.param('token')
    const { kind } = await readSignUp(ledger.db, read(token), config.list.id)
    if (kind !== 'open') return showOther(c, site, kind)
    const { language, say } = await wordsFor(c, site)
    const main = html`<p>${say('confirmLead', { publication })}</p>
<form method="post" action="${base}/confirm/${token}"><button>${say('confirmButton', {})}</button></form>`
    return showPage(c, site, { language, title: say('confirmTitle', { publication }), main })
  })
  routes.post('/:token', async c => {
    const confirming = { list: config.list.id, at: clock().getTime(), client: desk.clientOf(c), tags: desk.tags }
    const kind = await confirmSignUp(ledger, read(c.req.param('token')), confirming)
    if (kind !== 'open') return showOther(c, site, kind)
    const { language, say } = await wordsFor(c, site)
    const main = html`<p>${say('confirmedLead', { publication })}</p>
<p><a href="${base}/">${say('archiveTitle', {})}</a></p>`
    return showPage(c, site, { language, title: say('confirmedTitle', {}), main })
  })
  return routes
}

/** Links that confirm nothing any more, or never did. */
async function showOther(c: Context, site: PublicSite, kind: Exclude<SignUpReading['kind'], 'open'>): Promise<Response> {
  if (kind === 'nothing') return showBrokenLink(c, site)
  const { language, say } = await wordsFor(c, site)
  if (kind === 'done') {
    const main = html`<p>${say('confirmedLead', { publication: site.config.site.name })}</p>`
    return showPage(c, site, { language, title: say('alreadyConfirmedTitle', {}), main })
  }
  const main = html`<p>${say('linkExpiredLead', {})}</p>
<p><a href="${site.base}/subscribe">${say('signUpLink', {})}</a></p>`
  return showPage(c, site, { language, title: say('linkExpiredTitle', {}), main })
}
