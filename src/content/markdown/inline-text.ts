import type { MarkdownIt as Parser, StateInline, Token } from 'markdown-it'
import MarkdownIt from 'markdown-it'
import { foldText, stripControls, stripSource, vanished } from './fold-text.ts'
import { beginParse, tagsOf } from './parse-state.ts'
import { readShortcode } from './shortcodes.ts'
import { closingAfter } from './tag-index.ts'

/** Tags that only style text, and tags that part it: both are rendered away. Any other tag stands as the text that it is, and templates escape it. */
const styling = new Set(
  'a abbr b bdi bdo big cite code del dfn em font i ins kbd mark q s samp small span strike strong sub sup time tt u var'.split(' '),
)
const parting = new Set(['p', 'div', 'ul', 'ol', 'li', 'blockquote', 'br'])
const tag = /<(\/?)([a-zA-Z][a-zA-Z0-9]*)(?:\s+[a-zA-Z_:][\w:.-]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*\s*\/?>/y

let parser: Parser | null = null

/**
 * Renders the inline Markdown of a description, question or answer to plain text: emphasis, links, code, pictures, entities. Harmless HTML tags go
 * (`<b>`, `<a href>` with their partners, `<br>`); everything else that looks like a tag is the author's text and stays, as do `a < b`,
 * `List<String>` and `{{name}}`. Text of several lines is read as blocks, so that list marks go too. Never throws.
 */
export function markdownInlineToText(text: string): string {
  parser ??= inlineParser()
  const source = stripSource(text).trim()
  const env = beginParse(source, 'md')
  return foldText(textOf(source.includes('\n') ? parser.parse(source, env) : parser.parseInline(source, env)))
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
    else if (token.type !== 'image') text += stripControls(token.content)
  }
  return text
}

/** A tag counts as one when its partner stands in the same text: `use <b> for bold` is about tags, and stays. */
function harmlessTag(state: StateInline, silent: boolean): boolean {
  const { src, pos } = state
  if (src[pos] !== '<') return false
  tag.lastIndex = pos
  const match = tag.exec(src)
  const name = match?.[2]?.toLowerCase() ?? ''
  if (!match || (!styling.has(name) && !parting.has(name))) return false
  const end = pos + match[0].length
  // For a closing tag its partner has gone before, or it is text itself.
  const hasPartner =
    match[1] === '/' ? (tagsOf(state.env, src).openings.get(name) ?? pos) < pos : closingAfter(tagsOf(state.env, src), `<${name}`, end) >= 0
  if (name !== 'br' && !hasPartner) return false
  if (!silent) state.push('text', '', 0).content = parting.has(name) ? '\n' : ''
  state.pos = end
  return true
}

/** Hugo's shortcodes are never words; `{{name}}` may be, and `{% if %}` too. */
function shortcode(state: StateInline, silent: boolean): boolean {
  const found = readShortcode(state.src, state.pos, () => tagsOf(state.env, state.src))
  if (found?.kind !== 'hugo') return false
  if (!silent) state.push('text', '', 0).content = vanished
  state.pos = found.end
  return true
}
