import type { Look } from './computed-look.ts'
import type { HtmlElement, HtmlNode, HtmlText } from './finding.ts'

const unseen = new Set(['style', 'script', 'title', 'head', 'template'])

/** A run of text that is drawn, with the element it stands in. */
export interface ShownText {
  readonly node: HtmlText
  readonly element: HtmlElement
  readonly text: string
}

/** Texts that a reader sees where elements look so: not hidden ones, blanks or characters without a shape. */
export function shownTexts(nodes: readonly HtmlNode[], looks: ReadonlyMap<HtmlElement, Look>): ShownText[] {
  return nodes.flatMap((node): ShownText[] => {
    if (node.kind === 'element') {
      if (unseen.has(node.name) || looks.get(node)?.hidden === true) return []
      return shownTexts(node.children, looks)
    }
    if (node.kind !== 'text' || node.parent === null) return []
    const text = node.text.replace(/\s+/g, ' ').trim()
    return /[^\s\p{C}\p{M}\p{Z}]/u.test(text) ? [{ node, element: node.parent, text }] : []
  })
}

/** All text inside an element as a reader hears it: pictures by their alternative text, hidden pieces left out. */
export function nameOf(element: HtmlElement, looks: ReadonlyMap<HtmlElement, Look>): string {
  return rawName(element, looks).replace(/\s+/g, ' ').trim()
}

function rawName(node: HtmlNode, looks: ReadonlyMap<HtmlElement, Look>): string {
  if (node.kind === 'text') return node.text
  if (node.kind === 'comment' || looks.get(node)?.hidden === true) return ''
  if (node.name === 'img') return ` ${node.attributes.alt ?? ''} `
  if (node.name === 'br') return ' '
  return node.children.map(child => rawName(child, looks)).join('')
}
