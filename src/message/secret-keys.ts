/** NEWS_DIGEST_SECRET: the keys that links and return paths are signed with. */

import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import { type Problem, throwProblems, UserError } from '../errors.ts'

/** What a key is used for. Each use has a key derived for it alone, so that what was signed for one is worth nothing for another. */
export type KeyUse = 'unsubscribe' | 'preferences' | 'confirm' | 'bounce'

/** One key of the secret. `id` tells it from the others and says nothing of it. Key objects print and serialize as nothing. */
export interface SecretKey {
  /** Four bytes. */
  readonly id: Uint8Array
  readonly uses: Readonly<Record<KeyUse, KeyObject>>
}

/** The first key signs; what any of them has signed is taken. */
export type SecretKeys = readonly [SecretKey, ...SecretKey[]]

/** Characters of the shortest key: as many bytes as HMAC-SHA-256 has, the least that RFC 2104 §3 advises. */
const shortestKey = 32

/** 32 random characters have more different ones than this in every usual alphabet, hexadecimal too; repeated words have not. */
const fewestCharacters = 8

const hint =
  'Make one with `openssl rand -base64 32`. To change it later, put the new key in front and keep the old one behind a comma: links in mail already sent then go on working.'

/**
 * The keys in a text, with commas or blanks between them. Throws UserError `secret-missing` where there is none and `secret-invalid` for each that is too
 * short or too plain to keep anybody out; neither repeats any part of a key.
 */
export function parseSecret(text: string): SecretKeys {
  const [first, ...others] = new Set(text.split(/[\s,]+/).filter(key => key !== ''))
  if (first === undefined)
    throw new UserError({
      code: 'secret-missing',
      message: 'links that unsubscribe are signed with a secret, and NEWS_DIGEST_SECRET is not set',
      expected: `NEWS_DIGEST_SECRET in the environment, of at least ${shortestKey} random characters`,
      hint,
    })
  throwProblems([first, ...others].flatMap((key, index) => problemsOf(key, index + 1)))
  return [deriveKey(first), ...others.map(deriveKey)]
}

/** The same for what can do without: null where the variable is not set. */
export function parseSecretIfSet(text = ''): SecretKeys | null {
  return text.trim() === '' ? null : parseSecret(text)
}

function problemsOf(key: string, number: number): Omit<Problem, 'severity'>[] {
  const length = Buffer.byteLength(key)
  const tooPlain = new Set(key).size < fewestCharacters
  if (length >= shortestKey && !tooPlain) return []
  return [
    {
      code: 'secret-invalid',
      message: `key ${number} of NEWS_DIGEST_SECRET can be guessed: with it, anybody could unsubscribe anybody`,
      expected: `at least ${shortestKey} random characters`,
      got: length < shortestKey ? `${length} of them` : `fewer than ${fewestCharacters} different ones`,
      hint,
    },
  ]
}

function deriveKey(key: string): SecretKey {
  const derive = (purpose: string) => createHmac('sha256', key).update(`news-digest/1/${purpose}`).digest()
  const keyFor = (use: KeyUse) => createSecretKey(derive(`key/${use}`))
  return {
    id: Uint8Array.from(derive('id').subarray(0, 4)),
    uses: {
      unsubscribe: keyFor('unsubscribe'),
      preferences: keyFor('preferences'),
      confirm: keyFor('confirm'),
      bounce: keyFor('bounce'),
    },
  }
}
