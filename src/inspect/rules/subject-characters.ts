import { excerpt } from '../excerpt.ts'
import type { Complaint, Rule } from '../finding.ts'

// Controls, and the overrides that turn text round (Unicode TR 36 §2.3); marks that only embed or isolate are needed for names.
const deceiving = /[\p{Cc}\u202A\u202B\u202D\u202E\u2028\u2029]/u

/** Message rule 5: no control and no bidirectional-override characters in subject and preheader: they can show another text than they hold. */
export const subjectCharacters: Rule = {
  name: 'subject-characters',
  inspect({ subjects, email }) {
    const parts = [
      ...subjects.map(({ name, text }) => ({ part: 'subject' as const, name, text })),
      { part: 'preheader' as const, name: 'preheader', text: email.preheader },
    ]
    return parts.flatMap(({ part, name, text }): Complaint[] => {
      const found = deceiving.exec(text)?.[0]
      if (found === undefined) return []
      const code = (found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
      return [
        {
          severity: 'error',
          message: `the ${name} holds the invisible character U+${code}: it can show another text than it says, and filters take it for fraud`,
          place: { part, excerpt: excerpt(text), quote: text },
          help: 'write it anew in the edition file, without copying',
        },
      ]
    })
  },
}
