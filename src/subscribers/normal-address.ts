import { checkAddress } from '../message/check-address.ts'

/** An address in its one normal form, as ledger and envelope hold it, or why no mail can go there. */
export type NormalAddress =
  | { readonly kind: 'address'; readonly address: string; readonly domain: string; readonly original: string }
  | { readonly kind: 'refused'; readonly reason: string }

/**
 * Brings an address into its one normal form: blanks around it cut off, all of it in lower case, the domain in punycode. Two addresses with the same form
 * are one subscriber. By RFC 5321 §2.4 a relay could tell `Ada@` from `ada@`; none that is known does, and people type both. `original` is what was given,
 * without the blanks. A domain with invisible characters (soft hyphen, zero-width joiner) is refused: it looks like another and would become it.
 */
export function normalAddress(given: string): NormalAddress {
  const original = given.trim()
  const at = original.lastIndexOf('@')
  if (/\p{Default_Ignorable_Code_Point}/u.test(original.slice(at + 1))) return refused('the part after the @ has an invisible character')
  const check = checkAddress(original, { beyondAscii: true })
  if (check.kind === 'refused') return check
  const lowered = check.address.toLowerCase()
  if (lowered === check.address) return found(lowered, original)
  // Lower case can be longer than what it came from, and decomposed: İ becomes i and a dot above it.
  const again = checkAddress(lowered.normalize('NFC'), { beyondAscii: true })
  return again.kind === 'refused' ? again : found(again.address, original)
}

function found(address: string, original: string): NormalAddress {
  return { kind: 'address', address, domain: address.slice(address.lastIndexOf('@') + 1), original }
}

function refused(reason: string): NormalAddress {
  return { kind: 'refused', reason }
}
