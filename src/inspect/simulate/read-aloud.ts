/** The order in which a screen reader says an email. https://www.w3.org/TR/html-aam-1.0/, https://www.w3.org/TR/accname-1.2/ */

import { computeLooks, type Look } from '../computed-look.ts'
import type { HtmlElement, HtmlNode, StyleBlock } from '../finding.ts'

/** One thing said. `unsaid` is what is hidden from it, listed so that one sees that it is. */
export interface Reading {
  readonly kind: 'text' | 'heading' | 'link' | 'image' | 'list' | 'table' | 'language' | 'unsaid'
  /** What is announced before the text: `heading 2`, `link`. */
  readonly role: string
  readonly text: string
  /** The language it is said in; null where the email names none. */
  readonly language: string | null
}

interface Around {
  readonly language: string | null
  readonly role: string
  readonly kind: Reading['kind']
}

/** Everything that is said, in order, and what is hidden. */
export function readAloud(email: {
  readonly nodes: readonly HtmlNode[]
  readonly elements: readonly HtmlElement[]
  readonly styles: readonly StyleBlock[]
}): readonly Reading[] {
  const looks = computeLooks(email, 'light')
  const readings: Reading[] = []
  let run = ''
  let runAround: Around = { language: null, role: 'text', kind: 'text' }
  const endRun = () => {
    const text = spoken(run)
    if (text !== '') readings.push({ ...runAround, text })
    run = ''
  }
  const say = (reading: Reading) => {
    endRun()
    readings.push(reading)
  }
  let depth = 0
  const visit = (node: HtmlNode, around: Around): void => {
    // Nothing written by a person is this deep; the stack is not without end.
    if (node.kind === 'comment' || depth > 500) return
    if (node.kind === 'text') {
      runAround = around
      run += node.text
      return
    }
    if (skipped.has(node.name)) return
    const look = looks.get(node)
    if (isHidden(node, look)) unsaid(node, around, say)
    else visitShown(node, look, around)
  }
  const visitShown = (node: HtmlElement, look: Look | undefined, around: Around): void => {
    const inside = announced(node, enter(node, look, around), around, say)
    const breaks = inside.role !== around.role || inside.language !== around.language || blocks.has(node.name)
    if (breaks) endRun()
    depth++
    for (const child of node.children) visit(child, inside)
    depth--
    if (breaks) endRun()
    if (node.name === 'br') run += '\n'
  }
  for (const node of email.nodes) visit(node, { language: null, role: 'text', kind: 'text' })
  endRun()
  return readings
}

const skipped = new Set('head style script title template noscript'.split(' '))
const blocks = new Set('p div td th tr table ul ol li h1 h2 h3 h4 h5 h6 blockquote hr section article header footer'.split(' '))

// Only these hide from a screen reader; opacity, colour and size do not.
function isHidden({ attributes }: HtmlElement, look: Look | undefined): boolean {
  const is = (property: string, value: string) => look?.declared.get(property)?.toLowerCase() === value
  return (
    attributes['aria-hidden']?.toLowerCase() === 'true' ||
    Object.hasOwn(attributes, 'hidden') ||
    is('display', 'none') ||
    is('visibility', 'hidden')
  )
}

function unsaid(element: HtmlElement, { language }: Around, say: (reading: Reading) => void): void {
  const text = spoken(textUnder(element)) || (element.children.find(isImage)?.attributes.alt ?? element.attributes.alt ?? '')
  if (text !== '') say({ kind: 'unsaid', role: 'hidden, not read', text, language })
}

function enter({ name, attributes }: HtmlElement, look: Look | undefined, around: Around): Around {
  const language = attributes.lang?.trim() || around.language
  const level = /^h([1-6])$/.exec(name)?.[1]
  if (level !== undefined) return { language, role: `heading ${level}`, kind: 'heading' }
  if (name === 'a' && Object.hasOwn(attributes, 'href')) {
    return {
      language,
      role: around.kind === 'heading' ? `${around.role}, link` : 'link',
      kind: around.kind === 'heading' ? 'heading' : 'link',
    }
  }
  if (look?.hidden === true) return { ...around, language, role: 'invisible, but read' }
  if (name === 'li') return { ...around, language, role: 'list item' }
  return { ...around, language }
}

function announced(element: HtmlElement, inside: Around, around: Around, say: (reading: Reading) => void): Around {
  const { name, attributes } = element
  const { language } = inside
  if (language !== around.language && around.language !== null && language !== null) {
    say({ kind: 'language', role: 'language', text: languageName(language), language: null })
  }
  if (name === 'ul' || name === 'ol') say({ kind: 'list', role: 'list', text: `${itemsOf(element)} items`, language: null })
  if (name === 'table' && !/^(?:presentation|none)$/i.test(attributes.role ?? '')) {
    say({ kind: 'table', role: 'table', text: 'announced with its rows and columns', language: null })
  }
  if (name === 'img' && attributes.alt !== '') {
    const alt = attributes.alt?.trim()
    const place = inside.kind === 'link' || inside.kind === 'heading' ? `${inside.role}, ` : ''
    if (alt) say({ kind: 'image', role: `${place}image`, text: alt, language })
    else if (alt === undefined)
      say({ kind: 'image', role: `${place}image, file name`, text: fileName(attributes.src ?? ''), language: null })
  }
  const label = attributes['aria-label']?.trim()
  if (label && attributes.role?.toLowerCase() === 'article') say({ kind: 'text', role: 'article', text: label, language })
  return inside
}

function itemsOf({ children }: HtmlElement): number {
  return children.filter(child => child.kind === 'element' && child.name === 'li').length
}

function isImage(node: HtmlNode): node is HtmlElement {
  return node.kind === 'element' && node.name === 'img'
}

function textUnder(element: HtmlElement): string {
  const pieces: string[] = []
  const waiting: HtmlNode[] = element.children.toReversed()
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.kind === 'text') pieces.push(node.text)
    if (node.kind === 'element') waiting.push(...node.children.toReversed())
  }
  return pieces.join('')
}

// Padding of the preview text: characters that are no words.
function spoken(text: string): string {
  return text
    .replace(/[\u034F\u200B-\u200F\u00AD\uFEFF]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

function languageName(language: string): string {
  try {
    return new Intl.DisplayNames('en', { type: 'language' }).of(language) ?? language
  } catch {
    return language
  }
}

function fileName(address: string): string {
  return address.split(/[?#]/, 1)[0]?.split('/').at(-1) || 'without a name'
}
