import type { Email } from '../render/email.ts'
import { type ComposedMessage, compileMessage } from './compile-message.ts'
import type { StuffedBytes } from './dot-stuff.ts'
import type { MessageRecipient } from './message-recipient.ts'
import type { MessageSettings } from './message-settings.ts'

/**
 * The whole message in bytes: CRLF line ends, multipart/alternative with the text part first, headers in ASCII. No line opens with a dot, so it is the same
 * before and after dot-stuffing. The same arguments give the same bytes. Throws UserError `address-invalid` for an address that no mail can go to.
 */
export function composeMessage(email: Email, recipient: MessageRecipient, settings: MessageSettings): StuffedBytes {
  return wholeMessage(compileMessage(email, settings).compose(recipient))
}

/** A composed message in one piece, for whoever cannot do with its chunks. */
export function wholeMessage({ chunks, length }: ComposedMessage): StuffedBytes {
  return Buffer.concat(chunks, length) as Uint8Array as StuffedBytes
}
