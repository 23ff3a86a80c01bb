/** The key and the domain that messages are signed with, checked when a sending starts. */

import { createPrivateKey, type KeyObject } from 'node:crypto'
import { UserError } from '../errors.ts'
import { normalDomain } from './check-address.ts'

/** RFC 8301 §3.2: signers use at least 2048 bits, and verifiers need not know more than 4096. */
const fewestBits = 2048
const mostBits = 4096

/** The key in a PEM text. Throws UserError `dkim-invalid`, which repeats nothing of it, for one that receivers would not take. */
export function requireSigningKey(pem: string): KeyObject {
  const key = tryRead(pem)
  const kind = key.asymmetricKeyType
  if (kind === 'ed25519')
    throw invalidKey(
      'the DKIM key is an Ed25519 one, and messages are signed with RSA',
      'Gmail, Outlook and Yahoo do not verify Ed25519 (RFC 8463) and would take the message for unsigned. Make an RSA key',
    )
  if (kind !== 'rsa') throw invalidKey(`the DKIM key is of the kind ${kind}, and messages are signed with RSA`, 'Make an RSA key')
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
  if (bits < fewestBits) throw invalidKey(`the DKIM key has only ${bits} bits, and receivers distrust it`, 'Make a longer one')
  if (bits > mostBits) throw invalidKey(`the DKIM key has ${bits} bits, more than receivers must know`, 'Make a shorter one')
  return key
}

function tryRead(pem: string): KeyObject {
  try {
    // A variable, such as the secret of a CI service, may hold one line only: then its line breaks are written as \n.
    return createPrivateKey(pem.replaceAll('\\n', '\n'))
  } catch {
    // What OpenSSL says of it helps nobody, and might repeat some of it.
    const what = /-----BEGIN (?:RSA )?PUBLIC KEY/.test(pem)
      ? 'is a public key'
      : /ENCRYPTED/.test(pem)
        ? 'is locked with a passphrase'
        : 'cannot be read'
    throw invalidKey(`the DKIM key ${what}`, 'Give the whole private key, as a file or in NEWS_DIGEST_DKIM_KEY, or make one')
  }
}

/**
 * The domain that signs, in its normal form. Throws UserError `dkim-invalid` where it or the selector is no DNS name, or where DMARC could not align it with From:
 * relaxed alignment asks for one organization's domain (RFC 9989), so one of the two must lie in the other.
 */
export function requireSigningDomain({
  domain,
  selector,
  fromDomain,
}: {
  readonly domain: string
  readonly selector: string
  readonly fromDomain: string
}): string {
  const normal = normalDomain(domain)
  const from = normalDomain(fromDomain) ?? fromDomain
  if (normal === null || normalDomain(`${selector}.example`) !== `${selector.toLowerCase()}.example`)
    throw new UserError({
      code: 'dkim-invalid',
      message: 'the DNS record of the DKIM key cannot have this name',
      expected: 'dkim:\n  domain: example.com\n  selector: news2026',
      got: JSON.stringify(`${selector}._domainkey.${domain}`.slice(0, 120)),
      hint: 'Correct dkim.selector and dkim.domain in news-digest.yaml: your DNS has the key at <selector>._domainkey.<domain>.',
    })
  if (normal !== from && !from.endsWith(`.${normal}`) && !normal.endsWith(`.${from}`))
    throw new UserError({
      code: 'dkim-invalid',
      message: `messages come from ${from} and would be signed by ${normal}: DMARC does not count such a signature`,
      expected: `dkim.domain ${from}, or the domain that it lies in`,
      got: normal,
      hint: 'Set dkim.domain in news-digest.yaml to the domain of sender.email, and publish the key there.',
    })
  return normal
}

function invalidKey(message: string, advice: string): UserError {
  return new UserError({
    code: 'dkim-invalid',
    message,
    expected: `an RSA private key of ${fewestBits} bits in PEM, without a passphrase`,
    hint: `${advice}: \`openssl genrsa -out dkim.pem ${fewestBits}\`, and publish its public half at <selector>._domainkey.<domain>. Or leave dkim out of news-digest.yaml, and the signing to the relay.`,
  })
}
