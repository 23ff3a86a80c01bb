import { gmailLimit, htmlBudget } from '../../render/fit-email.ts'
import type { Rule } from '../finding.ts'

/** Message rule 12: HTML under 102,000 bytes, with a warning from 85,000, because relays and link tracking add to it. */
export const gmailClip: Rule = {
  name: 'gmail-clip',
  inspect({ html }) {
    const bytes = Buffer.byteLength(html)
    if (bytes < htmlBudget) return []
    const clipped = bytes >= gmailLimit
    const size = `${(bytes / 1000).toFixed(1)} kB`
    return [
      {
        severity: clipped ? 'error' : 'warning',
        message: clipped
          ? `the HTML has ${size}: Gmail clips from 102 kB, and the end with the unsubscribe link is not shown`
          : `the HTML has ${size}: Gmail clips from 102 kB, and what tracking and relays add counts too`,
        place: { part: 'html', excerpt: null },
        help: 'run fewer posts (selection.limit), choose the template brief, or shorten the introduction',
      },
    ]
  },
}
