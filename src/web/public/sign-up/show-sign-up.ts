/** The pages of signing up, and the same answers as JSON. */

import type { Context } from 'hono'
import { html } from 'hono/html'
import type { MessageKey } from '../../../locale/messages.ts'
import { longestName } from '../name-field.ts'
import type { PublicSite } from '../public-site.ts'
import { showPage, type Words, wordsFor } from '../show-page.ts'
import type { SignUpDesk } from './sign-up-desk.ts'
import type { GivenSignUp, SignUpMedia } from './sign-up-form.ts'

/** Why a request is refused. */
export type Refusal = 'address-invalid' | 'too-many' | 'origin-not-listed' | 'unknown-type' | 'too-large' | 'broken'

/** The form; with what was given, where the address in it is none. */
export function showSignUp(
  c: Context,
  site: PublicSite,
  desk: SignUpDesk,
  { language, say }: Words,
  given: GivenSignUp | null = null,
): Response | Promise<Response> {
  const publication = site.config.site.name
  const fault = given === null ? '' : html`<p id="fault" class="note" role="alert">${say('addressInvalid', {})}</p>`
  const described = given === null ? '' : html`aria-invalid="true" aria-describedby="fault" autofocus`
  const main = html`<p>${say('signUpLead', {})}</p>
<form method="post" action="${site.base}/subscribe">
<input type="hidden" name="language" value="${language}">
<label for="email">${say('addressLabel', {})}</label>
<input id="email" name="email" type="email" autocomplete="email" inputmode="email" dir="ltr" maxlength="320" required value="${given?.email ?? ''}" ${described}>
${fault}
<label for="name">${say('nameLabel', {})}</label>
<input id="name" name="name" autocomplete="name" maxlength="${longestName}" value="${given?.name ?? ''}">
<div class="unseen"><label for="homepage">${say('leaveEmptyLabel', {})}</label>
<input id="homepage" name="homepage" autocomplete="off" tabindex="-1"></div>
<p>${desk.wording ?? say('signUpWording', { publication })}</p>
<button>${say('signUpButton', {})}</button>
</form>`
  return showPage(c, site, { language, title: say('signUpTitle', { publication }), main }, given === null ? 200 : 400)
}

/** The one answer to everybody whose address is one. */
export function showMailbox(
  c: Context,
  site: PublicSite,
  media: SignUpMedia,
  { language, say }: Words,
  address: string,
): Response | Promise<Response> {
  const lead = say('mailboxLead', { address })
  if (media === 'json') return answer(c, 200, { ok: true, message: lead })
  return showPage(c, site, { language, title: say('mailboxTitle', {}), main: html`<p>${lead}</p>` })
}

interface Refused {
  readonly status: 400 | 403 | 413 | 415 | 429
  readonly title: MessageKey & ('tryAgainTitle' | 'tooManyTitle')
  readonly lead: MessageKey & ('addressInvalid' | 'tooManyLead' | 'otherSiteLead' | 'tryAgainLead' | 'brokenFormLead')
}

const refusals: Readonly<Record<Refusal, Refused>> = {
  'address-invalid': { status: 400, title: 'tryAgainTitle', lead: 'addressInvalid' },
  'too-many': { status: 429, title: 'tooManyTitle', lead: 'tooManyLead' },
  'origin-not-listed': { status: 403, title: 'tryAgainTitle', lead: 'otherSiteLead' },
  'unknown-type': { status: 415, title: 'tryAgainTitle', lead: 'brokenFormLead' },
  'too-large': { status: 413, title: 'tryAgainTitle', lead: 'brokenFormLead' },
  broken: { status: 400, title: 'tryAgainTitle', lead: 'brokenFormLead' },
}

/** Refuses a request, and says why; in the browser's language where the request named none. */
export async function refuse(c: Context, site: PublicSite, media: SignUpMedia, refusal: Refusal, words?: Words): Promise<Response> {
  const { language, say } = words ?? (await wordsFor(c, site))
  const { status, title, lead } = refusals[refusal]
  if (media === 'json') return answer(c, status, { ok: false, error: refusal, message: say(lead, {}) })
  const main = html`<p>${say(lead, {})}</p>
<p><a href="${site.base}/subscribe">${say('signUpLink', {})}</a></p>`
  return showPage(c, site, { language, title: say(title, {}), main }, status)
}

interface SignUpAnswer {
  readonly ok: boolean
  readonly error?: Refusal
  /** For whoever signs up, in their language. */
  readonly message: string
}

function answer(c: Context, status: 200 | Refused['status'], said: SignUpAnswer): Response {
  c.header('Cache-Control', 'no-store')
  return c.json(said, status)
}
