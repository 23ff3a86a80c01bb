import type { MarkdownIt, StateBlock, StateInline } from 'markdown-it'
import { hole, vanished } from './fold-text.ts'
import { parseState } from './parse-state.ts'
import { skipBalanced } from './scan-source.ts'
import { lineAfter, lineText } from './site-blocks.ts'
import { replaceBy } from './site-inlines.ts'

/** Adds MDX's imports, exports and expressions, and takes away indented code and raw HTML blocks, which MDX does not have. */
export function addMdxSyntax(parser: MarkdownIt): void {
  parser.disable(['code', 'html_block'])
  parser.block.ruler.before('table', 'esm', esm)
  parser.block.ruler.before('table', 'expression', expressionBlock, { alt: ['paragraph', 'reference', 'blockquote', 'list'] })
  parser.inline.ruler.before('link', 'expression', expression)
}

const esmStart =
  /^(?:import\s*(?:['"{*]|type\s|[\w$]+\s*(?:,|from\b|$))|export\s*(?:\{|\*|default\b|const\b|let\b|var\b|function\b|async\b|class\b|type\b|interface\b))/

/** `import` and `export` at the beginning of a line, up to the blank line after which no bracket is open. */
function esm(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if (silent || state.blkIndent > 0 || (state.tShift[startLine] ?? 0) > 0 || !esmStart.test(lineText(state, startLine) ?? '')) return false
  let line = startLine
  while (line < endLine) {
    const text = state.src.slice(state.bMarks[line], state.eMarks[line])
    const bracket = text.search(/[{([]/)
    const end = bracket < 0 ? -1 : skipBalanced(state.src, (state.bMarks[line] ?? 0) + bracket, parseState(state.env).allowance)
    while (end > 0 && line < endLine && (state.eMarks[line] ?? 0) < end) line += 1
    line += 1
    if (line >= endLine || state.isEmpty(line)) break
  }
  state.line = line
  return true
}

/** An expression on lines of its own; it may hold blank lines. */
function expressionBlock(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if (!lineText(state, startLine)?.startsWith('{')) return false
  const end = skipBalanced(state.src, (state.bMarks[startLine] ?? 0) + (state.tShift[startLine] ?? 0), parseState(state.env).allowance)
  const next = end < 0 ? -1 : lineAfter(state, end, startLine, endLine)
  if (next < 0) return false
  if (!silent) state.line = next
  return true
}

/** `{…}` in running text: a string stays as its text, a comment goes, any other value leaves a hole. */
function expression(state: StateInline, silent: boolean): boolean {
  if (state.src[state.pos] !== '{') return false
  const end = skipBalanced(state.src, state.pos, parseState(state.env).allowance)
  if (end < 0 || end > state.posMax) return false
  const content = state.src.slice(state.pos + 1, end - 1).trim()
  const literal = /^(?:"([^"\\]*)"|'([^'\\]*)'|`([^`\\$]*)`)$/.exec(content)
  if (literal) return replaceBy(state, silent, end, literal[1] ?? literal[2] ?? literal[3] ?? '')
  return replaceBy(state, silent, end, content === '' || /^\/\*[\s\S]*\*\/$/.test(content) ? vanished : hole)
}
