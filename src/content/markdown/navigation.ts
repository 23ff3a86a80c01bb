import type { BodyBlock } from '../post.ts'
import type { CollectedBlock } from './collect-blocks.ts'

/** Headings of sections that lead elsewhere: compared in lower case, without what is not a letter. */
const navigationHeadings = new Set(
  [
    'related reading, related, related posts, related articles, related resources, related guides, related links, related content, further reading, read next, read more, see also, more reading, more resources, additional resources, further reading and resources, useful links, links, references, resources, sources, table of contents, contents, toc, on this page, in this article, in this post, learn more, keep reading, recommended reading',
    'inhalt, inhaltsverzeichnis, weiterlesen, weiterführende links, weitere artikel, siehe auch, quellen, verwandte artikel, mehr zum thema',
    'فهرست, فهرست مطالب, مطالب مرتبط, بیشتر بخوانید, همچنین ببینید, منابع, پیوندها',
    'contenido, índice, tabla de contenidos, ver también, enlaces, referencias, recursos, recursos adicionales, lecturas adicionales, artículos relacionados',
    '目次, 関連記事, 参考文献, 参考リンク, 参考資料, 関連リンク, その他のリソース',
    'sommaire, table des matières, voir aussi, à lire aussi, articles liés, liens, références',
  ]
    .join(', ')
    .split(', ')
    .map(bare),
)

/**
 * Leaves out what leads elsewhere instead of telling something. Three rules: a list all of whose items consist of links (a table of contents, related
 * posts, an index of changes); a paragraph or quote that consists of links (a button, "Read on →"); and everything under a heading that names such
 * a section ("Related reading", "Table of contents"), up to the next heading, with link descriptions and the line that introduces them.
 */
export function withoutNavigation(blocks: readonly CollectedBlock[]): readonly BodyBlock[] {
  const listsWithText = new Set<number | null>()
  for (const block of blocks) if (!block.onlyLinks) listsWithText.add(block.list)
  return blocks
    .filter(block => {
      if (block.heading !== null && navigationHeadings.has(bare(block.heading))) return false
      if (navigationHeadings.has(bare(block.text))) return false
      if (/^\[+(?:_?toc_?)\]+$/i.test(block.text)) return false
      return !block.onlyLinks || (block.list !== null && listsWithText.has(block.list))
    })
    .map(({ kind, text, heading }) => ({ kind, text, heading }))
}

function bare(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}
