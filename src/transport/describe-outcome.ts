/** Outcomes in words. */

import type { Outcome, Reply } from './outcome.ts'

/** One clause about what became of a message: `the relay refused the recipient: 550 5.1.1 no such mailbox`. */
export function describeOutcome(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'accepted':
      return `accepted by the relay: ${formatReply(outcome.reply)}`
    case 'rejected':
      return `the relay refused ${refused[outcome.stage]}${outcome.reply.code < 500 ? ' for now' : ''}: ${formatReply(outcome.reply)}`
    case 'unsupported':
      return `unsupported by the relay, and not sent: ${outcome.detail}`
    case 'refused':
      return `not sent: the ${outcome.whose}'s address cannot be used, ${outcome.detail}`
    case 'lost-before-dot':
      return `not sent: ${outcome.detail}`
    case 'uncertain':
      return `uncertain: the message had gone out whole, but the relay's answer is not known; ${outcome.detail}`
    case 'no-connection':
      return `not sent: ${outcome.detail}${outcome.reply === null ? '' : `; it said ${formatReply(outcome.reply)}`}`
  }
}

const refused = {
  mail: 'the sender',
  rcpt: 'the recipient',
  data: 'the message',
  message: 'the message',
  session: 'the connection',
} as const

function formatReply({ code, enhanced, text }: Reply): string {
  return [code, enhanced, text].filter(each => each !== null && each !== '').join(' ')
}
