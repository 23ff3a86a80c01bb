import { domainToASCII } from 'node:url'

/** An address in its one normal form (domain in punycode and lower case), or why no mail can go there. */
export type AddressCheck = { readonly kind: 'address'; readonly address: string } | { readonly kind: 'refused'; readonly reason: string }

// RFC 5321 §4.5.3.1: octets of a local part, and of a path without its angle brackets.
const longestLocalPart = 64
const longestAddress = 254

const dotAtom = /^[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~]+(\.[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~]+)*$/
const dotAtomBeyondAscii = /^[\p{L}\p{M}\p{N}!#$%&'*+\-/=?^_`{|}~]+(\.[\p{L}\p{M}\p{N}!#$%&'*+\-/=?^_`{|}~]+)*$/u

/**
 * Checks one bare address. Only the dot-atom form is let through (RFC 5322 §3.4.1): a quoted local part, a comment, an address literal or
 * a list of addresses are refused, because every one of them has been used to smuggle in a second recipient. A local part beyond ASCII is
 * refused too, unless `beyondAscii` asks for it: it needs a relay with SMTPUTF8 (RFC 6531). Then letters, marks and digits are let
 * through where they are in composed form (NFC, RFC 6532 §3.1): composing them here could make another address of it.
 */
export function checkAddress(text: string, { beyondAscii = false }: { readonly beyondAscii?: boolean } = {}): AddressCheck {
  const at = text.lastIndexOf('@')
  const local = text.slice(0, at)
  if (at < 1) return refused('it has no @')
  // Most are plain: the others are looked at closer.
  if (!dotAtom.test(local)) {
    if (!beyondAscii && /[^\x21-\x7e]/.test(local))
      return refused('the part before the @ is not plain ASCII, which most relays do not support')
    if (!beyondAscii || !dotAtomBeyondAscii.test(local) || local.normalize('NFC') !== local)
      return refused('the part before the @ is not an address')
  }
  if (Buffer.byteLength(local) > longestLocalPart) return refused('the part before the @ is longer than 64 characters')
  const domain = normalDomain(text.slice(at + 1))
  if (domain === null) return refused('the part after the @ is not a domain')
  const address = `${local}@${domain}`
  return Buffer.byteLength(address) > longestAddress ? refused('it is longer than 254 characters') : { kind: 'address', address }
}

/** A domain name in punycode and lower case; null where it is none. An IP address is none. */
export function normalDomain(text: string): string | null {
  const known = knownDomains.get(text)
  if (known !== undefined) return known
  const domain = readDomain(text)
  if (knownDomains.size >= mostDomains) knownDomains.clear()
  knownDomains.set(text, domain)
  return domain
}

// A list has many addresses of few domains.
const knownDomains = new Map<string, string | null>()
const mostDomains = 1000

function readDomain(text: string): string | null {
  // The URL parser behind domainToASCII cuts at these, and would hand on a part of what stood there.
  if (/[\s\p{Cc}/\\?#@:[\]%<>,;"()]/u.test(text)) return null
  // Most are in that form already. What an A-label (xn--) stands for has to be looked at.
  const domain = isName(text) && !text.includes('xn--') ? text : domainToASCII(text)
  return isName(domain) && domain.length <= 253 && /\.[a-z0-9-]*[a-z][a-z0-9-]*$/.test(domain) ? domain : null
}

function isName(domain: string): boolean {
  return /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/.test(domain)
}

function refused(reason: string): AddressCheck {
  return { kind: 'refused', reason }
}
