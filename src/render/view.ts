/** From an edition to what templates see. */

import type { Config } from '../config/config.ts'
import { cleanLine } from '../content/clean-text.ts'
import type { Picture } from '../content/post.ts'
import { resolveUrl } from '../content/post-url.ts'
import type { Edition, Item, Sponsor } from '../edition/edition.ts'
import { directionOf } from '../locale/direction.ts'
import { formatDateRange, formatDay, formatMonth } from '../locale/format-date.ts'
import { formatList } from '../locale/format-list.ts'
import { type Messages, translate } from '../locale/messages.ts'
import { readingMinutes } from '../locale/reading-time.ts'
import { parseEditionId } from '../selection/edition-id.ts'
import type { VariantName } from './email.ts'
import { renderMarkdown } from './markdown-fields.ts'
import { safeUrl } from './safe-url.ts'
import { addCampaign, pageOf } from './utm.ts'
import { makeFrame, siteBase } from './view-frame.ts'
import type { ItemView, PictureView, View } from './view-shape.ts'

/** What a view is made with besides the edition. */
export interface ViewSettings {
  readonly config: Config
  readonly messages: Messages
  /** The variant that is rendered, where the edition has two subjects: links carry it instead of the post's slug. Default: none. */
  readonly variant?: VariantName | null
}

/**
 * The whole view of an edition. Every text is cleaned, every address is absolute and allow-listed; links to posts of the edition, those in the
 * introduction too, carry campaign parameters, and no others do.
 */
export async function makeView(edition: Edition, settings: ViewSettings): Promise<View> {
  const { config, messages, variant = null } = settings
  const all = markEnds(edition.items.map((item, index) => makeItem(item, index, edition, settings)))
  const intro = edition.intro === null ? null : await renderMarkdown(edition.intro, config.brand.accent, introLink(edition, settings))
  const minutes = readingMinutes(edition.words)
  return {
    ...makeFrame(config, edition),
    subject: cleanLine((variant === 'B' ? edition.subjects?.[1] : null) ?? edition.subject),
    preheader: cleanLine(edition.preheader),
    edition: {
      id: edition.id,
      name: editionName(edition, messages),
      dates: formatDateRange(edition.window.firstDay, edition.window.lastDay, edition.language),
      template: edition.template,
      minutes,
      readingTime: translate(messages, 'readingTime', { count: minutes }),
    },
    intro: intro?.html ?? null,
    introText: intro?.text ?? null,
    sponsor: edition.sponsor === null ? null : await makeSponsor(edition.sponsor, config),
    opening: all[0] ?? null,
    items: markEnds(all.slice(1)),
    links: [],
    all,
    hasContents: all.length > 5,
  }
}

/** The same view with only the first `full` items whole and the others as links of one line. */
export function shortenView(view: View, full: number): View {
  const [opening = null, ...items] = view.all.slice(0, full)
  return { ...view, opening, items: markEnds(items), links: markEnds(view.all.slice(full)) }
}

function editionName({ id, language }: Edition, messages: Messages): string | null {
  const named = parseEditionId(id)
  if (named.kind === 'week') return translate(messages, 'weekName', { week: named.week })
  return named.kind === 'month' ? formatMonth(named.firstDay, language) : null
}

function makeItem(item: Item, index: number, edition: Edition, settings: ViewSettings): ItemView {
  const { config, messages } = settings
  const { post, summary } = item
  const minutes = readingMinutes(post.words)
  const direction = directionOf(post.language)
  const foreign = post.language.toLowerCase() !== edition.language.toLowerCase()
  return {
    title: cleanLine(post.title),
    url: postUrl(safeUrl(post.url, config.site.url) ?? config.site.url, post.slug, edition, settings),
    slug: post.slug,
    number: index + 1,
    category: post.category === null ? null : cleanLine(post.category),
    updated: item.label === 'updated',
    date: formatDay(post.publishedAt.day, edition.language),
    authors: post.authors.length === 0 ? null : cleanLine(formatList(post.authors, edition.language)),
    minutes,
    readingTime: translate(messages, 'readingTime', { count: minutes }),
    lead: summary.lead === null ? null : cleanLine(summary.lead.text),
    points: summary.points.map(point => ({
      text: cleanLine(point.text),
      question: point.question === null ? null : cleanLine(point.question),
    })),
    faq: post.faq.map(entry => ({ question: cleanLine(entry.question), answer: cleanLine(entry.answer) })),
    picture: makePicture(post.image, config),
    isFirst: false,
    isLast: false,
    language: foreign ? post.language : null,
    direction: foreign ? direction : edition.direction,
    align: (foreign ? direction : edition.direction) === 'rtl' ? 'right' : 'left',
  }
}

async function makeSponsor(sponsor: Sponsor, config: Config): Promise<View['sponsor']> {
  const { html, text } = await renderMarkdown(sponsor.text, config.brand.accent, href => resolveUrl(siteBase(config), href))
  return {
    name: cleanLine(sponsor.name),
    url: resolveUrl(siteBase(config), sponsor.url),
    copy: html,
    copyText: text,
    picture: makePicture(sponsor.image, config),
  }
}

function introLink(edition: Edition, settings: ViewSettings): (href: string) => string | null {
  const slugs = new Map(edition.items.map(({ post }) => [pageOf(post.url), post.slug]))
  return href => {
    const address = resolveUrl(siteBase(settings.config), href)
    const slug = address === null ? undefined : slugs.get(pageOf(address))
    return address === null || slug === undefined ? address : postUrl(address, slug, edition, settings)
  }
}

// Only links into the site are counted there; a post that lives elsewhere (a link blog) keeps its address as it is.
function postUrl(address: string, slug: string, edition: Edition, { config, variant }: ViewSettings): string {
  const { utm } = config.links
  if (utm === false || URL.parse(address)?.origin !== URL.parse(config.site.url)?.origin) return address
  return addCampaign(address, { source: utm.source, medium: utm.medium, campaign: edition.id, content: variant ?? slug })
}

// No mail program on the desktop but Apple's shows SVG, and few show AVIF (caniemail.com/features/image-svg, image-avif). An address without an ending
// stays: image services choose the format.
const unshowable = /\.(?:svgz?|avif|jxl|heic|tiff?)$/i
// Outlook on Windows shows no WebP (caniemail.com/features/image-webp).
const notInOutlook = /\.webp$/i

function makePicture(picture: Picture | null, config: Config): PictureView | null {
  if (picture === null) return null
  const src = resolveUrl(siteBase(config), picture.src, 'picture')
  const path = src === null ? '' : new URL(src).pathname
  if (src === null || unshowable.test(path)) return null
  return { src, alt: cleanLine(picture.alt), outlook: !notInOutlook.test(path) }
}

function markEnds(items: readonly ItemView[]): readonly ItemView[] {
  return items.map((item, index) => ({ ...item, isFirst: index === 0, isLast: index === items.length - 1 }))
}
