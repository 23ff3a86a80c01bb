import type { Rule } from '../finding.ts'

/** Message rule 1: From is one mailbox on our domain. Needed only for sending. */
export const missingSender: Rule = {
  name: 'missing-sender',
  inspect({ context }) {
    if (context.sender.email !== null) return []
    return [
      {
        severity: context.purpose === 'send' ? 'error' : 'warning',
        message: 'no sender address is configured: the email cannot be sent, and email.eml carries a stand-in',
        place: { part: 'settings', excerpt: 'sender.email' },
        help: 'set sender.email in news-digest.yaml to an address on your own domain',
      },
    ]
  },
}
