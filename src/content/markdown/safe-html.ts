import type { MarkdownIt as Parser, Token } from 'markdown-it'
import MarkdownIt from 'markdown-it'
import { stripControls } from './clean-text.ts'

/** Says where a link leads, as an absolute http, https or mailto address; null drops the link and keeps its text. */
export type ResolveLink = (href: string) => string | null

let parser: Parser | null = null

/**
 * Renders the editor's Markdown (intro, sponsor) to HTML that may stand in a template unescaped. The output has these tags and no others: p, strong,
 * em, a (with href and nothing else), ul, ol, li, br. Headings become strong paragraphs, code its text, quotes their paragraphs; raw HTML is escaped,
 * pictures and rules are left out. Braces are written as character references, so that neither Handlebars nor a mailing service
 * takes `{{…}}` for a field. Never throws.
 */
export function markdownToSafeHtml(markdown: string, resolve: ResolveLink): string {
  return htmlOf(parse(markdown), resolve).trim()
}

/** The same Markdown for the text part: paragraphs apart by a blank line, `- ` and `1. ` before items, links as `text (url)`, in the same order. */
export function markdownToPlainText(markdown: string, resolve: ResolveLink): string {
  return plainOf(parse(markdown), resolve)
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

function parse(markdown: string): readonly Token[] {
  if (!parser) {
    parser = new MarkdownIt({ html: false })
    parser.disable(['table'])
    // Whether a link stays is `resolve`'s to say; refused here, its brackets would be left in the text.
    parser.validateLink = () => true
  }
  return flat(parser.parse(stripControls(markdown), {}))
}

function flat(tokens: readonly Token[]): readonly Token[] {
  return tokens.flatMap(token => (token.type === 'inline' ? (token.children ?? []) : [token])).filter(token => !token.hidden)
}

/** The addresses of the links in order, null where one is dropped: `link_close` must know what `link_open` did. */
function target(token: Token, resolve: ResolveLink): string | null {
  const href = token.attrGet('href')
  const resolved = typeof href === 'string' ? resolve(href) : null
  return resolved !== null && /^(?:https?:\/\/|mailto:)[^\s"'<>]+$/i.test(resolved) ? resolved : null
}

const paired: Readonly<Record<string, string>> = {
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
  softbreak: ' ',
  hardbreak: '<br>',
}

function htmlOf(tokens: readonly Token[], resolve: ResolveLink): string {
  let html = ''
  let open = false
  for (const token of tokens) {
    if (token.type === 'link_open') {
      const href = target(token, resolve)
      open = href !== null
      if (href !== null) html += `<a href="${escapeHtml(href)}">`
    } else if (token.type === 'link_close') {
      if (open) html += '</a>'
    } else if (token.type === 'fence' || token.type === 'code_block') {
      html += `<p>${escapeHtml(token.content.trimEnd()).replaceAll('\n', '<br>')}</p>`
    } else if (token.type === 'text' || token.type === 'text_special' || token.type === 'code_inline') {
      html += escapeHtml(stripControls(token.content))
    } else html += paired[token.type] ?? ''
  }
  return html
}

function plainOf(tokens: readonly Token[], resolve: ResolveLink): string {
  let text = ''
  let linkStart = 0
  let href: string | null = null
  const numbers: (number | null)[] = []
  for (const token of tokens) {
    if (token.type === 'link_open') {
      href = target(token, resolve)
      linkStart = text.length
    } else if (token.type === 'link_close') {
      const label = text.slice(linkStart)
      if (href !== null && label !== href && `mailto:${label}` !== href) text += label === '' ? href : ` (${href})`
      href = null
    } else if (token.type === 'ordered_list_open') numbers.push(Number(token.attrGet('start') ?? 1))
    else if (token.type === 'bullet_list_open') numbers.push(null)
    else if (token.type === 'ordered_list_close' || token.type === 'bullet_list_close') {
      numbers.pop()
      text += '\n\n'
    } else if (token.type === 'list_item_open') {
      const number = numbers.at(-1) ?? null
      text = `${text.trimEnd()}${text === '' ? '' : '\n'}${'  '.repeat(Math.max(0, numbers.length - 1))}${number === null ? '-' : `${number}.`} `
      if (number !== null) numbers[numbers.length - 1] = number + 1
    } else if (token.type === 'paragraph_close' || token.type === 'heading_close') text += '\n\n'
    else if (token.type === 'softbreak') text += ' '
    else if (token.type === 'hardbreak') text += '\n'
    else if (token.type === 'fence' || token.type === 'code_block') text += `${token.content.trimEnd()}\n\n`
    else if (token.type === 'text' || token.type === 'text_special' || token.type === 'code_inline') text += stripControls(token.content)
  }
  return text
}

const references: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '{': '&#123;', '}': '&#125;' }

function escapeHtml(text: string): string {
  return text.replace(/[&<>"{}]/g, character => references[character] ?? '')
}
