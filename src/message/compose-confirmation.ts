/** The mail that asks whoever signed up whether it was them, as a message. */

import { hash } from 'node:crypto'
import { directionOf } from '../locale/direction.ts'
import { type ComposedMessage, compileMessage } from './compile-message.ts'
import type { MessageSigner } from './dkim.ts'
import type { MessageSettings } from './message-settings.ts'

/** The mail of one person, finished. */
export interface ConfirmationText {
  readonly language: string
  readonly subject: string
  readonly html: string
  readonly text: string
}

/** Whom it goes to. Their name is not in it: whoever typed it may be somebody else, with something to say to them. */
export interface ConfirmationRecipient {
  readonly address: string
  /** The id of the sign-up: every try of it has the same Message-ID. */
  readonly signUp: number
}

/**
 * Composes it: to somebody who is not on the list, so without List-Id, List-Unsubscribe or Precedence; Auto-Submitted keeps answers of machines away
 * (RFC 3834 §5). Throws UserError `address-invalid` as `compileMessage` does.
 */
export function composeConfirmation(
  mail: ConfirmationText,
  { address, signUp }: ConfirmationRecipient,
  settings: MessageSettings,
  signer: MessageSigner | null,
): ComposedMessage {
  const parts = { subject: [{ text: mail.subject }], html: [{ text: mail.html }], text: [{ text: mail.text }] }
  const content = hash('sha256', JSON.stringify(parts), 'hex')
  const email = {
    ...parts,
    version: 1,
    edition: `confirm-${signUp}`,
    language: mail.language,
    direction: directionOf(mail.language),
    date: settings.date,
    preheader: '',
    hashes: { subject: content, html: content, text: content, content },
  } as const
  return compileMessage(email, { ...settings, kind: 'confirmation', list: null }, signer).compose({ name: null, address, values: {} })
}
