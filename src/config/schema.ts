/** The shape of news-digest.yaml with its defaults. Field descriptions become the JSON Schema that editors complete from. */

import * as z from 'zod'
import { audienceNames } from './audience.ts'
import { parseDuration } from './duration.ts'
import { parseDomainLimit, parseRate } from './rate-limit.ts'
import { relayPresetNames } from './relay-presets.ts'
import { serve, signUp } from './serve-schema.ts'
import { variableName } from './variable-name.ts'
import { webhooks } from './webhooks-schema.ts'

const text = z.string().trim().min(1)
const colour = z.string().regex(/^#[0-9a-fA-F]{6}$/, 'a colour as six hexadecimal digits, such as "#0b5fff"')
const httpUrl = z
  .string()
  .regex(/^https?:\/\/[^\s/]+/i, { error: 'an address that begins with https://', abort: true })
  .refine(text => URL.canParse(text), 'an address such as https://www.example.com')
const emailAddress = z
  .string()
  .regex(/^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+\.[^\s@<>,;:"()[\]\\]+$/, 'one email address, such as digest@example.com')
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day as HH:MM')
const timeZone = z.string().refine(isTimeZone, 'an IANA time zone, such as Europe/Berlin')
const language = z.string().refine(isLanguage, 'a language tag, such as en, de or pt-BR')
const duration = z.string().refine(text => parseDuration(text) !== null, 'a duration such as 90s, 15m, 4h or 3d')
const rateWords = 'a rate such as 14/s, 300/m, 5000/h or 50000/d'
const rate = z.string({ error: rateWords }).refine(text => parseRate(text) !== null, rateWords)
const domainLimit = z
  .string()
  .refine(text => parseDomainLimit(text) !== null, 'a limit such as "5 connections", "10/s" or "5 connections, 10/s"')
const plainId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'an id of small letters, digits and dashes')
const count = z.int().min(0)
const positive = z.int().min(1)
const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

const includeExclude = z.strictObject({ include: z.array(text).default([]), exclude: z.array(text).default([]) }).prefault({})

const logo = z.strictObject({
  src: text.describe('Path from the site root, or an https address.'),
  dark: text.optional().describe('The variant shown in dark mode.'),
  alt: text.optional().describe("Default: the publication's name."),
  width: z.int().min(16).max(600).default(160).describe('Width in pixels as shown.'),
})

const site = z
  .strictObject({
    name: text.default('News digest').describe('The name of the publication.'),
    url: httpUrl.optional().describe('Where the site lives: every link is made absolute with it.'),
    language: language.default('en'),
    timeZone: timeZone.default('UTC').describe('IANA zone in which days, weeks and months begin.'),
  })
  .prefault({})

const content = z
  .strictObject({
    dir: text.default('content').describe('Folder of Markdown posts, relative to this file.'),
    url: z
      .string()
      .startsWith('/', 'a path that begins with /, such as /blog/{slug}')
      .default('/blog/{slug}')
      .describe("Pattern of a post's address under site.url: {slug}, {path}, {language}, {year}, {month}, {day}."),
    assets: text.optional().describe("Folder whose files the site serves at its root (Astro's and Next's public/, Hugo's static/)."),
    editions: text.optional().describe('Folder of edition files. Default: content/editions.'),
    ignore: z.array(text).default([]).describe('Globs, relative to content.dir, of files to pass over.'),
    fields: z
      .record(text, z.union([text, z.array(text).min(1)]))
      .default({})
      .describe('Our field name to the name (or names, in order) your front matter uses; dots reach into maps.'),
  })
  .prefault({})

const edition = z
  .strictObject({
    rhythm: z.enum(['daily', 'weekly', 'monthly']).default('weekly'),
    weekStartsOn: z.enum(weekdays).default('monday'),
    startsAt: clockTime.default('00:00').describe('Time of day, in site.timeZone, at which a window begins and ends.'),
    template: text.default('weekly').describe('weekly, brief, spotlight, or a folder of your own in templates/.'),
  })
  .prefault({})

const selection = z
  .strictObject({
    featuredOnly: z.boolean().default(true),
    by: z.enum(['publishedAt', 'updatedAt']).default('publishedAt'),
    order: z.enum(['newest', 'oldest', 'pinned']).default('newest'),
    limit: positive.optional(),
    min: count.default(1),
    whenFewer: z.enum(['skip', 'fill']).default('skip'),
    categories: includeExclude,
    tags: includeExclude,
    authors: includeExclude,
    lateArrivals: z
      .strictObject({ mode: z.enum(['include', 'report']).default('include'), days: count.default(14) })
      .prefault({})
      .describe('Posts dated inside a window already sent, which never ran.'),
  })
  .prefault({})

const itemBudget = (words: number, points: number) =>
  z.strictObject({ words: positive.default(words), points: count.default(points) }).prefault({})

const summary = z
  .strictObject({
    style: z.enum(['points', 'answers', 'lead']).default('points'),
    opening: itemBudget(110, 3),
    next: itemBudget(45, 1),
    nextCount: count.default(4),
    later: itemBudget(30, 0),
    edition: positive.default(450).describe('Words in all summaries of an edition: a digest is read in three minutes.'),
  })
  .prefault({})

const brand = z
  .strictObject({
    accent: colour.default('#0b57d0').describe('Links and rules in light mode; at least 4.5:1 on white.'),
    accentDark: colour.default('#8ab4f8').describe('Links and rules in dark mode.'),
    font: text.default("-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"),
    headingFont: text.optional().describe('Default: the same as font.'),
    logo: logo.optional(),
  })
  .prefault({})

const sender = z
  .strictObject({
    name: text.optional().describe("Default: the publication's name."),
    email: emailAddress.optional(),
    replyTo: emailAddress.optional(),
    address: text.optional().describe('Postal address, which the law of most countries asks for in every bulk message.'),
  })
  .prefault({})

const links = z
  .strictObject({
    utm: z
      .union([z.literal(false), z.strictObject({ source: text.default('newsletter'), medium: text.default('email') })])
      .prefault({})
      .describe('Campaign parameters on links to posts, or false.'),
    publicUrl: httpUrl.optional().describe('Where unsubscribe, preferences and the archive are served.'),
    unsubscribeEmail: emailAddress
      .optional()
      .describe('Also offered in List-Unsubscribe, for mail programs that unsubscribe by a message.'),
  })
  .prefault({})

const list = z
  .strictObject({
    id: plainId.default('digest').describe("Which list of the ledger; with the sender's domain behind it, the List-Id."),
    name: text.optional().describe("Default: the publication's name."),
  })
  .prefault({})

const relay = z.strictObject({
  name: plainId.describe('How status and reports call it.'),
  url: text.describe('smtp://host:587 or smtps://host:465, without a password.'),
  user: text.optional(),
  passwordFrom: variableName.optional().describe('The environment variable that holds the password.'),
  preset: z.enum(relayPresetNames).optional().describe('What is known of a provider: its rate, and the headers that it replaces.'),
  weight: positive.default(1).describe('Share of the messages, against the weights of the others.'),
  connections: positive.optional().describe('Default: send.connections.'),
  rate: rate.optional(),
  messagesPerConnection: positive
    .optional()
    .describe("A connection is closed and opened anew after so many. Default: the preset's, else no limit."),
})

const send = z
  .strictObject({
    rate: rate.optional().describe('Messages of a sending, over all relays. Default: no limit.'),
    connections: positive.max(500).default(20).describe('Open connections to a relay.'),
    perDomain: z.record(text, domainLimit).default({}).describe("Limits by the recipients' domain, such as { gmail.com: 20 connections }."),
    notAfter: duration.default('3d').describe('A sending older than this stops; what is left of it expires.'),
    backOff: z
      .array(duration)
      .min(1)
      .default(['5m', '15m', '30m', '1h', '2h', '4h'])
      .describe('Waits before a deferred message is tried again; the last one repeats.'),
    relayBackOff: z
      .array(duration)
      .min(1)
      .default(['1s', '5s', '30s', '2m', '5m'])
      .describe('Waits before a relay that cannot be reached is tried again; the last one repeats.'),
    relayPatience: duration.default('30m').describe('A sending without any relay for so long stops; the same command resumes it.'),
    drain: duration.default('30s').describe('How long the first Ctrl-C waits for messages under way.'),
    to: text.optional().describe('The segment that gets it, by name or as an expression. Default: all who are subscribed.'),
    welcome: z
      .union([z.literal('latest'), z.literal(false)])
      .default(false)
      .describe('latest: somebody newly confirmed gets the latest sent edition.'),
  })
  .prefault({})

const dkim = z
  .strictObject({
    domain: text.optional().describe("Default: the sender's domain."),
    selector: text.describe('The name before ._domainkey in the DNS record.'),
    keyFile: text.optional().describe('PEM file of the private key, not in the repository. Default: the variable NEWS_DIGEST_DKIM_KEY.'),
  })
  .optional()
  .describe('Signs every message. Without it, signing is left to the relay.')

const bounces = z
  .strictObject({
    address: emailAddress.optional().describe('Where bounces go; each message gets its own form of it (VERP). Default: the sender.'),
    softLimit: positive.default(3).describe('So many soft bounces within softWithin count as a hard one.'),
    softWithin: duration.default('30d'),
  })
  .prefault({})

const audience = z
  .strictObject(Object.fromEntries(audienceNames.map(name => [name, z.number().min(0).max(100).optional()])))
  .prefault({})
  .describe(
    'Percent of your readers by mail program, such as { gmail: 45, apple-mail-ios: 30, outlook-windows: 25 }: how much checks weigh what one of them does not support. Default: what Litmus counted.',
  )

/** The configuration file, defaults filled in. */
export const configSchema = z.strictObject({
  $schema: z.string().optional(),
  site,
  content,
  edition,
  selection,
  summary,
  brand,
  sender,
  links,
  list,
  segments: z.record(plainId, text).default({}).describe("Name to expression: { berlin: 'tag = berlin and language = de' }."),
  send,
  relays: z.array(relay).default([]).describe('Relays to share the messages. Default: the one that the variable SMTP_URL names.'),
  dkim,
  bounces,
  webhooks,
  signUp,
  serve,
  audience,
  checks: z
    .record(text, z.enum(['off', 'warn', 'error']))
    .default({})
    .describe('What the findings of a check count as, by its id: off, warn or error. The ids: docs/checks.md.'),
  templates: text.default('templates').describe('Folder of your own templates, partials and messages.'),
  out: text.default('out').describe('Folder that builds are written to.'),
  ledger: text
    .default('data/news-digest.db')
    .describe('The SQLite file of subscribers and deliveries; not used where DATABASE_URL names a PostgreSQL.'),
})

/** Validated configuration as the file says it; paths still relative to the file. */
export type ConfigFile = z.output<typeof configSchema>

function isTimeZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value })
    return true
  } catch {
    return false
  }
}

function isLanguage(value: string): boolean {
  try {
    // "English" and "Deutsch" have the form of a tag, too (RFC 5646 §2.2.1), but no language has one of more than three letters.
    return /^[a-z]{2,3}(?:-|$)/i.test(value) && Intl.getCanonicalLocales(value).length === 1
  } catch {
    return false
  }
}
