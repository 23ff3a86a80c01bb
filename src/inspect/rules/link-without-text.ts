import { excerptOf } from '../excerpt.ts'
import type { Rule } from '../finding.ts'
import { linksOf } from '../links.ts'

/** Message rule 15: a link has a text, or a picture with an alternative text (WCAG 2.2, 2.4.4); logos that link home are the usual culprit. */
export const linkWithoutText: Rule = {
  name: 'link-without-text',
  inspect(inspected) {
    return linksOf(inspected)
      .filter(({ name }) => !/[\p{L}\p{N}]/u.test(name))
      .map(({ element, address }) => ({
        severity: 'error' as const,
        message: 'a link has no text: screen readers read its address aloud, and with pictures off there is nothing to press',
        place: { part: 'html' as const, excerpt: excerptOf(element, 'href'), at: element, quote: address },
        help: 'write a text into it, or say in the alt of its picture where it leads',
      }))
  },
}
