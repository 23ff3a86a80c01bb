import { excerptOf } from '../excerpt.ts'
import type { Rule } from '../finding.ts'
import { linksOf } from '../links.ts'

/** A campaign parameter stands once in a link. Of two, analytics count the first or the last, and nobody knows which. */
export const utmDuplicate: Rule = {
  name: 'utm-duplicate',
  inspect(inspected) {
    return linksOf(inspected).flatMap(({ element, address }) => {
      const names = [...(URL.parse(address)?.searchParams.keys() ?? [])].map(name => name.toLowerCase())
      const twice = names.find((name, index) => name.startsWith('utm_') && names.indexOf(name) !== index)
      if (twice === undefined) return []
      return [
        {
          severity: 'warning' as const,
          message: `a link carries ${twice} more than once: analytics count it under one of the values, and not always the same`,
          place: { part: 'html' as const, excerpt: excerptOf(element, 'href'), at: element, quote: address },
          help: 'take the campaign parameters out of the address, or set links.utm to false',
        },
      ]
    })
  },
}
