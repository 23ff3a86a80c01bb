/** What each element's style comes to: style blocks and style attributes put together as CSS does. */

import type { AtRule, ChildNode, Document, Root } from 'postcss'
import type { Declaration, HtmlElement, Inspected } from './finding.ts'
import { matchesMedia, type Screen } from './match-media.ts'
import { matches, parseSelector, type Selector } from './match-selector.ts'

/** The declared value of each property of an element, the winner of the cascade; shorthands stay as they are written. */
export type Declared = ReadonlyMap<string, string>

interface StyleRule {
  readonly selector: Selector
  readonly declarations: readonly Declaration[]
}

/** The declared values of every element on a screen. Style sheets of mail programs themselves are not in it. */
export function cascade({ elements, styles }: Pick<Inspected, 'elements' | 'styles'>, screen: Screen): ReadonlyMap<HtmlElement, Declared> {
  const rules = styles
    .filter(({ element }) => matchesMedia(element.attributes.media ?? '', screen))
    .flatMap(({ root }) => rulesOf(root, screen))
    .sort((a, b) => a.selector.specificity - b.selector.specificity)
  return new Map(elements.map(element => [element, declaredFor(element, rules)]))
}

function declaredFor(element: HtmlElement, rules: readonly StyleRule[]): Declared {
  const ruled = rules.filter(rule => matches(element, rule.selector)).flatMap(rule => rule.declarations)
  const layers = [
    ...ruled.filter(each => !each.important),
    ...element.style.filter(each => !each.important),
    ...ruled.filter(each => each.important),
    ...element.style.filter(each => each.important),
  ]
  const declared = new Map<string, string>()
  for (const { property, value } of layers) {
    // A shorthand and its longhands set the same: the later one wins, whatever its name.
    for (const other of rivals[property] ?? []) declared.delete(other)
    declared.set(property, value)
  }
  return declared
}

const sides = ['top', 'right', 'bottom', 'left'] as const
const rivals: Readonly<Record<string, readonly string[]>> = {
  background: ['background-color', 'background-image'],
  'background-color': [],
  padding: sides.map(side => `padding-${side}`),
  font: ['font-size', 'font-weight', 'line-height', 'font-family'],
}

function rulesOf(container: Root | Document | AtRule, screen: Screen): StyleRule[] {
  return ((container.nodes ?? []) as readonly ChildNode[]).flatMap((node): StyleRule[] => {
    if (node.type === 'atrule') return isIn(node, screen) ? rulesOf(node, screen) : []
    if (node.type !== 'rule') return []
    const declarations = node.nodes.flatMap(each =>
      each.type === 'decl' ? [{ property: each.prop.toLowerCase(), value: each.value, important: each.important === true }] : [],
    )
    return node.selectors.flatMap(text => {
      const selector = parseSelector(text)
      return selector === null ? [] : [{ selector, declarations }]
    })
  })
}

function isIn(rule: AtRule, screen: Screen): boolean {
  const name = rule.name.toLowerCase()
  return name === 'supports' || (name === 'media' && matchesMedia(rule.params, screen))
}
