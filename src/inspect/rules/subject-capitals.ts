import { excerpt } from '../excerpt.ts'
import type { Complaint, Rule } from '../finding.ts'

// A few acronyms are no shouting: it takes as many letters as two or three words have.
const fewestLetters = 12

/** Message rule 14: no subject in capitals. Scripts without capitals never match. */
export const subjectCapitals: Rule = {
  name: 'subject-capitals',
  inspect({ subjects }) {
    return subjects.flatMap(({ name, text }): Complaint[] => {
      const capitals = text.match(/\p{Lu}/gu)?.length ?? 0
      const small = text.match(/\p{Ll}/gu)?.length ?? 0
      if (capitals + small < fewestLetters || capitals < 0.7 * (capitals + small)) return []
      return [
        {
          severity: 'warning',
          message: `the ${name} is written in capitals: spam filters count that against it, and readers take it for shouting`,
          place: { part: 'subject', excerpt: excerpt(text), quote: text },
          help: 'write it as a sentence',
        },
      ]
    })
  },
}
