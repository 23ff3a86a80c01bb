import { contrastOn, hexOf } from '../colour.ts'
import { type Appearance, appearances, type Look } from '../computed-look.ts'
import { excerpt } from '../excerpt.ts'
import type { Complaint, Inspected, Rule } from '../finding.ts'
import { type ShownText, shownTexts } from '../shown-texts.ts'

const wherein: Readonly<Record<Appearance, string>> = {
  light: 'as the email is written',
  dark: 'in its dark styles',
  inverted: 'when a mail program turns its colours over for dark mode',
}

/**
 * Message rule 15: text stands out from what lies behind it by 4.5:1, large text by 3:1 (WCAG 2.2, 1.4.3), as written, in its styles for
 * `prefers-color-scheme: dark`, and after forced inversion. One finding for each pair of colours. Text on pictures is passed over.
 */
export const lowContrast: Rule = {
  name: 'low-contrast',
  inspect(inspected) {
    return appearances.flatMap(appearance => complaintsIn(appearance, inspected))
  },
}

function complaintsIn(appearance: Appearance, { nodes, looks }: Inspected): Complaint[] {
  const seen = looks[appearance]
  const faint = shownTexts(nodes, seen).flatMap(text => {
    const look = seen.get(text.element)
    return look !== undefined && !look.onPicture && contrastOn(look.colour, look.background) < leastContrast(look) ? [{ text, look }] : []
  })
  const byPair = Map.groupBy(faint, ({ look }) => `${hexOf(look.colour)} ${hexOf(look.background)} ${leastContrast(look)}`)
  return [...byPair.values()].flatMap(texts => complaintAbout(texts, appearance))
}

function complaintAbout(texts: readonly { readonly text: ShownText; readonly look: Look }[], appearance: Appearance): Complaint[] {
  const [first] = texts
  if (first === undefined) return []
  const { text, look } = first
  const ratio = Math.floor(contrastOn(look.colour, look.background) * 10) / 10
  const more = texts.length === 1 ? '' : `, ${texts.length} times`
  return [
    {
      // What a mail program makes of the colours by itself is not the same everywhere.
      severity: appearance === 'inverted' ? 'warning' : 'error',
      message: `${hexOf(look.colour)} on ${hexOf(look.background)} has a contrast of ${ratio}:1 ${wherein[appearance]}${more}: many people cannot read it, and outdoors nobody can`,
      place: { part: 'html', excerpt: excerpt(text.text), at: text.element, quote: look.declared.get('color') ?? '' },
      help: `take colours with a contrast of at least ${leastContrast(look)}:1`,
    },
  ]
}

/** Large is 24 px, or bold from 18.66 px (WCAG 2.2, definition of large scale). */
function leastContrast({ fontSize, bold }: Look): number {
  return fontSize >= 24 || (bold && fontSize >= 18.66) ? 3 : 4.5
}
