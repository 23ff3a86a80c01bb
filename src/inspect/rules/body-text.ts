import { excerpt } from '../excerpt.ts'
import type { HtmlElement, Rule } from '../finding.ts'
import { ancestors } from '../match-selector.ts'
import { shownTexts } from '../shown-texts.ts'

/** Characters from which a text is one to read, and no caption. */
const longText = 120
const smallest = 16
const tightest = 1.4

/** Message rule 15: text to read has 16 px at about 1.5. Captions are judged by small-text. */
export const bodyText: Rule = {
  name: 'body-text',
  inspect({ nodes, looks }) {
    return shownTexts(nodes, looks.light).flatMap(({ element, text }) => {
      const look = looks.light.get(element)
      if (look === undefined || text.length < longText || look.fontSize < 14 || isTitle(element)) return []
      const isSmall = look.fontSize < smallest
      if (!isSmall && (look.lineHeight ?? tightest) >= tightest) return []
      return [
        {
          severity: 'warning' as const,
          message: isSmall
            ? `a text to read has ${Math.round(look.fontSize * 10) / 10} px: on a phone that is small print`
            : `the lines of a text stand ${Math.round((look.lineHeight ?? 0) * 100) / 100} apart: the eye loses the line`,
          place: { part: 'html' as const, excerpt: excerpt(text), at: element, quote: isSmall ? 'font-size' : 'line-height' },
          help: 'set font-size 16px and line-height 1.5 on it',
        },
      ]
    })
  },
}

/** Headings and links are looked at, not read line by line; a long title is still one. */
function isTitle(element: HtmlElement): boolean {
  return [element, ...ancestors(element)].some(({ name }) => /^(?:h[1-6]|a)$/.test(name))
}
