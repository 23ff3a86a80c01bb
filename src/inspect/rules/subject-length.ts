import { excerpt } from '../excerpt.ts'
import type { Rule } from '../finding.ts'

const longest = 78

/** Message rule 14: a subject of at most 78 characters. Desktop programs show about 70 of them, phones 40. */
export const subjectLength: Rule = {
  name: 'subject-length',
  inspect({ subject }) {
    const length = Array.from(subject).length
    if (length > 0 && length <= longest) return []
    return [
      {
        severity: length === 0 ? 'error' : 'warning',
        message:
          length === 0
            ? 'the subject is empty: the email looks like spam and cannot be found again'
            : `the subject has ${length} characters: most mail programs cut it after 78, phones after 40`,
        place: { part: 'subject', excerpt: length === 0 ? null : excerpt(subject), quote: subject },
        help: 'write a subject of at most 78 characters into the edition file, the telling words first',
      },
    ]
  },
}
