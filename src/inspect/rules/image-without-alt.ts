import { excerptOf } from '../excerpt.ts'
import type { Rule } from '../finding.ts'

/** Message rule 12: every picture has an alt attribute, empty where it only decorates (WCAG 2.2, 1.1.1). */
export const imageWithoutAlt: Rule = {
  name: 'image-without-alt',
  inspect({ elements }) {
    return elements
      .filter(element => element.name === 'img' && !Object.hasOwn(element.attributes, 'alt'))
      .map(element => ({
        severity: 'error' as const,
        message: 'a picture has no alt attribute: screen readers read its address aloud, and with pictures off nothing tells what it was',
        place: { part: 'html' as const, excerpt: excerptOf(element, 'src'), at: element, quote: element.attributes.src ?? '<img' },
        help: 'say in alt what the picture shows; write alt="" where it only decorates',
      }))
  },
}
