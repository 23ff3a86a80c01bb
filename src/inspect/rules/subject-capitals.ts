import { excerpt } from '../excerpt.ts'
import type { Rule } from '../finding.ts'

// A few acronyms are no shouting: it takes as many letters as two or three words have.
const fewestLetters = 12

/** Message rule 14: no subject in capitals. Scripts without capitals never match. */
export const subjectCapitals: Rule = {
  name: 'subject-capitals',
  inspect({ subject }) {
    const capitals = subject.match(/\p{Lu}/gu)?.length ?? 0
    const small = subject.match(/\p{Ll}/gu)?.length ?? 0
    if (capitals + small < fewestLetters || capitals < 0.7 * (capitals + small)) return []
    return [
      {
        severity: 'warning',
        message: 'the subject is written in capitals: spam filters count that against it, and readers take it for shouting',
        place: { part: 'subject', excerpt: excerpt(subject), quote: subject },
        help: 'write it as a sentence',
      },
    ]
  },
}
