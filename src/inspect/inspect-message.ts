/** One message of a sending, as the relay got it, judged by the rules on messages and by what only its recipient makes true or false. */

import { readLinkToken } from '../message/link-token.ts'
import type { SecretKeys } from '../message/secret-keys.ts'
import type { Email } from '../render/email.ts'
import type { InspectContext, MessageRule } from './finding.ts'
import { type ParsedMessage, parseMessage } from './parse-message.ts'
import { messageEncoding } from './rules/message-encoding.ts'
import { messageHeaders } from './rules/message-headers.ts'
import { messageLines } from './rules/message-lines.ts'
import { messageListHeaders } from './rules/message-list-headers.ts'
import { messageParts } from './rules/message-parts.ts'
import { messageSender } from './rules/message-sender.ts'

/** What a relay got: the envelope, and the message with its doubled dots taken out. */
export interface ReceivedMessage {
  readonly from: string
  readonly to: readonly string[]
  readonly eml: Uint8Array
}

/** What all messages of a sending have in common. */
export interface SendingFacts {
  readonly email: Email
  /** `sender.email` and `links.publicUrl` of the configuration. */
  readonly sender: string
  readonly publicUrl: string
  readonly list: string
  readonly secret: SecretKeys
  /** Whether messages are signed here. */
  readonly isSigned: boolean
  /** When it was received: Date must not be further off than a day. */
  readonly now: Date
}

/** Whom the message was for. */
export interface IntendedRecipient {
  readonly address: string
  readonly subscriber: number
}

/** In what a message is wrong. */
export interface MessageFault {
  /** The name of a check, or `message-recipient` for what no check of a built edition can know. */
  readonly rule: string
  readonly message: string
}

const rules: readonly MessageRule[] = [messageLines, messageHeaders, messageEncoding, messageParts, messageSender, messageListHeaders]

const day = 24 * 60 * 60 * 1000

/**
 * Everything in which a message breaks the message rules that its recipient can make a difference to (1 to 6 and 8 to 11). The others are about the edition,
 * and were checked before it was sent.
 */
export function inspectMessage(received: ReceivedMessage, recipient: IntendedRecipient, facts: SendingFacts): readonly MessageFault[] {
  const message = parseMessage(received.eml)
  const context: InspectContext = {
    purpose: 'send',
    edition: null,
    sender: { email: facts.sender, address: null },
    publicUrl: facts.publicUrl,
    smtputf8: /[^\x21-\x7e]/.test(recipient.address),
  }
  return [
    ...rules.flatMap(rule =>
      rule.inspect({ email: facts.email, context, message }).map(({ message: said }) => ({ rule: rule.name, message: said })),
    ),
    ...[
      ...wrongEnvelope(received, message, recipient),
      ...wrongDate(message, facts.now),
      ...wrongLinks(message, recipient, facts),
      ...wrongSignature(message, facts.isSigned),
    ].map(said => ({ rule: 'message-recipient', message: said })),
  ]
}

function wrongEnvelope({ from, to }: ReceivedMessage, message: ParsedMessage, { address }: IntendedRecipient): string[] {
  const shown = headerOf(message, 'to')
  const inHeader = Buffer.from(/<([^<>]*)>$/.exec(shown)?.[1] ?? shown, 'latin1').toString('utf8')
  return [
    ...(to.length === 1 && to[0] === address ? [] : [`it goes to ${to.join(', ') || 'nobody'} instead of ${address}`]),
    ...(inHeader === address ? [] : [`To says ${inHeader} instead of ${address}`]),
    ...(from === '' ? ['its return path is empty: bounces would be lost'] : []),
  ]
}

function wrongDate(message: ParsedMessage, now: Date): string[] {
  const date = headerOf(message, 'date')
  return Math.abs(Date.parse(date) - now.getTime()) <= day ? [] : [`its Date is more than a day off: ${date}`]
}

function wrongLinks(message: ParsedMessage, recipient: IntendedRecipient, { secret, list, now }: SendingFacts): string[] {
  const url = /<(https:[^<>]*)>/.exec(headerOf(message, 'list-unsubscribe'))?.[1] ?? ''
  const reading = readLinkToken(url.slice(url.lastIndexOf('/') + 1), secret, { purpose: 'unsubscribe', now })
  const isTheirs = reading.kind === 'valid' && reading.claim.subscriber === recipient.subscriber && reading.claim.list === list
  const without = message.parts.filter(part => part.bytes?.includes(url) !== true).map(({ type }) => type)
  return [
    ...(isTheirs ? [] : ['the link of List-Unsubscribe is not that of its recipient']),
    ...without.map(type => `the part ${type} has no link that unsubscribes its recipient`),
  ]
}

/** What a signature must cover (RFC 6376 §5.4.1, RFC 8058 §4). */
const signedHeaders = 'from to subject date message-id mime-version content-type list-unsubscribe list-unsubscribe-post'.split(' ')

function wrongSignature(message: ParsedMessage, isSigned: boolean): string[] {
  const signatures = message.headers.filter(({ name }) => name === 'dkim-signature')
  if (signatures.length !== (isSigned ? 1 : 0))
    return [`it has ${signatures.length} DKIM signatures instead of ${isSigned ? 'one' : 'none'}`]
  return signatures.flatMap(({ value }) => {
    const names = (/;\s*h=([^;]*)/.exec(value)?.[1] ?? '').toLowerCase().replace(/\s/g, '').split(':')
    const left = signedHeaders.filter(name => !names.includes(name))
    return left.length === 0 ? [] : [`its DKIM signature leaves out ${left.join(', ')}`]
  })
}

function headerOf({ headers }: ParsedMessage, name: string): string {
  return headers.find(each => each.name === name)?.value ?? ''
}
