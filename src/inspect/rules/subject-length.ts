import { excerpt } from '../excerpt.ts'
import type { Complaint, Rule } from '../finding.ts'

const longest = 78

/** Message rule 14: a subject of at most 78 characters. Desktop programs show about 70 of them, phones 40. */
export const subjectLength: Rule = {
  name: 'subject-length',
  inspect({ subjects }) {
    return subjects.flatMap(({ name, text }): Complaint[] => {
      const length = Array.from(text).length
      if (length > 0 && length <= longest) return []
      return [
        {
          severity: length === 0 ? 'error' : 'warning',
          message:
            length === 0
              ? `the ${name} is empty: the email looks like spam and cannot be found again`
              : `the ${name} has ${length} characters: most mail programs cut it after 78, phones after 40`,
          place: { part: 'subject', excerpt: length === 0 ? null : excerpt(text), quote: text },
          help: 'write a subject of at most 78 characters into the edition file, the telling words first',
        },
      ]
    })
  },
}
