import { excerpt } from '../excerpt.ts'
import type { MessageRule } from '../finding.ts'

/** Message rules 1 and 2: From is the configured mailbox, and the Message-ID ends in its domain: DMARC aligns with it (RFC 9989). */
export const messageSender: MessageRule = {
  name: 'message-sender',
  inspect({ message, context }) {
    const { email } = context.sender
    if (message === null || email === null) return []
    const wanted = email.toLowerCase()
    const domain = wanted.slice(wanted.lastIndexOf('@') + 1)
    const from = message.headers.find(({ name }) => name === 'from')
    const id = message.headers.find(({ name }) => name === 'message-id')
    const wrong = [
      ...(from !== undefined && addressIn(from.value) !== wanted
        ? [{ header: from, text: `From is not ${email}, the sender that is configured` }]
        : []),
      ...(id !== undefined && !id.value.toLowerCase().endsWith(`@${domain}>`)
        ? [{ header: id, text: `the Message-ID does not end in ${domain}: filters distrust one of another domain` }]
        : []),
    ]
    return wrong.map(({ header, text }) => ({
      severity: 'error' as const,
      message: text,
      place: { part: 'message' as const, excerpt: excerpt(header.raw) },
      help: 'build again after changing sender.email',
    }))
  },
}

function addressIn(value: string): string {
  return (/<([^<>]*)>\s*$/.exec(value)?.[1] ?? value).trim().toLowerCase()
}
