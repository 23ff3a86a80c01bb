import type { Segment } from '../../render/email.ts'
import type { Complaint, Rule } from '../finding.ts'

/** Message rule 9: a visible unsubscribe link in both parts, and somewhere that answers it (RFC 8058; Gmail and Yahoo ask for it since 2024). */
export const missingUnsubscribe: Rule = {
  name: 'missing-unsubscribe',
  inspect({ email, context }) {
    const severity = context.purpose === 'send' ? 'error' : 'warning'
    const complaints: Complaint[] = []
    if (context.publicUrl === null && context.service === undefined) {
      complaints.push({
        severity,
        message: 'nothing is configured that answers an unsubscribe link: mail providers reject bulk mail without one',
        place: { part: 'settings', excerpt: 'links.publicUrl' },
        help: 'set links.publicUrl in news-digest.yaml, or build with --for and let that service do it',
      })
    }
    for (const part of ['html', 'text'] as const) {
      if (hasUnsubscribe(email[part])) continue
      complaints.push({
        severity,
        message: `the ${part === 'html' ? 'HTML' : 'text part'} has no unsubscribe link: who cannot find one reports the email as spam`,
        place: { part, excerpt: null },
        help: `write {{merge "unsubscribeUrl"}} into the template's footer`,
      })
    }
    return complaints
  },
}

function hasUnsubscribe(segments: readonly Segment[]): boolean {
  return segments.some(segment => 'merge' in segment && segment.merge === 'unsubscribeUrl')
}
