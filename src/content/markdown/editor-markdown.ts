import type { MarkdownIt as Parser, Token } from 'markdown-it'
import MarkdownIt from 'markdown-it'
import { stripControls, stripSource } from './fold-text.ts'

/** Says where a link leads, as an absolute http, https or mailto address; null drops the link and keeps its text. */
export type ResolveLink = (href: string) => string | null

let parser: Parser | null = null

/**
 * Renders the editor's Markdown (intro, sponsor) to HTML that may stand in a template unescaped. The output has these tags and no others: p, strong,
 * em, a (with href and nothing else), ul, ol, li, br. Headings become strong paragraphs, code its text, quotes their paragraphs; raw HTML is escaped,
 * pictures and rules are left out. Braces are written as character references, so that neither Handlebars nor a mailing service takes `{{…}}`
 * for a field. Never throws.
 */
export function markdownToSafeHtml(markdown: string, resolve: ResolveLink): string {
  return parse(markdown, resolve)
    .map(token => htmlOf(token))
    .join('')
    .replaceAll('<p></p>', '')
}

/** The same Markdown for the text part: paragraphs apart by a blank line, `- ` and `1. ` before items, links as `text (url)`, in the same order. */
export function markdownToPlainText(markdown: string, resolve: ResolveLink): string {
  const lists: (number | null)[] = []
  let text = ''
  let linkStart = 0
  for (const token of parse(markdown, resolve)) {
    if (token.type === 'link_open') linkStart = text.length
    else if (token.type === 'link_close') text += addressAfter(text.slice(linkStart), String(token.meta?.href))
    else if (token.type === 'list_item_open') text = `${text.endsWith('\n\n') ? text : `${text.trimEnd()}\n`}${mark(lists)}`
    else if (token.nesting !== 0 && token.tag.endsWith('l')) text = aroundList(text, lists, token)
    else text += plainOf(token)
  }
  return text
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** The tokens in one flat list. A link's resolved address stands in the `meta` of both its tokens; a dropped link's tokens are left out. */
function parse(markdown: string, resolve: ResolveLink): readonly Token[] {
  parser ??= makeParser()
  const tokens = parser.parse(stripSource(markdown), {}).flatMap(token => (token.type === 'inline' ? (token.children ?? []) : [token]))
  let href: string | null = null
  return tokens.filter(token => {
    if (token.type === 'link_open') href = target(String(token.attrGet('href') ?? ''), resolve)
    if (token.type === 'link_open' || token.type === 'link_close') token.meta = { href }
    const isDropped = token.type.startsWith('link_') && href === null
    return !token.hidden && !isDropped
  })
}

function makeParser(): Parser {
  const made = new MarkdownIt({ html: false })
  made.disable(['table', 'strikethrough'])
  // Whether a link stays is `resolve`'s to say; refused by the parser, its brackets would be left in the text.
  made.validateLink = () => true
  return made
}

function target(href: string, resolve: ResolveLink): string | null {
  const resolved = resolve(href)
  return resolved !== null && /^(?:https?:\/\/|mailto:)[^\s"'<>]+$/i.test(resolved) ? resolved : null
}

const htmlTags: Readonly<Record<string, string>> = {
  paragraph_open: '<p>',
  paragraph_close: '</p>',
  heading_open: '<p><strong>',
  heading_close: '</strong></p>',
  strong_open: '<strong>',
  strong_close: '</strong>',
  em_open: '<em>',
  em_close: '</em>',
  bullet_list_open: '<ul>',
  bullet_list_close: '</ul>',
  ordered_list_open: '<ol>',
  ordered_list_close: '</ol>',
  list_item_open: '<li>',
  list_item_close: '</li>',
  link_close: '</a>',
  softbreak: ' ',
  hardbreak: '<br>',
}

function htmlOf(token: Token): string {
  if (token.type === 'link_open') return `<a href="${escapeHtml(String(token.meta?.href))}">`
  if (isCodeBlock(token)) return `<p>${escapeHtml(stripControls(token.content).trimEnd()).replaceAll('\n', '<br>')}</p>`
  return isText(token) ? escapeHtml(stripControls(token.content)) : (htmlTags[token.type] ?? '')
}

function plainOf(token: Token): string {
  if (token.type === 'paragraph_close' || token.type === 'heading_close') return '\n\n'
  if (token.type === 'softbreak') return ' '
  if (token.type === 'hardbreak') return '\n'
  if (isCodeBlock(token)) return `${stripControls(token.content).trimEnd()}\n\n`
  return isText(token) ? stripControls(token.content) : ''
}

function isText(token: Token): boolean {
  return token.type === 'text' || token.type === 'text_special' || token.type === 'code_inline'
}

function isCodeBlock(token: Token): boolean {
  return token.type === 'fence' || token.type === 'code_block'
}

/** ` (url)`, unless the label is the address already. */
function addressAfter(label: string, href: string): string {
  if (label === href || `mailto:${label}` === href) return ''
  return label.trim() === '' ? href : ` (${href})`
}

function aroundList(text: string, lists: (number | null)[], token: Token): string {
  if (token.nesting === -1) lists.pop()
  else lists.push(token.tag === 'ol' ? Number(token.attrGet('start') ?? 1) : null)
  // A list that follows a paragraph is set apart; one inside an item follows on the next line.
  return lists.length > 1 || (lists.length === 1 && token.nesting === -1) ? text : `${text.trimEnd()}\n\n`
}

/** The mark of the next item, indented by two for every list around. */
function mark(lists: (number | null)[]): string {
  const number = lists.at(-1) ?? null
  if (number !== null) lists[lists.length - 1] = number + 1
  return `${'  '.repeat(Math.max(0, lists.length - 1))}${number === null ? '-' : `${number}.`} `
}

const references: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '{': '&#123;', '}': '&#125;' }

function escapeHtml(text: string): string {
  return text.replace(/[&<>"{}]/g, character => references[character] ?? '')
}
