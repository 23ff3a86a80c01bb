/**
 * Signing up: a form of ours, the same as JSON and from forms of other sites that the configuration names. Whoever asks is told nothing of anybody: for a known
 * address, one that has had enough mail, and a bot, answer and steps are the same.
 */

import { type Context, Hono } from 'hono'
import { cors } from 'hono/cors'
import { normalAddress } from '../../../subscribers/normal-address.ts'
import { requestSignUp } from '../../../subscribers/request-sign-up.ts'
import { readBody } from '../../read-body.ts'
import { nameOf } from '../name-field.ts'
import type { PublicSite } from '../public-site.ts'
import { wordsOf } from '../show-page.ts'
import { clientGroup } from './client-of.ts'
import { refuse, showMailbox, showSignUp } from './show-sign-up.ts'
import type { SignUpDesk } from './sign-up-desk.ts'
import { mediaOf, readSignUpForm } from './sign-up-form.ts'

const largestBody = 16_384

/** The routes of `/subscribe`. */
export function signUpRoutes(site: PublicSite, desk: SignUpDesk): Hono {
  const { ledger, config, clock } = site
  const routes = new Hono()
  routes.use(cors({ origin: [...desk.origins], allowMethods: ['POST'], allowHeaders: ['Content-Type'], maxAge: 86_400 }))
  routes.use(async (c, next) => {
    // The usual no-referrer would make our own form's Origin null (https://fetch.spec.whatwg.org/#append-a-request-origin-header). There is no token in this address.
    c.header('Referrer-Policy', 'same-origin')
    await next()
  })
  routes.get('/', async c => showSignUp(c, site, desk, await wordsOf(c, site, c.req.query('language') ?? null)))
  routes.post('/', async c => {
    const media = mediaOf(c)
    // Other kinds a page of any site may send without asking first (https://fetch.spec.whatwg.org/#cors-safelisted-request-header).
    if (media === null) return refuse(c, site, 'json', 'unknown-type')
    if (!mayAsk(c, site, desk)) return refuse(c, site, media, 'origin-not-listed')
    const client = desk.clientOf(c)
    const now = clock().getTime()
    const turn = desk.clients.take(client === null ? '' : clientGroup(client), now)
    if (turn.kind === 'over') {
      c.header('Retry-After', String(turn.retryAfter))
      return refuse(c, site, media, 'too-many')
    }
    const body = await readBody(c, largestBody)
    if (body === null) return refuse(c, site, media, 'too-large')
    const given = await readSignUpForm(c, media, body)
    if (given === null) return refuse(c, site, media, 'broken')
    const words = await wordsOf(c, site, given.language)
    const address = normalAddress(given.email)
    if (address.kind === 'refused')
      return media === 'json' ? refuse(c, site, media, 'address-invalid', words) : showSignUp(c, site, desk, words, given)
    const outcome = await requestSignUp(
      ledger,
      {
        list: config.list.id,
        address,
        name: nameOf(given.name),
        language: words.language,
        wording: desk.wording ?? words.say('signUpWording', { publication: config.site.name }),
        client,
        at: now,
        isBot: given.homepage !== '',
      },
      desk.limits,
    )
    if (outcome === 'written') desk.mailWaits.ring()
    return showMailbox(c, site, media, words, address.original)
  })
  return routes
}

/**
 * Our own pages, those of sites that are listed, and programs that are no browser: browsers name the origin of every POST across sites. A proxy may hand on a Host of its
 * own, so our pages are known by the address that they have outside, and on this machine by the name that was asked for.
 */
function mayAsk(c: Context, { publicUrl }: PublicSite, { origins }: SignUpDesk): boolean {
  const origin = c.req.header('origin')
  if (origin === undefined || origins.has(origin) || origin === new URL(publicUrl).origin) return true
  return URL.parse(origin)?.host === c.req.header('host')
}
