import { excerpt } from '../excerpt.ts'
import type { Rule } from '../finding.ts'
import { shownPictures } from '../shown-pictures.ts'

/** A picture of so few bytes costs nobody anything, however large it is. */
const fewBytes = 50_000

/** A picture has at least the width it is shown with, else it is blurred; twice as much is sharp on a phone, four times is waste. */
export const pictureSize: Rule = {
  name: 'picture-size',
  inspect(inspected) {
    return shownPictures(inspected).flatMap(({ element, address, facts }) => {
      const shown = Number(/^\d+$/.exec(element.attributes.width?.trim() ?? '')?.[0] ?? 0)
      const isWaste = facts.width !== null && facts.width > 4 * shown && facts.bytes > fewBytes
      if (facts.width === null || shown === 0 || (facts.width >= shown && !isWaste)) return []
      return [
        {
          severity: 'warning' as const,
          message:
            facts.width < shown
              ? `a picture of ${facts.width} px is shown ${shown} px wide: it is blurred`
              : `a picture of ${facts.width} px is shown ${shown} px wide: Outlook scales it badly, and most of its bytes are for nothing`,
          place: { part: 'html' as const, excerpt: excerpt(address), at: element, quote: address },
          help: `save it ${2 * shown} px wide`,
        },
      ]
    })
  },
}
