/** Pages for whoever comes to where nothing can be done: without a token, with a broken one, with a form that cannot be read, or to nothing at all. */

import type { Context } from 'hono'
import { html } from 'hono/html'
import { pageHtml } from './page.ts'
import type { PublicSite } from './public-site.ts'
import { showPage, wordsFor } from './show-page.ts'

/** To whoever asks for a page that is about one person without their token: the link is in their messages. `lead` says in which. */
export function showUseYourLink(
  c: Context,
  site: PublicSite,
  lead: 'useYourLinkLead' | 'signUpLead' = 'useYourLinkLead',
): Promise<Response> {
  return showWords(c, site, 'useYourLinkTitle', lead, 200)
}

/** One answer for every token that leads nowhere. */
export function showBrokenLink(c: Context, site: PublicSite): Promise<Response> {
  return showWords(c, site, 'linkBrokenTitle', 'linkBrokenLead', 404)
}

/** To a form that cannot be read. */
export function showBrokenForm(c: Context, site: PublicSite): Promise<Response> {
  return showWords(c, site, 'tryAgainTitle', 'brokenFormLead', 400)
}

/** What is not there. */
export async function showNothing(c: Context, site: PublicSite): Promise<Response> {
  const { language, say } = await wordsFor(c, site)
  c.header('Cache-Control', 'no-store')
  return c.html(pageHtml(site, { language, title: say('notFoundTitle', {}), main: html`<p>${say('notFoundLead', {})}</p>` }), 404)
}

type Title = 'useYourLinkTitle' | 'linkBrokenTitle' | 'tryAgainTitle'
type Lead = 'useYourLinkLead' | 'signUpLead' | 'linkBrokenLead' | 'brokenFormLead'

async function showWords(c: Context, site: PublicSite, title: Title, lead: Lead, status: 200 | 400 | 404): Promise<Response> {
  const { language, say } = await wordsFor(c, site)
  return showPage(c, site, { language, title: say(title, {}), main: html`<p>${say(lead, {})}</p>` }, status)
}
