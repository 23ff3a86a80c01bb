/** Finds the key that SNS signs with, at the address that a message names: a request over the network, to Amazon only, whose answer has to prove itself. */

import { type KeyObject, X509Certificate } from 'node:crypto'
import { rootCertificates } from 'node:tls'
import type { ReadUrl } from './read-url.ts'
import { buildChain, type Chain, certificatesIn, isValidAt, whyNotSns } from './sns-certificate.ts'
import type { TopicPlace } from './sns-message.ts'

/** The key; or why there is none: for good, or for now. */
export type SnsSigner =
  | { readonly kind: 'key'; readonly key: KeyObject }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'unavailable' }

/** Looks a signer up. `url` has been checked to lie at the SNS of this region. */
export type ReadSnsSigner = (url: URL, place: TopicPlace, now: number) => Promise<SnsSigner>

const limits = { mostBytes: 64 * 1024, patience: 5000 }
// A certificate is used for months, one for each region.
const mostKept = 50
// Whoever knows the topic can name certificates that are not there: that must not make us ask Amazon without end.
const mostAsked = 20
const minute = 60_000

/**
 * A look-up that keeps what it has found. The chain has to lead to one of `roots`, which are Amazon's among those that Node trusts (www.amazontrust.com/repository)
 * where none are given.
 */
export function createSnsSigner(readUrl: ReadUrl, roots: readonly string[] = rootCertificates): ReadSnsSigner {
  const trusted = roots.map(each => new X509Certificate(each)).filter(each => roots !== rootCertificates || isAmazonRoot(each))
  const kept = new Map<string, Promise<Chain | string>>()
  let asked: number[] = []

  const readChain = async (url: URL): Promise<Chain | string> => {
    const found = [...certificatesIn(await readUrl(url, limits))]
    const askedFor = new Set<string>()
    while (true) {
      const state = buildChain(found, trusted)
      if (state.kind === 'complete') return state.chain
      if (state.kind === 'broken') return state.why
      if (askedFor.has(state.issuerAt.href)) return 'it was not issued by what it names'
      askedFor.add(state.issuerAt.href)
      const more = certificatesIn(await readUrl(state.issuerAt, limits))
      if (more.length === 0) return 'its issuer is no certificate'
      found.push(...more)
    }
  }

  return async (url, place, now) => {
    let reading = kept.get(url.href)
    if (reading === undefined) {
      asked = asked.filter(at => at > now - minute)
      if (asked.length >= mostAsked) return { kind: 'unavailable' }
      asked.push(now)
      reading = readChain(url)
      const [oldest] = kept.keys()
      if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest)
      kept.set(url.href, reading)
    }
    const chain = await reading.catch(() => null)
    // What could not be read may be there the next time; what is no certificate of SNS may be replaced.
    if (chain === null || typeof chain === 'string') kept.delete(url.href)
    if (chain === null) return { kind: 'unavailable' }
    if (typeof chain === 'string') return { kind: 'refused', why: `its certificate is not one of SNS: ${chain}` }
    const whyNot = whyNotSns(chain.leaf, place)
    if (whyNot !== null) return { kind: 'refused', why: `its certificate is not one of SNS: ${whyNot}` }
    if (isValidAt(chain, now)) return { kind: 'key', key: chain.leaf.publicKey }
    kept.delete(url.href)
    return { kind: 'refused', why: 'its certificate is not valid now' }
  }
}

function isAmazonRoot({ subject }: X509Certificate): boolean {
  return /^O=Amazon\nCN=Amazon Root CA \d$/m.test(subject) || /^CN=Starfield Services Root Certificate Authority - G2$/m.test(subject)
}
