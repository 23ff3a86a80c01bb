/** The variants of an email whose editor tries two subjects: A is the email's own, B stands beside it. */

import type { Email, VariantName } from './email.ts'
import { hashEmail } from './hash-email.ts'

/**
 * One variant as an email of its own, without the other: what its messages are compiled from. Its hashes are those of this variant alone. An email with one
 * subject is its own variant A, and has no B.
 */
export function emailOfVariant(email: Email, variant: VariantName): Email {
  const { variants, split: _split, ...own } = email
  if (variants !== undefined) return variant === 'A' ? { ...own, hashes: hashEmail(own) } : { ...own, ...variants.B }
  if (variant === 'A') return email
  throw new Error('An email with one subject has no variant B.')
}
