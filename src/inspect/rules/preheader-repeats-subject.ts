import { excerpt } from '../excerpt.ts'
import type { Complaint, Rule } from '../finding.ts'

/** Message rule 14: the preheader is not the subject again. Lists show it behind the subject. */
export const preheaderRepeatsSubject: Rule = {
  name: 'preheader-repeats-subject',
  inspect({ email, subjects }) {
    const { preheader } = email
    return subjects.flatMap(({ name, text }): Complaint[] => {
      if (fold(preheader) === '' || fold(preheader) !== fold(text)) return []
      return [
        {
          severity: 'warning',
          message: `the preheader says the same as the ${name}: the second line of the list is wasted`,
          place: { part: 'preheader', excerpt: excerpt(preheader), quote: preheader },
          help: 'say in it what else the edition holds',
        },
      ]
    })
  },
}

function fold(text: string): string {
  return text.toLowerCase().replace(/[\s\p{P}]+/gu, '')
}
