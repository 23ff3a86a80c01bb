import type { MarkdownIt as Parser, StateInline } from 'markdown-it'
import MarkdownIt from 'markdown-it'
import { addMdxSyntax } from './mdx-syntax.ts'
import type { Dialect } from './parse-state.ts'
import { addSiteBlocks } from './site-blocks.ts'
import { addSiteInlines } from './site-inlines.ts'

const parsers = new Map<Dialect, Parser>()

/**
 * A parser that knows, beside CommonMark and tables, the syntaxes that blogs mix in, so that they come out as tokens and not as text. It only
 * yields tokens; nothing is rendered, nothing of the text is changed (no typographer, no linkifying).
 */
export function markdownParser(dialect: Dialect): Parser {
  const known = parsers.get(dialect)
  if (known) return known
  const parser = new MarkdownIt({ html: true })
  // Addresses are not used here, so a refused one must not leave the link's brackets in the text.
  parser.validateLink = () => true
  parser.normalizeLink = url => url
  parser.normalizeLinkText = url => url
  parser.inline.State = inlineStateForCjk(parser.inline.State)
  addSiteBlocks(parser)
  addSiteInlines(parser, dialect)
  if (dialect === 'mdx') addMdxSyntax(parser)
  parsers.set(dialect, parser)
  return parser
}

const cjkNeighbour = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uffef]/u

/**
 * Lets `**` open and close next to Japanese, Chinese and Korean characters, where CommonMark's flanking rules leave `**「用語」**は` as asterisks
 * (commonmark/commonmark-spec issue 650).
 */
function inlineStateForCjk(Base: typeof StateInline): typeof StateInline {
  return class extends Base {
    override scanDelims(start: number, canSplitWord: boolean) {
      const scanned = super.scanDelims(start, canSplitWord)
      const before = this.src[start - 1] ?? ' '
      const after = this.src[start + scanned.length] ?? ' '
      if (!canSplitWord || (!cjkNeighbour.test(before) && !cjkNeighbour.test(after))) return scanned
      return { ...scanned, can_open: scanned.can_open || !/\s/.test(after), can_close: scanned.can_close || !/\s/.test(before) }
    }
  }
}
