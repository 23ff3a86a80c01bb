import type { MarkdownIt, StateInline } from 'markdown-it'
import { hole, vanished } from './fold-text.ts'
import { isHtmlElement } from './html-elements.ts'
import { type Dialect, parseState, tagsOf } from './parse-state.ts'
import { readComponentTag } from './scan-source.ts'
import { readShortcode, unreadShortcodes, wordlessShortcodes } from './shortcodes.ts'
import { closingAfter } from './tag-index.ts'

/** Adds what site generators write inside running text: shortcodes, attributes, emoji, footnote marks, formulas, components, loose links. */
export function addSiteInlines(parser: MarkdownIt, dialect: Dialect): void {
  const { ruler } = parser.inline
  ruler.before('link', 'alert', alert)
  ruler.before('link', 'footnote', footnote)
  ruler.after('image', 'loose-link', looseLink)
  ruler.before('html_inline', 'component', component)
  if (dialect === 'md') ruler.push('braces', braces)
  ruler.push('colon', colon)
  ruler.push('formula', formula)
}

/** Passes over source up to `end`, leaving `text` (one of the marks, or words) in its place; false where `end` is beyond a link's label. */
export function replaceBy(state: StateInline, silent: boolean, end: number, text: string): boolean {
  if (end > state.posMax) return false
  if (!silent) state.push('text', '', 0).content = text
  state.pos = end
  return true
}

/** GitHub's `[!NOTE]` with the title that some renderers allow: the line goes, the quote's text stays. */
function alert(state: StateInline, silent: boolean): boolean {
  if (state.pos !== 0 || silent) return false
  const match = /^\[![A-Za-z][\w-]*\][+-]?[^\n]*(?:\n|$)/.exec(state.src)
  if (!match) return false
  state.push('alert', '', 0)
  state.pos = match[0].length
  return true
}

/** `[^1]`, and Pandoc's `^[…]`. */
function footnote(state: StateInline, silent: boolean): boolean {
  const { src, pos } = state
  if (src.startsWith('[^', pos)) {
    const match = matchAt(/\[\^[^\]\s]{1,100}\]/y, src, pos)
    return match ? replaceBy(state, silent, pos + match.length, vanished) : false
  }
  if (!src.startsWith('^[', pos)) return false
  const match = matchAt(/\^\[[^[\]]{1,2000}\]/y, src, pos)
  return match ? replaceBy(state, silent, pos + match.length, vanished) : false
}

/** `[text][unknown]`, `[text][]` and `[text](an address CommonMark refuses)`: the text stays, without brackets. Pictures of the kind go. */
function looseLink(state: StateInline, silent: boolean): boolean {
  const { src, pos } = state
  const picture = src.startsWith('![', pos)
  if (!picture && src[pos] !== '[') return false
  const bracket = picture ? pos + 1 : pos
  const labelEnd = state.md.helpers.parseLinkLabel(state, bracket, !picture)
  if (labelEnd < 0) return false
  const match = matchAt(/\[[^[\]\n]{0,200}\]|\((?:[^()\n]|\([^()\n]*\)){0,1000}\)/y, src, labelEnd + 1)
  if (!match || (match[0] === '(' && !looksLikeTarget(match))) return false
  const end = labelEnd + 1 + match.length
  if (picture) return replaceBy(state, silent, end, vanished)
  if (!silent) {
    const max = state.posMax
    state.pos = bracket + 1
    state.posMax = labelEnd
    state.push('link_open', 'a', 1)
    state.md.inline.tokenize(state)
    state.push('link_close', 'a', -1)
    state.posMax = max
  }
  state.pos = end
  return true
}

/** Tells a link's target from a remark in brackets after a bracketed word: `[sic](as he said)`. */
function looksLikeTarget(parenthesis: string): boolean {
  return /^\(\s*(?:<|[\w+.-]+:|[/#.?{]|[^\s)]*[/.#])/.test(parenthesis) || parenthesis === '()'
}

/** Tags of components with `{…}` values, generics (`Vec<T>`) and placeholders (`<your-name>`), which HTML's own rule would take for tags. */
function component(state: StateInline, silent: boolean): boolean {
  const { src, pos } = state
  if (src[pos] !== '<') return false
  const { dialect, allowance } = parseState(state.env)
  const tag = readComponentTag(src, pos, allowance)
  if (!tag) return false
  if (dialect === 'mdx') return pushTag(state, silent, tag.end, tag.html)
  const source = src.slice(pos, tag.end)
  if (/=\{|\{\.\.\./.test(source) && /^[A-Z]/.test(tag.name)) return pushTag(state, silent, tag.end, tag.html)
  if (!/^<[A-Za-z][\w-]*>$/.test(source) || tag.closing) return false
  const paired = closingAfter(tagsOf(state.env, src), `<${tag.name.toLowerCase()}`, tag.end) >= 0
  if (paired || isHtmlElement(tag.name.toLowerCase())) return false
  // `Vec<String>`: the author's words, which a browser would hide.
  if (/\w/.test(src[pos - 1] ?? '')) return replaceBy(state, silent, tag.end, source)
  return replaceBy(state, silent, tag.end, src.trim() === source ? vanished : hole)
}

function pushTag(state: StateInline, silent: boolean, end: number, html: string): true {
  if (!silent) state.push('html_inline', '', 0).content = html
  state.pos = end
  return true
}

const attribute = String.raw`(?:[#.][\w:./#[\]-]+|[\w:@-]+=(?:"[^"\n]*"|'[^'\n]*'|[\w./:-]+)|toc)`
const attributes = new RegExp(`\\{:?\\s*${attribute}(?:\\s+${attribute})*\\s*\\}`, 'y')

/** `{{< shortcode >}}`, `{% tag %}` and attribute lists `{#id .class key="value"}`; every other brace is text, `{{name}}` too. */
function braces(state: StateInline, silent: boolean): boolean {
  const { src, pos } = state
  if (src[pos] !== '{') return false
  const found = readShortcode(src, pos, () => tagsOf(state.env, src))
  if (found) {
    if (unreadShortcodes.has(found.name)) return replaceBy(state, silent, found.endOfPair, vanished)
    const whole = found.paired || found.closing || wordlessShortcodes.has(found.name) || found.kind === 'liquid'
    return replaceBy(state, silent, found.end, whole ? vanished : hole)
  }
  if (src[pos + 1] === '{') {
    const run = matchAt(/\{+/y, src, pos) ?? '{'
    return replaceBy(state, silent, pos + run.length, run)
  }
  const match = matchAt(attributes, src, pos)
  if (!match || !followsAttributes(src, pos, pos + match.length)) return false
  return replaceBy(state, silent, pos + match.length, vanished)
}

/** Attributes stand directly behind a link, code or emphasis, or at the end of a line. */
function followsAttributes(source: string, start: number, end: number): boolean {
  return /[)\]`*_"]/.test(source[start - 1] ?? '') || /^\s*(?:\n|$)/.test(source.slice(end, end + 40))
}

const wordlessComponents = /icon|img|image|picture|video|youtube|badge|avatar|br$/

/** `:rocket:`, and components of Nuxt Content `:icon{name="…"}`, `:badge[text]{…}`; one that stands alone needs no braces. */
function colon(state: StateInline, silent: boolean): boolean {
  const { src, pos } = state
  if (src[pos] !== ':' || /[\w:]/.test(src[pos - 1] ?? ' ')) return false
  const emoji = matchAt(/:(?:[a-z][a-z0-9_+-]*|[+-]1):(?![\w:])/y, src, pos)
  if (emoji) return replaceBy(state, silent, pos + emoji.length, vanished)
  const name = matchAt(/:[a-z][a-z0-9-]*(?=[[{]|$)/y, src, pos)
  if (!name) return false
  let end = pos + name.length
  if (end === src.length) return pos === 0 ? replaceBy(state, silent, end, vanished) : false
  const label = matchAt(/\[[^[\]\n]*\]/y, src, end)
  end += label?.length ?? 0
  const props = matchAt(/\{(?:"[^"]*"|'[^']*'|[^{}"']|\{[^{}]*\})*\}/y, src, end)
  end += props?.length ?? 0
  if (!label && !props) return false
  if (label) return replaceBy(state, silent, end, label.slice(1, -1))
  const isWordless = pos === 0 || end === src.length || wordlessComponents.test(name)
  return replaceBy(state, silent, end, isWordless ? vanished : hole)
}

/**
 * `$…$` by Pandoc's rule (no blank inside the dollars, no digit after), and only where the content is a formula, so that prices stay.
 * A single letter stays as text; anything longer leaves a hole.
 */
function formula(state: StateInline, silent: boolean): boolean {
  const { src, pos } = state
  if (src[pos] !== '$' || /[\w$]/.test(src[pos - 1] ?? ' ')) return false
  const match = matchAt(/\$\$?(?=\S)((?:(?!\]\()[^$\n]){1,500})(?<=\S)\$\$?(?![\w$])/y, src, pos)
  if (!match) return false
  const content = match.replaceAll('$', '')
  if (/^[A-Za-z]$/.test(content)) return replaceBy(state, silent, pos + match.length, content)
  return /[\\^_{}=]/.test(content) ? replaceBy(state, silent, pos + match.length, hole) : false
}

/** What a sticky expression matches at a position. */
function matchAt(expression: RegExp, source: string, position: number): string | null {
  expression.lastIndex = position
  return expression.exec(source)?.[0] ?? null
}
