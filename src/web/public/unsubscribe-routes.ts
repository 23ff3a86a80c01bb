/**
 * Unsubscribing. GET and HEAD change nothing, since scanners follow links; any POST does, from the page's button or from a mailbox provider (RFC 8058 §3.2): whatever
 * its body is, the token says it all, so nothing in a body can make it fail. It is answered without redirect, cookie or login.
 */

import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { undoUnsubscription } from '../../subscribers/undo-unsubscription.ts'
import { writeLeaveReason } from '../../subscribers/write-leave-reason.ts'
import { readForm } from '../read-body.ts'
import { showBrokenForm, showBrokenLink, showUseYourLink } from './dead-ends.ts'
import { leaveForm, parseLeaveForm } from './leave-form.ts'
import type { Markup } from './page.ts'
import { personOf } from './person-of.ts'
import type { PublicSite } from './public-site.ts'
import { showPage, type Words, wordsFor } from './show-page.ts'

/** A link may be passed on, and whoever holds it must not put somebody back who left long ago, or speak for them. */
const recently = 24 * 3_600_000

/** What the history says. */
const source = 'unsubscribe link'
const undone = 'took back the unsubscription, on the page that had answered it'

/** In bytes. */
const longestForm = 65_536

/** The routes below `/unsubscribe`. */
export function unsubscribeRoutes(site: PublicSite): Hono {
  const { ledger, clock, base } = site
  const routes = new Hono()
  routes.get('/', c => showUseYourLink(c, site))
  routes.get('/:token', async c => {
    const token = c.req.param('token')
    const person = await personOf(site, token, 'unsubscribe')
    // Now rather than after the button: a link that leads nowhere, as with another secret than messages were signed with, is found by whoever tries one out.
    if (person === null) return showBrokenLink(c, site)
    if (person.state === 'unsubscribed') return showLeft(c, site)
    const { language, say } = await wordsFor(c, site)
    const title = say('leaveTitle', { publication: site.config.site.name })
    const action = `${base}/unsubscribe/${encodeURIComponent(token)}`
    const main = html`<p>${say('leaveLead', {})}</p>
<form method="post" action="${action}"><button>${say('leaveButton', {})}</button></form>`
    return showPage(c, site, { language, title, main })
  })
  routes.post('/:token', async c => {
    const token = c.req.param('token')
    const person = await personOf(site, token, 'unsubscribe')
    if (person === null) return showBrokenLink(c, site)
    await site.unsubscribe({
      subscriberId: person.id,
      why: 'asked to by the link in a message',
      source,
      at: clock().getTime(),
    })
    return showLeft(c, site)
  })
  routes.post('/:token/undo', async c => {
    const person = await personOf(site, c.req.param('token'), 'unsubscribe')
    if (person === null) return showBrokenLink(c, site)
    const at = clock().getTime()
    const undoing = { subscriberId: person.id, how: undone, source, at, leftSince: at - recently }
    if (!(await undoUnsubscription(ledger, undoing))) return showBrokenLink(c, site)
    const { language, say } = await wordsFor(c, site)
    const main = html`<p>${say('undoneLead', { publication: site.config.site.name })}</p>`
    return showPage(c, site, { language, title: say('undoneTitle', {}), main })
  })
  routes.post('/:token/reason', async c => {
    const person = await personOf(site, c.req.param('token'), 'unsubscribe')
    if (person === null) return showBrokenLink(c, site)
    const given = parseLeaveForm(await readForm(c, longestForm))
    if (given === undefined) return showBrokenForm(c, site)
    if (given === null) return showLeft(c, site)
    const at = clock().getTime()
    const isKept = await writeLeaveReason(ledger, { ...given, subscriberId: person.id, at, leftSince: at - recently })
    if (!isKept) return showBrokenLink(c, site)
    const words = await wordsFor(c, site)
    const main = html`<p role="status">${words.say('leaveReasonThanksLead', {})}</p>
${undoForm(c, site, words)}`
    return showPage(c, site, { language: words.language, title: words.say('leaveReasonThanksTitle', {}), main })
  })
  return routes
}

/** To whoever is off the list: what holds now, the way back, and a question that may be left alone. */
async function showLeft(c: Context, site: PublicSite): Promise<Response> {
  const words = await wordsFor(c, site)
  const { language, say } = words
  const main = html`<p>${say('leftLead', { publication: site.config.site.name })}</p>
${undoForm(c, site, words)}
${leaveForm(words, `${site.base}/unsubscribe/${c.req.param('token')}/reason`)}`
  return showPage(c, site, { language, title: say('leftTitle', {}), main })
}

function undoForm(c: Context, { base }: PublicSite, { say }: Words): Markup {
  return html`<form method="post" action="${base}/unsubscribe/${c.req.param('token')}/undo"><button class="quiet">${say('undoButton', {})}</button></form>`
}
