import type { MarkdownIt as Parser, StateInline, Token } from 'markdown-it'
import MarkdownIt from 'markdown-it'
import { foldText, stripControls, vanished } from './clean-text.ts'
import { endOfShortcode } from './shortcodes.ts'

/** Tags that only style text: rendered away. Any other tag stands as the text that it is, and templates escape it. */
const harmless = new Set(
  'a abbr b bdi bdo big cite code del dfn em font i ins kbd mark q s samp small span strike strong sub sup time tt u var p div ul ol li blockquote'.split(
    ' ',
  ),
)
const breaks = new Set(['br', 'wbr', 'p', 'div', 'ul', 'ol', 'li', 'blockquote'])
const tag = /<(\/?)([a-zA-Z][a-zA-Z0-9]*)(?:\s+[a-zA-Z_:][\w:.-]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*\s*\/?>/y

let parser: Parser | null = null

/**
 * Renders the inline Markdown of a description, question or answer to plain text: emphasis, links, code, pictures, entities. Harmless HTML tags go
 * (`<b>`, `<a href>`, `<br>`, with their partners); everything else that looks like a tag is the author's text and stays, as do `a < b`,
 * `List<String>` and `{{name}}`. Text of several lines is read as blocks, so that list marks go too. Never throws.
 */
export function markdownInlineToText(text: string): string {
  parser ??= inlineParser()
  const source = stripControls(text).trim()
  const tokens = /\n/.test(source) ? parser.parse(source, {}) : parser.parseInline(source, {})
  return foldText(textOf(tokens))
}

function inlineParser(): Parser {
  const made = new MarkdownIt({ html: false })
  made.disable(['table', 'code', 'lheading', 'hr', 'reference'])
  made.validateLink = () => true
  made.normalizeLink = url => url
  made.normalizeLinkText = url => url
  made.inline.ruler.after('autolink', 'harmless-tag', harmlessTag)
  made.inline.ruler.after('autolink', 'shortcode', shortcode)
  return made
}

function textOf(tokens: readonly Token[]): string {
  let text = ''
  for (const token of tokens) {
    if (token.type === 'inline') text += textOf(token.children ?? [])
    else if (token.type === 'softbreak' || token.type === 'hardbreak' || token.block) text += `${stripControls(token.content)}\n`
    else if (token.type !== 'image') text += token.content.includes(vanished) ? token.content : stripControls(token.content)
  }
  return text
}

/** A tag counts as one when its partner stands in the same text: `use <b> for bold` is about tags, and stays. */
function harmlessTag(state: StateInline, silent: boolean): boolean {
  const { src, pos } = state
  if (src[pos] !== '<') return false
  tag.lastIndex = pos
  const match = tag.exec(src)
  const name = match?.[2]?.toLowerCase()
  if (!match || !name) return false
  const isBreak = breaks.has(name)
  if (!harmless.has(name) && !isBreak) return false
  const alone = name === 'br' || name === 'wbr'
  const hasPartner =
    match[1] === '/'
      ? new RegExp(`<${name}[\\s>]`, 'i').test(src.slice(0, pos))
      : new RegExp(`</${name}\\s*>`, 'i').test(src.slice(tag.lastIndex))
  if (!alone && !hasPartner) return false
  if (!silent) state.push('text', '', 0).content = name === 'wbr' ? '' : isBreak ? ' ' : ''
  state.pos += match[0].length
  return true
}

/** Hugo's shortcodes are never words; `{{name}}` may be. */
function shortcode(state: StateInline, silent: boolean): boolean {
  if (!/^\{\{[<%]/.test(state.src.slice(state.pos, state.pos + 3))) return false
  const found = endOfShortcode(state.src, state.pos)
  if (!found) return false
  if (!silent) state.push('text', '', 0).content = vanished
  state.pos = found.end
  return true
}
