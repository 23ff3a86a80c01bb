import { excerpt } from '../excerpt.ts'
import type { Complaint, HtmlElement, Inspected, Rule } from '../finding.ts'
import { nameOf } from '../shown-texts.ts'

/** Message rule 15: headings go down one step at a time, begin with h1 and hold words (WCAG 2.2, 1.3.1). Screen readers go from one to the next. */
export const headingOrder: Rule = {
  name: 'heading-order',
  inspect(inspected) {
    const headings = inspected.elements.filter(
      element => /^h[1-6]$/.test(element.name) && inspected.looks.light.get(element)?.hidden !== true,
    )
    return headings.flatMap((heading, index) => complaintsAbout(heading, headings[index - 1] ?? null, inspected))
  },
}

function complaintsAbout(heading: HtmlElement, before: HtmlElement | null, { looks }: Inspected): Complaint[] {
  const text = nameOf(heading, looks.light)
  const say = (message: string, help: string): Complaint[] => [
    {
      severity: 'warning',
      message,
      place: { part: 'html', excerpt: excerpt(`<${heading.name}> ${text}`), at: heading, quote: `<${heading.name}` },
      help,
    },
  ]
  if (text === '')
    return say(
      'a heading has no words: a screen reader stops at it and says nothing',
      'take it out, or make it a <p> where it only leaves a gap',
    )
  const [level, last] = [levelOf(heading), before === null ? 0 : levelOf(before)]
  if (level <= last + 1) return []
  return before === null
    ? say(`the first heading is an h${level}: the one at the top is the h1`, 'give the email one h1, such as the name of the publication')
    : say(
        `an h${level} follows an h${last}: whoever goes from heading to heading looks for the one left out`,
        `make it an h${last + 1}, and set its size by its style`,
      )
}

function levelOf({ name }: HtmlElement): number {
  return Number(name.slice(1))
}
