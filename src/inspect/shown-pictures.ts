import type { HtmlElement, Inspected } from './finding.ts'
import type { PictureFacts } from './picture-facts.ts'

/** A picture of the email that could be looked at. */
export interface ShownPicture {
  readonly element: HtmlElement
  readonly address: string
  readonly facts: PictureFacts
}

/** The pictures of the email that are known, each address once, where it first stands. */
export function shownPictures({ elements, context }: Pick<Inspected, 'elements' | 'context'>): ShownPicture[] {
  const found = new Map<string, ShownPicture>()
  for (const element of elements) {
    const address = element.name === 'img' ? (element.attributes.src?.trim() ?? '') : ''
    const facts = context.pictures?.get(address)
    if (facts !== undefined && !found.has(address)) found.set(address, { element, address, facts })
  }
  return [...found.values()]
}
