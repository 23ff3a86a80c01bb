/** The part of a message that all recipients share, encoded once per edition. */

import type { Email, MergeSegment, Segment } from '../render/email.ts'
import { encodeQuotedPrintable } from './quoted-printable.ts'

/** A finished stretch of a body in quoted-printable, or a place where a recipient's value goes. */
export type EncodedSegment = { readonly bytes: Uint8Array } | MergeSegment

/** An email whose bodies are encoded: what `composeMessage()` joins for one recipient after another. */
export interface EncodedEmail {
  readonly edition: string
  readonly language: string
  readonly subject: readonly Segment[]
  readonly text: readonly EncodedSegment[]
  readonly html: readonly EncodedSegment[]
  /** The same for every recipient and every build of the same content. */
  readonly boundary: string
}

/**
 * Encodes the bodies of an email. Every segment is encoded by itself: cutting what was encoded as a whole would cut soft line breaks.
 * The boundary begins with `=_`, which quoted-printable never produces (RFC 2045 §6.7), so it stands in no body whatever the values are.
 */
export function encodeEmail(email: Email): EncodedEmail {
  return {
    edition: email.edition,
    language: email.language,
    subject: email.subject,
    text: email.text.map(encodeSegment),
    html: email.html.map(encodeSegment),
    boundary: `=_news-digest_${email.hashes.content.slice(0, 32)}`,
  }
}

function encodeSegment(segment: Segment): EncodedSegment {
  return 'text' in segment ? { bytes: encodeQuotedPrintable(segment.text) } : segment
}
