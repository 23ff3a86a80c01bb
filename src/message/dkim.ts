/**
 * DKIM (RFC 6376), rsa-sha256, relaxed/simple. Relaxed for headers: servers on the way fold them anew. Simple for the body, which is hashed as it stands: nothing of
 * ours changes in what relaxed forgives (no line ends in a blank, no empty line at the end), so relaxed would cost a pass over every body and save none.
 */

import { createHash, sign } from 'node:crypto'
import type { StuffedBytes } from './dot-stuff.ts'
import { headerLine } from './header-line.ts'
import { requireSigningDomain, requireSigningKey } from './require-signing-key.ts'

/** Signs the messages of one sender. */
export interface MessageSigner {
  /** The DKIM-Signature of a message, to stand in front of its other headers. `at` is when it is signed, to the second. */
  readonly sign: (headerLines: string, bodyHash: string, at: Date) => string
}

/** What signing depends on. */
export interface SigningRequest {
  /** `d=`: that of From, or one that it lies in or that lies in it, so that DMARC aligns the two. */
  readonly domain: string
  /** `s=`: the DNS name before `._domainkey`. */
  readonly selector: string
  /** An RSA key of 2048 to 4096 bits (RFC 8301 §3.2), in PEM. */
  readonly privateKeyPem: string
  readonly fromDomain: string
  /** Headers that the relay is known to replace: signed, they would make the signature wrong. Default: none. */
  readonly replacedByRelay?: readonly string[]
}

/**
 * The headers signed, where they stand in the message (RFC 6376 §5.4.1; List-Unsubscribe and its Post: RFC 8058 §4). From is named once more than it stands:
 * then nobody can put a second one in front (RFC 6376 §8.15).
 */
const signedHeaders = [
  'from',
  'from',
  'to',
  'reply-to',
  'subject',
  'date',
  'message-id',
  'list-id',
  'list-unsubscribe',
  'list-unsubscribe-post',
  'feedback-id',
  'precedence',
  'auto-submitted',
  'x-news-digest-delivery',
  'mime-version',
  'content-language',
  'content-type',
]

/** Characters of base64 on a line behind its blank. */
const longestPiece = 72

/**
 * What signs a sender's messages. Throws UserError `dkim-invalid` for a key that cannot be read or that receivers would not take, and for a domain that does not
 * belong to the sender's: found out before anything is sent, because a message that is signed wrongly looks worse than one that is not.
 */
export function createSigner({ domain, selector, privateKeyPem, fromDomain, replacedByRelay = [] }: SigningRequest): MessageSigner {
  const key = requireSigningKey(privateKeyPem)
  const signingDomain = requireSigningDomain({ domain, selector, fromDomain })
  const replaced = new Set(replacedByRelay.map(name => name.toLowerCase()))
  const names = signedHeaders.filter(name => !replaced.has(name))
  return {
    sign: (headerLines, bodyHash, at) => {
      const fields = canonicalFields(headerLines)
      const present = names.filter(name => fields.has(name))
      const tags = [
        'v=1;',
        'a=rsa-sha256;',
        'c=relaxed/simple;',
        `d=${signingDomain};`,
        `s=${selector};`,
        `t=${Math.floor(at.getTime() / 1000)};`,
        ...cut(`h=${present.join(':')};`, /.{1,60}(?::|;$)/g),
        `bh=${bodyHash};`,
      ]
      const signed = [...new Set(present)].map(name => fields.get(name)).join('')
      const signature = sign('sha256', Buffer.from(`${signed}dkim-signature:${tags.join(' ')} b=`, 'utf8'), key).toString('base64')
      return headerLine('DKIM-Signature', [...tags, ...cut(`b=${signature}`, new RegExp(`.{1,${longestPiece}}`, 'g'))])
    },
  }
}

/** The body hash of RFC 6376 §3.7 over what follows the headers; what all messages begin with is hashed once. Chunks must have no doubled dots. */
export function createBodyHasher(opening: StuffedBytes): (rest: readonly StuffedBytes[]) => string {
  const prefix = createHash('sha256').update(opening)
  return rest => {
    const hash = prefix.copy()
    for (const chunk of rest) hash.update(chunk)
    return hash.digest('base64')
  }
}

/** Every header by its name in lower case, canonical (RFC 6376 §3.4.2) with its CRLF. Ours stand once each. */
function canonicalFields(headerLines: string): Map<string, string> {
  const fields = headerLines.split(/\r\n(?![ \t])/).filter(field => field !== '')
  return new Map(
    fields.map(field => {
      const colon = field.indexOf(':')
      const name = field.slice(0, colon).toLowerCase()
      const value = field.slice(colon + 1).replace(/\r\n/g, '')
      return [name, `${name}:${value.replace(/[ \t]+/g, ' ').replace(/^ | $/g, '')}\r\n`]
    }),
  )
}

function cut(text: string, piece: RegExp): readonly string[] {
  return text.match(piece) ?? []
}
