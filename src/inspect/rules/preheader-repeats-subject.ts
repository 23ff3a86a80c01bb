import { excerpt } from '../excerpt.ts'
import type { Rule } from '../finding.ts'

/** Message rule 14: the preheader is not the subject again. Lists show it behind the subject. */
export const preheaderRepeatsSubject: Rule = {
  name: 'preheader-repeats-subject',
  inspect({ email, subject }) {
    const { preheader } = email
    if (fold(preheader) === '' || fold(preheader) !== fold(subject)) return []
    return [
      {
        severity: 'warning',
        message: 'the preheader says the same as the subject: the second line of the list is wasted',
        place: { part: 'preheader', excerpt: excerpt(preheader), quote: preheader },
        help: 'say in it what else the edition holds',
      },
    ]
  },
}

function fold(text: string): string {
  return text.toLowerCase().replace(/[\s\p{P}]+/gu, '')
}
