import { pixelsOf } from '../computed-look.ts'
import { excerpt } from '../excerpt.ts'
import type { HtmlElement, HtmlNode, Inspected, Rule } from '../finding.ts'
import { linksOf } from '../links.ts'
import { ancestors } from '../match-selector.ts'

const smallest = 44

/**
 * Message rule 15: what a thumb shall hit is 44 px high (WCAG 2.2, 2.5.5; Apple's Human Interface Guidelines). Judged are links that stand alone;
 * a link inside a sentence cannot be larger than its line, and is excepted there too.
 */
export const touchTarget: Rule = {
  name: 'touch-target',
  inspect(inspected) {
    return linksOf(inspected).flatMap(({ element, address, name }) => {
      if (isInSentence(element, inspected)) return []
      const height = heightOf(element, inspected)
      // Half a pixel is rounding.
      if (height === null || height >= smallest - 0.5) return []
      return [
        {
          severity: 'warning' as const,
          message: `a link to press is ${Math.round(height)} px high: a thumb misses it, or hits its neighbour`,
          place: { part: 'html' as const, excerpt: excerpt(name === '' ? address : name), at: element },
          help: `give it display:block and a padding, so that it is ${smallest} px high`,
        },
      ]
    })
  },
}

/** Height of the box that can be pressed, in pixels; null where pictures make it, whose height nobody knows. */
function heightOf(element: HtmlElement, { looks }: Inspected): number | null {
  const look = looks.light.get(element)
  if (look === undefined || holdsPicture(element.children)) return null
  const line = look.fontSize * (look.lineHeight ?? 1.2)
  const isBox = /^(?:block|inline-block|table|table-cell|flex)$/i.test(look.declared.get('display') ?? '')
  // An inline link can be pressed on its letters and its padding, not on the line's blank.
  const [top, bottom] = verticalPadding(look.declared, look.fontSize)
  const own = (isBox ? line : look.fontSize * 1.2) + top + bottom
  const fixed = [look.declared.get('height'), look.declared.get('min-height')].map(value =>
    value === undefined ? 0 : (pixelsOf(value, look.fontSize) ?? 0),
  )
  return Math.max(own, ...(isBox ? fixed : []))
}

function verticalPadding(declared: ReadonlyMap<string, string>, fontSize: number): [number, number] {
  const parts = (declared.get('padding') ?? '0').split(/\s+/)
  const [top = '0', , bottom = top] = parts
  const length = (property: string, fallback: string) => pixelsOf(declared.get(property) ?? fallback, fontSize) ?? 0
  return [length('padding-top', top), length('padding-bottom', bottom)]
}

function holdsPicture(nodes: readonly HtmlNode[]): boolean {
  return nodes.some(node => node.kind === 'element' && (node.name === 'img' || holdsPicture(node.children)))
}

/** Whether words stand beside the link in its block. */
function isInSentence(element: HtmlElement, { looks }: Inspected): boolean {
  const block = ancestors(element).find(({ name }) => /^(?:p|td|th|div|li|h[1-6]|body|blockquote)$/.test(name))
  if (block === undefined) return false
  return wordsOutsideLinks(block.children)

  function wordsOutsideLinks(nodes: readonly HtmlNode[]): boolean {
    return nodes.some(node => {
      if (node.kind === 'text') return /[\p{L}\p{N}]/u.test(node.text)
      if (node.kind !== 'element' || node.name === 'a' || looks.light.get(node)?.hidden === true) return false
      return !/^(?:p|div|table|ul|ol|h[1-6])$/.test(node.name) && wordsOutsideLinks(node.children)
    })
  }
}
