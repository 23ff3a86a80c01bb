/** The shape of news-digest.yaml with its defaults. Field descriptions become the JSON Schema that editors complete from. */

import * as z from 'zod'
import { audienceNames } from './audience.ts'

const text = z.string().trim().min(1)
const colour = z.string().regex(/^#[0-9a-fA-F]{6}$/, 'a colour as six hexadecimal digits, such as "#0b5fff"')
const httpUrl = z.string().regex(/^https?:\/\/[^\s/]+/i, 'an address that begins with https://')
const emailAddress = z
  .string()
  .regex(/^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+\.[^\s@<>,;:"()[\]\\]+$/, 'one email address, such as digest@example.com')
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day as HH:MM')
const timeZone = z.string().refine(isTimeZone, 'an IANA time zone, such as Europe/Berlin')
const language = z.string().refine(isLanguage, 'a language tag, such as en, de or pt-BR')
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
  audience,
  checks: z
    .record(text, z.enum(['off', 'warn', 'error']))
    .default({})
    .describe('What the findings of a check count as, by its id: off, warn or error. The ids: docs/checks.md.'),
  templates: text.default('templates').describe('Folder of your own templates, partials and messages.'),
  out: text.default('out').describe('Folder that builds are written to.'),
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
