import type { BodyBlock } from '../post.ts'
import { collectBlocks } from './collect-blocks.ts'
import { stripSource } from './fold-text.ts'
import { markdownParser } from './markdown-parser.ts'
import { withoutNavigation } from './navigation.ts'
import { beginParse, type Dialect } from './parse-state.ts'
import { readTokens } from './read-tokens.ts'

/** A body reduced to what can be read aloud. */
export interface Body {
  readonly blocks: readonly BodyBlock[]
  /** Words of all that is read: headings, tables and lists of links too; code left out. */
  readonly words: number
  /** The first heading of level 1, which a file without a `title` is named by; null where there is none. */
  readonly firstHeading: string | null
}

/**
 * Reduces a post's body to plain-text blocks for summarizing: paragraphs, list items and quotes, each with the heading above it. Nothing runs and
 * no markup is left: code, tables, pictures, comments, footnotes, formulas, shortcodes, components, imports and expressions are not in it. A
 * block is left out where something a sentence needs was filled in by the site (`{{< param version >}}`, `{count}`), and where it only leads
 * elsewhere (see `withoutNavigation`). Never throws; the time it takes grows with the length.
 */
export function bodyBlocks(markdown: string, options: { readonly format: Dialect }): Body {
  const source = withoutShortcodeTargets(stripSource(markdown))
  const tokens = markdownParser(options.format).parse(source, beginParse(source, options.format))
  const { blocks, words, firstHeading } = collectBlocks(readTokens(tokens))
  return { blocks: withoutNavigation(blocks), words, firstHeading }
}

/** `[text]({{< ref "post" >}})`: a target that holds blanks would keep the link from being one. */
function withoutShortcodeTargets(markdown: string): string {
  return markdown
    .replace(/(\]\(\s*|^\[[^\]\n]+\]:\s*<?)\{(?:\{[<%]?[^{}\n]*\}\}|%[^{}\n]*%\})/gm, '$1#')
    .replace(/<(\{\{[<%][^<>\n]*[>%]\}\})>/g, '$1')
}
