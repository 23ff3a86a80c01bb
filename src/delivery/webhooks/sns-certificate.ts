/** The certificate that SNS signs with: whether it is one, and until when. */

import { X509Certificate } from 'node:crypto'
import type { TopicPlace } from './sns-message.ts'

/** A chain from the certificate that signs up to a root, without the root. */
export interface Chain {
  readonly leaf: X509Certificate
  /** The certificates in between; the last one is issued by a root. */
  readonly between: readonly X509Certificate[]
}

/** What is known of a chain: complete, or where the certificate is said to lie that it lacks. `broken` says why it cannot be one. */
export type ChainState =
  | { readonly kind: 'complete'; readonly chain: Chain }
  | { readonly kind: 'lacks'; readonly issuerAt: URL }
  | { readonly kind: 'broken'; readonly why: string }

/** Amazon's have one; a second where its root is signed by an older one. */
const mostBetween = 3

/** The certificates in a PEM file, or the one in DER; none where it holds anything else. */
export function certificatesIn(bytes: Uint8Array): readonly X509Certificate[] {
  try {
    const text = Buffer.from(bytes).toString('latin1')
    const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)
    return blocks === null ? [new X509Certificate(bytes)] : blocks.slice(0, mostBetween + 1).map(each => new X509Certificate(each))
  } catch {
    return []
  }
}

/**
 * Builds the chain from the first certificate to a root out of the others, each link checked by name and by signature. SNS serves its certificate alone; who issued it
 * says the certificate (RFC 5280 §4.2.2.1), and that is followed to Amazon's own authority only.
 */
export function buildChain([leaf, ...others]: readonly X509Certificate[], roots: readonly X509Certificate[]): ChainState {
  if (leaf === undefined) return { kind: 'broken', why: 'it is no certificate' }
  if (leaf.ca) return { kind: 'broken', why: 'it is the certificate of an authority' }
  const between: X509Certificate[] = []
  let current = leaf
  while (!roots.some(root => isIssuer(root, current))) {
    const next = others.find(each => isIssuer(each, current) && !between.includes(each))
    if (next === undefined) {
      const issuerAt = issuerUrl(current)
      return issuerAt === null ? { kind: 'broken', why: 'it does not descend from Amazon' } : { kind: 'lacks', issuerAt }
    }
    if (between.length === mostBetween) return { kind: 'broken', why: 'its chain is too long' }
    between.push(next)
    current = next
  }
  return { kind: 'complete', chain: { leaf, between } }
}

/**
 * Why a certificate is not one of the SNS of a region, as a clause; null where it is. The names are those of AWS's own validators; nobody but Amazon is given one
 * below its domain.
 */
export function whyNotSns(leaf: X509Certificate, { region, domain }: TopicPlace): string | null {
  const names = [
    'sns.amazonaws.com',
    `sns.${region}.${domain}`,
    `sns-signing.${region}.${domain}`,
    `sns-${region}.${domain}`,
    // GovCloud's regions share one.
    ...(region.startsWith('us-gov-') ? ['sns-us-gov-west-1.amazonaws.com'] : []),
  ]
  if (!names.some(name => leaf.checkHost(name, { subject: 'always', wildcards: false }) !== undefined)) return 'it names somebody else'
  const { asymmetricKeyType, asymmetricKeyDetails } = leaf.publicKey
  const isStrong = asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) >= 2048
  return isStrong ? null : 'its key is none of 2048 bits'
}

/** Whether every certificate of a chain is valid at an instant, in milliseconds since 1970. */
export function isValidAt({ leaf, between }: Chain, at: number): boolean {
  return [leaf, ...between].every(each => each.validFromDate.getTime() <= at && at <= each.validToDate.getTime())
}

function isIssuer(issuer: X509Certificate, issued: X509Certificate): boolean {
  return issuer.ca && issued.checkIssued(issuer) && issued.verify(issuer.publicKey)
}

/** Amazon Trust Services serves its certificates over HTTP; what comes is worth only what its signature is. */
function issuerUrl({ infoAccess }: X509Certificate): URL | null {
  const found = /^CA Issuers - URI:(http:\/\/crt\.[a-z0-9-]{1,40}\.amazontrust\.com\/[a-z0-9-]{1,40}\.(?:cer|crt))$/m.exec(
    infoAccess ?? '',
  )?.[1]
  return found === undefined ? null : new URL(found)
}
