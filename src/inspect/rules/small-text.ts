import { excerpt } from '../excerpt.ts'
import type { Rule } from '../finding.ts'
import { shownTexts } from '../shown-texts.ts'

const smallest = 14

/** Message rule 15: captions have at least 14 px. iOS enlarges smaller text by itself, and breaks the layout with it. */
export const smallText: Rule = {
  name: 'small-text',
  inspect({ nodes, looks }) {
    return shownTexts(nodes, looks.light).flatMap(({ element, text }) => {
      const size = looks.light.get(element)?.fontSize ?? smallest
      if (size >= smallest) return []
      return [
        {
          severity: 'warning' as const,
          message: `a text has ${Math.round(size * 10) / 10} px: many people cannot read it, and iOS enlarges it and moves what is around it`,
          place: { part: 'html' as const, excerpt: excerpt(text), at: element, quote: 'font-size' },
          help: `set at least ${smallest} px`,
        },
      ]
    })
  },
}
