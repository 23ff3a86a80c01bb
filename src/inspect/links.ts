import type { HtmlElement, Inspected } from './finding.ts'
import { nameOf } from './shown-texts.ts'

/** A link that a reader can follow. */
export interface Link {
  readonly element: HtmlElement
  /** As the HTML has it, blanks at the ends taken off. */
  readonly address: string
  /** Its text, pictures counted by their alternative text. */
  readonly name: string
}

/** Every link that is shown, in order. */
export function linksOf({ elements, looks }: Pick<Inspected, 'elements' | 'looks'>): Link[] {
  return elements
    .filter(({ name, attributes }) => (name === 'a' || name === 'area') && Object.hasOwn(attributes, 'href'))
    .filter(element => looks.light.get(element)?.hidden !== true)
    .map(element => ({
      element,
      address: (element.attributes.href ?? '').trim(),
      name: element.name === 'area' ? (element.attributes.alt ?? '') : nameOf(element, looks.light),
    }))
}
