import type { CssSyntaxError, Parser, Root } from 'postcss'
import type { HtmlElement, StyleBlock } from './finding.ts'

/** The pieces of postcss that are needed. */
export interface CssParser {
  readonly parse: Parser<Root>
  readonly CssSyntaxError: typeof CssSyntaxError
}

/** Every `<style>` block, parsed. Takes postcss, so that it is loaded late. */
export function parseStyles(elements: readonly HtmlElement[], postcss: CssParser): StyleBlock[] {
  return elements
    .filter(element => element.name === 'style')
    .map(element => {
      const css = element.children.map(child => ('text' in child ? child.text : '')).join('')
      const start = element.children[0]?.start ?? element.tagEnd
      return { element, css, start, ...parseCss(css, start, postcss) }
    })
}

function parseCss(css: string, start: number, postcss: CssParser): Pick<StyleBlock, 'root' | 'problem'> {
  try {
    return { root: postcss.parse(css), problem: null }
  } catch (error) {
    if (!(error instanceof postcss.CssSyntaxError)) throw error
    const offset = start + offsetOf(css, error.line ?? 1, error.column ?? 1)
    return { root: postcss.parse(''), problem: { reason: error.reason, offset } }
  }
}

function offsetOf(text: string, line: number, column: number): number {
  let offset = 0
  for (let at = 1; at < line; at++) offset = text.indexOf('\n', offset) + 1
  return offset + column - 1
}
