import { excerptOf } from '../excerpt.ts'
import type { Rule } from '../finding.ts'

/** Message rule 12: every picture has a width attribute. Outlook on Windows shows it in its own size otherwise, whatever the styles say. */
export const imageWithoutWidth: Rule = {
  name: 'image-without-width',
  inspect({ elements }) {
    return elements
      .filter(element => element.name === 'img' && !/^\d+%?$/.test(element.attributes.width?.trim() ?? ''))
      .map(element => ({
        severity: 'error' as const,
        message: 'a picture has no width attribute: Outlook on Windows shows it in its own size, and it bursts the layout',
        place: { part: 'html' as const, excerpt: excerptOf(element, 'src', 'width'), at: element, quote: element.attributes.src ?? '' },
        help: 'write width="…" in pixels, without "px", beside the style',
      }))
  },
}
