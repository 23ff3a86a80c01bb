/** An edition compiled once into what all its messages share; per recipient only headers and values are made. */

import type { Email } from '../render/email.ts'
import { compileBody } from './compile-body.ts'
import { compileHeaders } from './compile-headers.ts'
import { createBodyHasher, type MessageSigner } from './dkim.ts'
import type { StuffedBytes } from './dot-stuff.ts'
import type { MessageRecipient } from './message-recipient.ts'
import type { MessageSettings } from './message-settings.ts'
import { joinStretches } from './stretch.ts'

/**
 * One recipient's message, ready for DATA: `chunks` one after another are the message, already dot-stuffed. Those that all recipients share are handed on as they
 * are, never copied: nobody may write into them.
 */
export interface ComposedMessage {
  readonly messageId: string
  readonly chunks: readonly StuffedBytes[]
  /** Bytes of all chunks: what SIZE says (RFC 1870). */
  readonly length: number
}

/** An edition of which one message after another is composed. */
export interface CompiledMessage {
  /**
   * The message of one recipient; the same arguments give the same bytes. `date` is the message's own Date, for sendings that take longer than a day; default:
   * that of the settings. Throws UserError `address-invalid` for an address that no mail can go to.
   */
  readonly compose: (recipient: MessageRecipient, date?: Date) => ComposedMessage
}

/**
 * Compiles an edition, one of its variants where it has several. The boundary is the same for every recipient and every build of the same content; it begins
 * with `=_`, which quoted-printable never produces (RFC 2045 §6.7), so it stands in no body whatever the values are. Throws UserError `address-invalid` for an
 * address of the settings that no mail can come from.
 * With a signer, every message carries its signature; without one, signing is left to the relay.
 */
export function compileMessage(email: Email, settings: MessageSettings, signer: MessageSigner | null = null): CompiledMessage {
  const boundary = `=_news-digest_${email.hashes.content.slice(0, 32)}`
  const headersOf = compileHeaders(email, settings, boundary)
  const { opening, rest } = compileBody(email, boundary)
  const hashBody = createBodyHasher(opening.atLineStart)
  const settingsDate = new Date(settings.date)
  return {
    compose: (recipient, date) => {
      const { messageId, lines } = headersOf(recipient, date)
      const body = joinStretches([opening, ...rest(recipient.values)])
      const signature = signer === null ? '' : signer.sign(lines, hashBody(body.slice(1)), date ?? settingsDate)
      const head = Buffer.from(`${signature}${lines}\r\n`, 'utf8') as Uint8Array as StuffedBytes
      const chunks = [head, ...body]
      return { messageId, chunks, length: chunks.reduce((sum, chunk) => sum + chunk.length, 0) }
    },
  }
}
