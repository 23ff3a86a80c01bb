import { excerptOf } from '../excerpt.ts'
import type { Rule } from '../finding.ts'

/** An alternative text says what the picture shows (WCAG 2.2, 1.1.1, failure F30): not the name of its file. */
export const imageAltFileName: Rule = {
  name: 'image-alt-file-name',
  inspect({ elements }) {
    return elements
      .filter(
        ({ name, attributes }) =>
          name === 'img' &&
          /^\s*(?:\S+\.(?:png|jpe?g|gif|webp|avif|svg)|(?:IMG|DSC)[_-]?\d+|image|picture|photo|untitled)\s*$/i.test(attributes.alt ?? ''),
      )
      .map(element => ({
        severity: 'warning' as const,
        message: 'the alternative text of a picture is the name of a file: it says nothing to whoever cannot see the picture',
        place: { part: 'html' as const, excerpt: excerptOf(element, 'alt'), at: element, quote: element.attributes.alt ?? '' },
        help: 'say what the picture shows; write alt="" where it only decorates',
      }))
  },
}
