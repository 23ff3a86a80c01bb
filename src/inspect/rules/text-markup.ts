import { excerpt } from '../excerpt.ts'
import type { Rule } from '../finding.ts'
import { foldText, isOwn, ownTexts } from '../own-words.ts'

const markup =
  /<\/?(?:p|br|a|b|i|em|strong|span|div|td|tr|table|ul|ol|li|img|h[1-6])(?:\s[^<>]*)?\/?>|&(?:nbsp|amp|quot|apos|lt|gt|mdash|ndash|hellip|#\d{2,5}|#x[0-9a-f]{2,5});/i

/** Message rule 7: no tags and entities in the text part, unless a post writes about them. */
export const textMarkup: Rule = {
  name: 'text-markup',
  inspect(inspected) {
    const own = ownTexts(inspected, markup)
    let offset = 0
    return inspected.text.split('\n').flatMap(line => {
      const start = offset
      offset += line.length + 1
      const found = markup.exec(line)
      if (found === null || isOwn(foldText(line), own, markup)) return []
      return [
        {
          severity: 'warning' as const,
          message: `"${excerpt(found[0], 30)}" stands in the text part: plain text shows markup as it is`,
          place: {
            part: 'text' as const,
            excerpt: excerpt(line.slice(Math.max(0, found.index - 40))),
            at: start + found.index,
            quote: found[0],
          },
          help: 'take the field of the same name that holds plain text, such as introText',
        },
      ]
    })
  },
}
