import type { MarkdownIt, StateBlock } from 'markdown-it'
import { isHtmlElement } from './html-elements.ts'
import { parseState, tagsOf } from './parse-state.ts'
import { readComponentTag } from './scan-source.ts'
import { readShortcode, unreadShortcodes } from './shortcodes.ts'

const interrupting = { alt: ['paragraph', 'reference', 'blockquote', 'list'] }

/** Adds what site generators write as blocks of their own: containers, shortcodes, footnotes, formulas and component tags. */
export function addSiteBlocks(parser: MarkdownIt): void {
  const { ruler } = parser.block
  ruler.before('fence', 'container', container, interrupting)
  ruler.before('fence', 'slot', slot, interrupting)
  ruler.before('fence', 'formula', formula, interrupting)
  ruler.before('fence', 'shortcode', shortcode, interrupting)
  ruler.before('reference', 'footnote', footnote, { alt: ['paragraph', 'reference'] })
  ruler.after('reference', 'loose-definition', looseDefinition, { alt: ['paragraph'] })
  ruler.before('html_block', 'component', component, interrupting)
}

/** The text of a line without its indentation, or null when it is indented so far that it is code. */
export function lineText(state: StateBlock, line: number): string | null {
  if ((state.sCount[line] ?? 0) - state.blkIndent >= 4 && parseState(state.env).dialect !== 'mdx') return null
  return state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line])
}

/** The first line after `position`, when nothing but blanks follows on its own line; -1 otherwise. */
export function lineAfter(state: StateBlock, position: number, line: number, endLine: number): number {
  let last = line
  while (last < endLine && (state.eMarks[last] ?? 0) < position) last += 1
  if (last >= endLine) return -1
  return state.src.slice(position, state.eMarks[last]).trim() === '' ? last + 1 : -1
}

/** `:::` may be followed by a blank and a title; `::` is Nuxt Content's, and may not. */
const containerLine = /^(?::{3,}[ \t]*([A-Za-z][\w-]*)?.*|::(?:([A-Za-z][\w-]*)(?:[[{].*)?)?)$/
/** Lines within which a construct must end: one that never does must not be searched for to the end of every post. */
const longestConstruct = 500
/** Containers that hold a way onward instead of text. */
const navigationContainers = new Set(['read-more', 'u-button', 'button', 'button-link', 'card-group', 'video', 'carousel', 'toc'])

/** Fences of `:::note … :::` (Docusaurus, VitePress, Nuxt Content): the fence goes, with its title and YAML properties; the text stays. */
function container(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const text = lineText(state, startLine)
  const match = text?.startsWith('::') ? containerLine.exec(text.trimEnd()) : null
  if (!text || !match) return false
  if (silent) return true
  const name = match[1] ?? match[2]
  const shared = parseState(state.env)
  shared.containers = Math.max(0, shared.containers + (name ? 1 : -1))
  const colons = /^:+/.exec(text)?.[0].length ?? 2
  state.line = name ? afterProperties(state, startLine + 1, endLine) : startLine + 1
  if (name && navigationContainers.has(name)) state.line = afterContainer(state, state.line, endLine, colons)
  return true
}

/** `#title`, which names a slot of the container around it. */
function slot(state: StateBlock, startLine: number, _endLine: number, silent: boolean): boolean {
  if (parseState(state.env).containers === 0 || !/^#[a-z][\w-]*(?:\{.*\})?$/.test(lineText(state, startLine)?.trimEnd() ?? '')) return false
  if (!silent) state.line = startLine + 1
  return true
}

/** The line after `---` … `---` directly under a container's opening fence, or after `{…}` that runs over several lines. */
function afterProperties(state: StateBlock, line: number, endLine: number): number {
  const opening = lineText(state, line - 1) ?? ''
  if (opening.includes('{') && !opening.includes('}')) {
    for (let at = line; at < Math.min(endLine, line + longestConstruct); at += 1)
      if (lineText(state, at)?.trim().endsWith('}')) return afterProperties(state, at + 1, endLine)
  }
  if (line >= endLine || lineText(state, line)?.trim() !== '---') return line
  for (let at = line + 1; at < Math.min(endLine, line + longestConstruct); at += 1) if (lineText(state, at)?.trim() === '---') return at + 1
  return line
}

function afterContainer(state: StateBlock, line: number, endLine: number, colons: number): number {
  const fence = ':'.repeat(colons)
  for (let at = line; at < Math.min(endLine, line + longestConstruct); at += 1) {
    if (lineText(state, at)?.trim() !== fence) continue
    parseState(state.env).containers -= 1
    return at + 1
  }
  return line
}

/** `$$ … $$` and `\[ … \]` on lines of their own. */
function formula(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const text = lineText(state, startLine)?.trimEnd()
  const closing = text?.startsWith('$$') ? '$$' : text === '\\[' ? '\\]' : null
  if (!text || !closing) return false
  if (closing === '$$' && text.length > 4 && text.endsWith('$$')) {
    if (!silent) state.line = startLine + 1
    return true
  }
  for (let line = startLine + 1; line < Math.min(endLine, startLine + longestConstruct); line += 1) {
    if (!lineText(state, line)?.trimEnd().endsWith(closing)) continue
    if (!silent) state.line = line + 1
    return true
  }
  return false
}

/** Hugo's `{{< name … >}}` and Liquid's `{% name … %}` on lines of their own; those that hold code or comments go with all between them. */
function shortcode(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if (!lineText(state, startLine)?.startsWith('{')) return false
  const start = (state.bMarks[startLine] ?? 0) + (state.tShift[startLine] ?? 0)
  const found = readShortcode(state.src, start, () => tagsOf(state.env, state.src))
  if (!found) return false
  const next = lineAfter(state, unreadShortcodes.has(found.name) ? found.endOfPair : found.end, startLine, endLine)
  if (next < 0) return false
  if (!silent) state.line = next
  return true
}

/** `[^1]: …` with its indented continuation. */
function footnote(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if (!/^\[\^[^\]\n]+\]:/.test(lineText(state, startLine) ?? '')) return false
  if (silent) return true
  let line = startLine + 1
  for (let blank = false; line < endLine; line += 1) {
    if (state.isEmpty(line)) blank = true
    else if (blank && (state.sCount[line] ?? 0) - state.blkIndent < 2) break
    else if (/^\[\^[^\]\n]+\]:/.test(lineText(state, line) ?? '')) break
    else blank = false
  }
  state.line = line
  return true
}

/** A reference definition that CommonMark does not take (it follows text directly, or has something after its address). */
function looseDefinition(state: StateBlock, startLine: number, _endLine: number, silent: boolean): boolean {
  if (!/^\[[^\]\n]+\]:\s*(?:https?:|mailto:|[/#<.])\S*\s*(?:["'(].*)?$/.test(lineText(state, startLine) ?? '')) return false
  if (!silent) state.line = startLine + 1
  return true
}

/**
 * Lines that hold nothing but tags of components (`<section-header text="…"></section-header>`, `<Note>`): the tags go, and what follows on the
 * next line is Markdown, without the blank line that CommonMark asks for. In MDX every tag is such a component.
 */
function component(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if (!lineText(state, startLine)?.startsWith('<')) return false
  const { dialect, allowance } = parseState(state.env)
  const start = (state.bMarks[startLine] ?? 0) + (state.tShift[startLine] ?? 0)
  let html = ''
  let end = start
  while (state.src[end] === '<') {
    const tag = readComponentTag(state.src, end, allowance)
    if (!tag || (dialect === 'md' && (tag.name === '' || isHtmlElement(tag.name.toLowerCase())))) return false
    // An address (`<https://…>`) is no tag.
    if (dialect === 'md' && !/^[\w-]+(?:\.[\w-]+)*$/.test(tag.name)) return false
    html += tag.html
    end = tag.end
  }
  const next = lineAfter(state, end, startLine, endLine)
  if (next < 0) return false
  if (silent) return true
  state.push('html_block', '', 0).content = html
  state.line = next
  if (dialect === 'mdx') dedentChildren(state, startLine, next, endLine)
  return true
}

/** MDX has no indented code: what is indented under a component's tag is read as if it stood at the tag's own column. */
function dedentChildren(state: StateBlock, tagLine: number, firstLine: number, endLine: number): void {
  const { allowance } = parseState(state.env)
  const column = state.sCount[tagLine] ?? 0
  const first = state.skipEmptyLines(firstLine)
  const indent = first < endLine ? (state.sCount[first] ?? 0) - column : 0
  if (indent <= 0) return
  for (let line = first; line < endLine && allowance.left > 0; line += 1) {
    if (state.isEmpty(line)) continue
    const own = state.sCount[line] ?? 0
    if (own <= column) return
    const start = state.bMarks[line] ?? 0
    const cut = Math.min(indent, own - column)
    allowance.left -= cut
    if (!/^ +$/.test(state.src.slice(start, start + cut))) continue
    state.bMarks[line] = start + cut
    state.tShift[line] = (state.tShift[line] ?? 0) - cut
    state.sCount[line] = own - cut
  }
}
