import type { Rule } from '../finding.ts'

/** Message rule 7: the text part is not empty. Some people read nothing else, and filters distrust HTML alone. */
export const textEmpty: Rule = {
  name: 'text-empty',
  inspect({ text }) {
    if (/[\p{L}\p{N}]/u.test(text)) return []
    return [
      {
        severity: 'error',
        message: 'the text part is empty: whoever reads plain text gets nothing, and filters distrust HTML alone',
        place: { part: 'text', excerpt: null },
        help: 'write the edition into the template of the text part, email.txt.hbs',
      },
    ]
  },
}
