/** Header lines: folding (RFC 5322 §2.2.3) and the three kinds of content that ours hold: tokens, free text, a mailbox. */

import { cleanLine } from '../content/clean-text.ts'
import { encodeWords } from './encoded-words.ts'

/** RFC 5322 §2.1.1: 78 characters to a line without CRLF. */
const longestLine = 78

const plain = /^[\x21-\x7e]+( [\x21-\x7e]+)*$/
const anyScript = /^[\x21-\x7e\p{L}\p{M}\p{N}]+( [\x21-\x7e\p{L}\p{M}\p{N}]+)*$/u

/** An ASCII word longer than this is encoded: it would make a line that cannot be folded. */
const longestPlainWord = 60

/**
 * One header, folded at the blanks between the tokens, CRLF at its end. A token is never broken, so a long URL makes a long line. Throws
 * where a token holds a blank, a control character or anything beyond ASCII, or would make a line of more than 998 octets. `beyondAscii` lets letters,
 * marks and digits of all scripts through, for a relay with SMTPUTF8 (RFC 6532).
 */
export function headerLine(
  name: string,
  tokens: readonly string[],
  { beyondAscii = false }: { readonly beyondAscii?: boolean } = {},
): string {
  let folded = `${name}:`
  let width = folded.length
  for (const token of tokens) {
    if (!(beyondAscii ? anyScript : plain).test(token) || Buffer.byteLength(token) > 997)
      throw new Error(`header ${name} cannot hold ${JSON.stringify(token)}`)
    const fits = width + 1 + token.length <= longestLine
    folded += fits ? ` ${token}` : `\r\n ${token}`
    width = fits ? width + 1 + token.length : 1 + token.length
  }
  return `${folded}\r\n`
}

/** Tokens of free text, such as a subject: as it is where it is plain ASCII, as encoded-words otherwise. */
export function textTokens(name: string, text: string): string[] {
  const clean = cleanLine(text)
  if (isPlain(clean)) return clean.split(' ').filter(word => word !== '')
  return encodeWords(clean, firstWidth(name))
}

/** Tokens of a mailbox: a display name (RFC 5322 §3.4, quoted or encoded as it needs) and an address that {@link checkAddress} let through. */
export function mailboxTokens(name: string, displayName: string | null, address: string): string[] {
  const clean = cleanLine(displayName ?? '')
  if (clean === '') return [address]
  return [...phraseTokens(name, clean), `<${address}>`]
}

/** Tokens of a phrase: atoms, a quoted string, or encoded-words. */
export function phraseTokens(name: string, phrase: string): string[] {
  const clean = cleanLine(phrase)
  if (!isPlain(clean)) return encodeWords(clean, firstWidth(name))
  if (/^[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~ ]+$/.test(clean)) return clean.split(' ')
  // A quoted string must not be folded inside, so a long one goes as encoded-words.
  const quoted = `"${clean.replace(/["\\]/g, '\\$&')}"`
  return quoted.length <= longestPlainWord ? [quoted] : encodeWords(clean, firstWidth(name))
}

/** Plain ASCII without anything that a reader could take for an encoded-word, and without a word too long for a line. */
function isPlain(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text) && !text.includes('=?') && text.split(' ').every(word => word.length <= longestPlainWord)
}

function firstWidth(name: string): number {
  return longestLine - `${name}: `.length
}
