/** Where the bytes of an email go, and what to leave out first when there are too many. */

import type { Edition } from '../edition/edition.ts'
import type { Email } from '../render/email.ts'
import { gmailLimit, htmlBudget } from '../render/fit-email.ts'
import { joinSegments } from '../render/join-email.ts'
import { usualValues } from '../render/usual-values.ts'
import type { HtmlElement, HtmlNode } from './finding.ts'
import { ancestors } from './match-selector.ts'
import { type ParsedHtml, parseHtml } from './parse-html.ts'

/** What bytes of HTML may be for. */
export type WeightKind = 'head' | 'styles' | 'preheader' | 'header' | 'item' | 'rest' | 'footer' | 'comments' | 'blanks'

/** One part of an email. */
export interface WeightPart {
  readonly kind: WeightKind
  /** What a person calls it; for items, with their slug. */
  readonly name: string
  /** Of an item; else null. */
  readonly slug: string | null
  readonly bytes: number
}

/** Bytes of HTML (UTF-8) by what they are for. */
export interface WeightReport {
  readonly bytes: number
  /** Gmail shows this many bytes and clips the rest. */
  readonly limit: number
  /** Bytes left before Gmail clips; below zero it does. */
  readonly left: number
  /** In the order of the email, those without bytes left out; their sum is `bytes`. */
  readonly parts: readonly WeightPart[]
  /** What to leave out first, in plain sentences; empty while the email has room. */
  readonly advice: readonly string[]
}

const names: Readonly<Record<WeightKind, string>> = {
  head: 'head of the document',
  styles: 'styles',
  preheader: 'preheader and its padding',
  header: 'header',
  item: 'item',
  rest: 'introduction, sponsor, layout',
  footer: 'footer',
  comments: 'comments, mostly for Outlook',
  blanks: 'blanks between tags',
}

/** Weighs an email. `edition` tells its items apart; without it they count as the rest. */
export async function weighEmail(email: Email, edition: Edition | null): Promise<WeightReport> {
  const { Parser } = await import('htmlparser2')
  const html = joinSegments(email.html, usualValues)
  const parts = sumUp(html, paint(html, parseHtml(html, Parser), edition), edition)
  const bytes = Buffer.byteLength(html)
  return { bytes, limit: gmailLimit, left: gmailLimit - bytes, parts, advice: bytes < htmlBudget ? [] : adviceOn(parts) }
}

const kinds = Object.keys(names) as readonly WeightKind[]

/** For each character its kind's number, or for items 100 and more. Later layers cover earlier ones. */
function paint(html: string, { nodes, elements }: ParsedHtml, edition: Edition | null): Uint16Array {
  const layer = new Uint16Array(html.length).fill(kinds.indexOf('rest'))
  const cover = (kind: WeightKind, node: Pick<HtmlElement, 'start' | 'end'>) => layer.fill(kinds.indexOf(kind), node.start, node.end)
  const body = elements.find(({ name }) => name === 'body')
  cover('head', { start: 0, end: body?.start ?? 0 })
  const { header, footer } = framesOf(elements)
  if (header !== null) cover('header', header)
  if (footer !== null) cover('footer', footer)
  for (const [index, item] of (edition?.items ?? []).entries()) {
    for (const block of itemBlocks(item.post.url, elements, edition)) layer.fill(100 + index, block.start, block.end)
  }
  const preheader = body?.children.find(child => child.kind === 'element' && child.style.some(isHiding))
  if (preheader?.kind === 'element') cover('preheader', preheader)
  for (const style of elements.filter(({ name }) => name === 'style')) cover('styles', style)
  for (const start of commentStarts(nodes)) cover('comments', { start, end: html.indexOf('-->', start) + 3 })
  for (const { index, 0: run } of html.matchAll(/(?<=>)[\t\n\r ]+(?=<)|[\t\n\r ]{2,}/g))
    cover('blanks', { start: index, end: index + run.length })
  return layer
}

function isHiding({ property, value }: HtmlElement['style'][number]): boolean {
  return property === 'display' && value === 'none'
}

function commentStarts(nodes: readonly HtmlNode[]): number[] {
  return nodes.flatMap(node => (node.kind === 'comment' ? [node.start] : node.kind === 'element' ? commentStarts(node.children) : []))
}

/** The first and the last block of the body: the largest elements around the first heading and around the unsubscribe link that hold nothing of the middle. */
function framesOf(elements: readonly HtmlElement[]): { header: HtmlElement | null; footer: HtmlElement | null } {
  const heading = elements.find(({ name }) => name === 'h1')
  const unsubscribe = elements.find(({ attributes }) => attributes.href === usualValues.unsubscribeUrl)
  if (heading === undefined || unsubscribe === undefined) return { header: null, footer: null }
  return { header: largestWithout(heading, [unsubscribe]), footer: largestWithout(unsubscribe, [heading]) }
}

function largestWithout(element: HtmlElement, others: readonly HtmlElement[]): HtmlElement {
  return [element, ...ancestors(element)].findLast(each => !others.some(other => contains(each, other))) ?? element
}

/** The elements that hold links to a post and to nothing else that stands in the email. */
function itemBlocks(url: string, elements: readonly HtmlElement[], edition: Edition | null): HtmlElement[] {
  const links = elements.filter(({ name, attributes }) => name === 'a' && Object.hasOwn(attributes, 'href'))
  const others = links.filter(link => !leadsTo(link, url) && (isItem(link, edition) || link.attributes.href === usualValues.unsubscribeUrl))
  const heading = elements.filter(({ name }) => name === 'h1')
  return links.filter(link => leadsTo(link, url)).map(link => largestWithout(link, [...others, ...heading]))
}

function isItem(link: HtmlElement, edition: Edition | null): boolean {
  return (edition?.items ?? []).some(({ post }) => leadsTo(link, post.url))
}

function leadsTo({ attributes }: HtmlElement, url: string): boolean {
  const href = attributes.href ?? ''
  return href === url || href.startsWith(`${url}?`) || href.startsWith(`${url}&`) || href.startsWith(`${url}#`)
}

function contains(outer: HtmlElement, inner: HtmlElement): boolean {
  return outer.start <= inner.start && outer.end >= inner.end
}

function sumUp(html: string, layer: Uint16Array, edition: Edition | null): WeightPart[] {
  const sums = new Map<number, number>()
  let start = 0
  for (let index = 1; index <= html.length; index++) {
    const label = layer[start] ?? 0
    if (index < html.length && layer[index] === label) continue
    sums.set(label, (sums.get(label) ?? 0) + Buffer.byteLength(html.slice(start, index)))
    start = index
  }
  return kinds.flatMap((kind, number): WeightPart[] => {
    if (kind === 'item') {
      return (edition?.items ?? []).flatMap(({ post: { slug } }, index) => partOf('item', `item ${slug}`, slug, sums.get(100 + index)))
    }
    return partOf(kind, names[kind], null, sums.get(number))
  })
}

function partOf(kind: WeightKind, name: string, slug: string | null, bytes = 0): WeightPart[] {
  return bytes === 0 ? [] : [{ kind, name, slug, bytes }]
}

/** Bytes of styles and blanks from which it is worth to look there. */
const manyStyles = 10_000
const manyBlanks = 2_000

function adviceOn(parts: readonly WeightPart[]): string[] {
  const of = (kind: WeightKind) => parts.filter(part => part.kind === kind)
  const items = of('item').toSorted((a, b) => b.bytes - a.bytes)
  const [styles, blanks] = [of('styles')[0]?.bytes ?? 0, of('blanks')[0]?.bytes ?? 0]
  return [
    ...(blanks > manyBlanks ? [`Take the indentation out of what the template prints raw: ${kilobytes(blanks)} are blanks.`] : []),
    ...(styles > manyStyles ? [`Shorten the styles, which have ${kilobytes(styles)}: Gmail takes 16 kB of them.`] : []),
    ...items.slice(0, 3).map(({ slug, bytes }) => `Shorten or drop ${slug}: ${kilobytes(bytes)}.`),
    ...(items.length > 8
      ? [`Run fewer posts (selection.limit), or choose the template brief: ${items.length} items are a long read, too.`]
      : []),
  ]
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`
}
