import * as z from 'zod'
import { cleanLine, cleanLines } from '../content/clean-text.ts'
import { readDate } from '../content/post-date.ts'
import { resolveUrl } from '../content/post-url.ts'
import { startOfDay } from '../content/zone-time.ts'
import { addDays } from '../selection/calendar.ts'

/** What the values of an edition file depend on: addresses are made absolute with the site's, days begin in the publication's zone. */
export interface EditionFileContext {
  readonly siteUrl: string
  /** IANA. */
  readonly timeZone: string
}

/** The front matter of an edition file, checked and made absolute. Every key may be absent or left empty. */
export type EditionFrontMatter = z.output<ReturnType<typeof editionFileSchema>>

/** The shape of an edition file's front matter. Items are maps here: `asItemMaps` has made those of plain slugs. */
export function editionFileSchema({ siteUrl, timeZone }: EditionFileContext) {
  const instant = z.string().transform(dateReader(timeZone, 'from'))
  const picture = z.string().transform(addressReader(siteUrl, 'picture'))
  const item = z.strictObject({
    slug: line,
    title: optional(line),
    lead: optional(passage),
    image: optional(picture),
    imageAlt: optional(line),
    canonical: optional(z.string().transform(addressReader(siteUrl, 'link'))),
    updatedAt: optional(instant),
  })
  const sponsor = z.strictObject({
    name: line,
    url: z.string().transform(addressReader(siteUrl, 'link')),
    text: optional(markdown),
    image: optional(picture),
    imageAlt: optional(line),
  })
  const window = z.strictObject({ from: instant, to: z.string().transform(dateReader(timeZone, 'to')) })
  return z.strictObject({
    status: z.enum(['draft', 'sent']).nullish(),
    sentAt: optional(instant),
    published: z.boolean().nullish(),
    subject: optional(line),
    subjects: z
      .array(line)
      .refine(isPair, "two subjects to try, such as ['First', 'Second']")
      .refine(isUnlike, 'two subjects that differ: of the same one, nobody can tell a winner')
      .nullish(),
    split: optional(share),
    preheader: optional(line),
    template: optional(z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}_-]*$/u, "a template's name: letters, digits and dashes, no path")),
    language: optional(z.string().refine(isLanguageTag, 'a language tag, such as en, de or pt-BR')),
    items: z.array(item).nullish(),
    dropped: z.array(line).nullish(),
    sponsor: sponsor.nullish(),
    window: window.refine(({ from, to }) => from < to, 'a window that begins before it ends').nullish(),
  })
}

/** A plain slug in the list of items means a map with nothing but that slug. Other values are left for the schema to refuse. */
export function asItemMaps(data: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (!Array.isArray(data.items)) return data
  return { ...data, items: data.items.map((item: unknown) => (typeof item === 'string' ? { slug: item } : item)) }
}

// A line break in a subject would begin a header of its own; an override (U+202E) lets a text pretend to be another.
const line = z
  .string()
  .refine(text => cleanLine(text) === text.replace(/ {2,}/g, ' ').trim(), 'one line of text without control characters')
  .transform(cleanLine)
  .refine(text => text !== '', 'something that is not empty')

/** Any other number of them is one fault, not two. */
function isUnlike([first, second, ...others]: readonly string[]): boolean {
  return second === undefined || others.length > 0 || first?.toLowerCase() !== second.toLowerCase()
}

function isPair({ length }: readonly string[]): boolean {
  return length === 2
}

/** A share of the recipients as a fraction: `20%` and `0.2` are the same. Front matter leaves numbers as texts. */
const share = z.string().transform((text, context): number => {
  const [, digits, percent] = /^(\d{0,3}(?:\.\d+)?)\s*(%?)$/.exec(text.trim()) ?? []
  const fraction = digits === undefined || digits === '' ? Number.NaN : Number(digits) / (percent === '%' ? 100 : 1)
  if (fraction >= 0.01 && fraction <= 1) return fraction
  context.addIssue({ code: 'custom', message: 'a share from 1% to 100%, such as 20% or 0.2' })
  return z.NEVER
})

/** Text that YAML may fold over several lines. */
const passage = z
  .string()
  .refine(hasNoControls, 'text without control characters')
  .transform(text => cleanLine(text))

const markdown = z.string().refine(hasNoControls, 'text without control characters').transform(cleanLines)

function optional<Inner extends z.ZodType<unknown, string>>(inner: Inner) {
  return z.preprocess(value => (value === '' || value === undefined ? null : value), inner.nullable())
}

function hasNoControls(text: string): boolean {
  return cleanLine(text) === text.replace(/\s+/g, ' ').trim()
}

function dateReader(timeZone: string, end: 'from' | 'to') {
  return (text: string, context: z.RefinementCtx<string>): string => {
    const reading = readDate(text, timeZone)
    if (reading.kind === 'unreadable') {
      context.addIssue({ code: 'custom', message: `a day or an instant, such as ${reading.suggestion ?? '2026-02-09T08:00:00Z'}` })
      return z.NEVER
    }
    const { instant, day, precision } = reading.date
    // A window's last day is included in it.
    return end === 'to' && precision === 'day' ? startOfDay(addDays(day, 1), timeZone) : instant
  }
}

function addressReader(siteUrl: string, kind: 'link' | 'picture') {
  return (text: string, context: z.RefinementCtx<string>): string => {
    const url = resolveUrl(`${siteUrl}/`, text, kind)
    if (url !== null) return url
    context.addIssue({ code: 'custom', message: 'an address that begins with https://, or a path on your site such as /pictures/a.png' })
    return z.NEVER
  }
}

function isLanguageTag(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1
  } catch {
    return false
  }
}
