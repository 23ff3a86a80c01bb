import { excerptOf } from '../excerpt.ts'
import type { Rule } from '../finding.ts'

/** Message rule 12: `<html dir>` says which way the edition is written. Without it lists, tables and punctuation of Arabic, Persian and Hebrew stand the wrong way round. */
export const htmlDir: Rule = {
  name: 'html-dir',
  inspect({ elements, email }) {
    const html = elements.find(({ name }) => name === 'html')
    const dir = html?.attributes.dir?.trim().toLowerCase() ?? ''
    if (dir === email.direction) return []
    return [
      {
        severity: 'error',
        message:
          dir === ''
            ? 'the HTML does not say which way it is written: scripts from right to left stand the wrong way round'
            : `the HTML says it is written "${dir}", and the edition is written "${email.direction}"`,
        place: {
          part: 'html',
          excerpt: html === undefined ? null : excerptOf(html, 'dir'),
          ...(html === undefined ? {} : { at: html }),
          quote: '<mjml',
        },
        help: 'write <mjml dir="{{direction}}"> in the template',
      },
    ]
  },
}
