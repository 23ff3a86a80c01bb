/** What subscribers may change and see of themselves, by the link in their messages. Reading shows; only a POST changes. */

import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import * as z from 'zod'
import type { SubscriberRow } from '../../ledger/tables.ts'
import { formatDay } from '../../locale/format-date.ts'
import { forgetPerson } from '../../subscribers/forget-person.ts'
import { showSubscriber } from '../../subscribers/show-subscriber.ts'
import { subscriberFileJson } from '../../subscribers/subscriber-json.ts'
import { readForm } from '../read-body.ts'
import { showBrokenForm, showBrokenLink, showUseYourLink } from './dead-ends.ts'
import { longestName, nameOf } from './name-field.ts'
import type { Markup } from './page.ts'
import { personOf } from './person-of.ts'
import type { PublicSite } from './public-site.ts'
import { showPage, type Words, wordsOf } from './show-page.ts'

/** In bytes. */
const longestForm = 65_536
const pauses = [2, 4, 8, 12]
const week = 7 * 86_400_000

const form = z.object({
  name: z.string().max(2000).optional(),
  language: z.string().max(40).optional(),
  pause: z.string().max(10).optional(),
})

/** The routes below `/preferences`. */
export function preferencesRoutes(site: PublicSite): Hono {
  const { ledger, clock } = site
  const routes = new Hono()
  routes.get('/', c => showUseYourLink(c, site))
  routes.get('/:token', async c => {
    const person = await personOf(site, c.req.param('token'), 'preferences')
    return person === null ? showBrokenLink(c, site) : showForm(c, site, person, false)
  })
  routes.post('/:token', async c => {
    const person = await personOf(site, c.req.param('token'), 'preferences')
    if (person === null) return showBrokenLink(c, site)
    const given = form.safeParse(await readForm(c, longestForm))
    if (!given.success) return showBrokenForm(c, site)
    const changed = { ...person, ...toChange(given.data, person, site) }
    const { name, language, pausedUntil } = changed
    await ledger.write(db => db.updateTable('subscribers').set({ name, language, pausedUntil }).where('id', '=', person.id).execute())
    return showForm(c, site, changed, true)
  })
  routes.get('/:token/data.json', async c => {
    const person = await personOf(site, c.req.param('token'), 'preferences')
    if (person === null) return showBrokenLink(c, site)
    c.header('Cache-Control', 'no-store')
    c.header('Content-Disposition', 'attachment; filename="subscription.json"')
    return c.body(`${JSON.stringify(subscriberFileJson(await showSubscriber(ledger, person)), null, 2)}\n`, 200, {
      'Content-Type': 'application/json',
    })
  })
  routes.post('/:token/forget', async c => {
    const person = await personOf(site, c.req.param('token'), 'preferences')
    if (person === null) return showBrokenLink(c, site)
    const { language, say } = await wordsOf(c, site, person.language)
    await forgetPerson(ledger, person.address, clock().getTime())
    return showPage(c, site, { language, title: say('forgottenTitle', {}), main: html`<p>${say('forgottenLead', {})}</p>` })
  })
  return routes
}

/** What a form says, as far as it can be kept: an empty name is none, and what was not offered is not taken. */
function toChange(
  { name, language, pause }: z.output<typeof form>,
  person: SubscriberRow,
  { languages, clock }: PublicSite,
): Pick<SubscriberRow, 'name' | 'language' | 'pausedUntil'> {
  const weeks = pauses.find(each => String(each) === pause)
  const isOffered = language !== undefined && (languages.includes(language) || language === person.language)
  return {
    name: name === undefined ? person.name : nameOf(name),
    language: language === '' ? null : isOffered ? language : person.language,
    pausedUntil: weeks !== undefined ? clock().getTime() + weeks * week : pause === 'none' ? null : person.pausedUntil,
  }
}

async function showForm(c: Context, site: PublicSite, person: SubscriberRow, isSaved: boolean): Promise<Response> {
  const words = await wordsOf(c, site, person.language)
  const { language, say } = words
  const base = `${site.base}/preferences/${c.req.param('token')}`
  const main = html`${isSaved ? html`<p class="note" role="status">${say('savedNote', {})}</p>` : ''}
<p>${say('preferencesFor', { address: person.address })}</p>
${person.state === 'subscribed' ? '' : html`<p class="note">${say('notSubscribedNote', {})}</p>`}
<form method="post" action="${base}">
<label for="name">${say('nameLabel', {})}</label>
<input id="name" name="name" autocomplete="name" maxlength="${longestName}" value="${person.name ?? ''}">
${languageField(site, person, words)}
${pauseField(site, person, words)}
<button>${say('saveButton', {})}</button>
</form>
<p><a href="${base}/data.json">${say('downloadLink', {})}</a></p>
<h2>${say('forgetTitle', {})}</h2>
<p>${say('forgetLead', {})}</p>
<form method="post" action="${base}/forget"><button class="quiet">${say('forgetConfirm', {})}</button></form>`
  return showPage(c, site, { language, title: say('preferencesTitle', {}), main })
}

function languageField({ languages }: PublicSite, person: SubscriberRow, { language, say }: Words): Markup {
  const names = (tag: string) => new Intl.DisplayNames(tag, { type: 'language' }).of(tag) ?? tag
  const offered = person.language === null || languages.includes(person.language) ? languages : [person.language, ...languages]
  const option = (value: string, label: string) =>
    html`<option value="${value}" ${value === (person.language ?? '') ? 'selected' : ''} ${value === '' || value === language ? '' : html`lang="${value}"`}>${label}</option>`
  return html`<label for="language">${say('languageLabel', {})}</label>
<select id="language" name="language">${option('', say('languageAny', {}))}${offered.map(each => option(each, names(each)))}</select>`
}

function pauseField({ clock, config }: PublicSite, { pausedUntil }: SubscriberRow, { language, say }: Words): Markup {
  const isPaused = pausedUntil !== null && pausedUntil > clock().getTime()
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: config.site.timeZone }).format(pausedUntil ?? 0)
  const keep = isPaused ? html`<option value="keep" selected>${say('pauseKeep', { date: formatDay(day, language) })}</option>` : ''
  return html`<label for="pause">${say('pauseLabel', {})}</label>
<select id="pause" name="pause">${keep}<option value="none">${say('pauseNone', {})}</option>${pauses.map(weeks => html`<option value="${weeks}">${say('pauseWeeks', { count: weeks })}</option>`)}</select>`
}
