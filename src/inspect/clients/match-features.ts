/** Which features of caniemail an email uses, and where. */

import type { ChildNode } from 'postcss'
import type { HtmlElement, Inspected, StyleBlock } from '../finding.ts'
import { type Feature, featuresOf } from './clients.ts'
import { atRuleKeys, declarationKeys, elementKeys, selectorKeys } from './feature-keys.ts'

/** One place where a feature is used. */
export interface FeaturePlace {
  /** The element, or the offset in the HTML where it stands in a style block. */
  readonly at: HtmlElement | number
  /** The element itself, or the one whose style attribute it is; null in a style block. */
  readonly element: HtmlElement | null
  /** The piece itself: `border-radius:8px`, `@media (min-width:480px)`, `<video>`. */
  readonly text: string
  /** The declaration's value; null for all else. */
  readonly value: string | null
}

/** One feature and every place where it is used, in document order. */
export interface FeatureUse {
  readonly feature: Feature
  readonly places: readonly FeaturePlace[]
}

/** What an email uses of what caniemail knows. Conditional comments are left out: only Outlook on Windows reads them, and they are written for it. */
export function matchFeatures({ html, elements, styles }: Pick<Inspected, 'html' | 'elements' | 'styles'>): readonly FeatureUse[] {
  const uses = new Map<Feature, FeaturePlace[]>()
  const note = (keys: readonly string[], place: FeaturePlace) => {
    for (const feature of new Set(keys.flatMap(featuresOf))) {
      const places = uses.get(feature)
      if (places === undefined) uses.set(feature, [place])
      else places.push(place)
    }
  }
  if (/^\s*<!doctype html>/i.test(html)) note(['doctype'], { at: 0, element: null, text: '<!doctype html>', value: null })
  for (const element of elements) {
    note(elementKeys(element.name, element.attributes), { at: element, element, text: `<${element.name}>`, value: null })
    for (const { property, value, important } of element.style) {
      note(declarationKeys(property, value, important), { at: element, element, text: `${property}:${value}`, value })
    }
  }
  for (const block of styles) noteStyles(block, note)
  return [...uses].map(([feature, places]) => ({ feature, places }))
}

function noteStyles({ root, start }: StyleBlock, note: (keys: readonly string[], place: FeaturePlace) => void): void {
  root.walk(node => {
    const { keys, text, value } = used(node)
    note(keys, { at: start + (node.source?.start?.offset ?? 0), element: null, text, value })
  })
}

function used(node: ChildNode): { keys: readonly string[]; text: string; value: string | null } {
  switch (node.type) {
    case 'atrule':
      return { keys: atRuleKeys(node.name, node.params), text: `@${node.name} ${node.params}`.trim(), value: null }
    case 'rule':
      return {
        keys: [...selectorKeys(node.selector), ...(node.parent?.type === 'rule' ? ['css-nesting'] : [])],
        text: node.selector,
        value: null,
      }
    case 'decl': {
      const property = node.prop.startsWith('--') ? node.prop : node.prop.toLowerCase()
      const keys = declarationKeys(property, node.value, node.important === true)
      return { keys, text: `${property}:${node.value}`, value: node.value }
    }
    default:
      return { keys: ['css-comment'], text: '/* */', value: null }
  }
}
