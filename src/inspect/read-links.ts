/** Asks for the links and pictures of an email, and never anything that is not public. */

import { type LookupAddress, lookup } from 'node:dns'
import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { LookupFunction } from 'node:net'
import type { LinkAnswer } from './link-answer.ts'
import { enoughBytes, parsePicture } from './parse-picture.ts'
import type { PictureFacts } from './picture-facts.ts'
import { isPublicAddress } from './public-address.ts'
import { describeFailure, isCertificateFailure } from './request-failure.ts'

/** How addresses are asked for. */
export interface ReadLinksOptions {
  /** Whether a machine at this IP address may be connected to. Default: only public ones. */
  readonly allow?: (address: string) => boolean
  /** Milliseconds for one request. Default: 10 seconds. */
  readonly timeout?: number
  /** Certificates to trust besides those of Node, PEM. */
  readonly ca?: string
  readonly onProgress?: (done: number, total: number) => void
}

/** An address to ask for; of a picture its size is wanted, too. */
export interface Wanted {
  readonly address: string
  readonly isPicture: boolean
}

const concurrency = 8
const mostRedirects = 5
/** A picture is read to its end to know its weight, up to here. */
const mostBytes = 10_000_000

/** Asks for every address once, eight at a time: HEAD, and GET where that is refused or a picture is to be weighed. Never throws for what a server does. */
export async function readLinks(wanted: readonly Wanted[], options: ReadLinksOptions = {}): Promise<ReadonlyMap<string, LinkAnswer>> {
  const queue = [...new Map(wanted.map(each => [each.address, each])).values()]
  const answers = new Map<string, LinkAnswer>()
  const total = queue.length
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      answers.set(next.address, await readLink(next, options))
      options.onProgress?.(answers.size, total)
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, total) }, work))
  // In the order they were asked for, whichever answered first.
  return new Map(
    wanted.flatMap(({ address }) => {
      const answer = answers.get(address)
      return answer === undefined ? [] : [[address, answer] as const]
    }),
  )
}

async function readLink({ address, isPicture }: Wanted, options: ReadLinksOptions): Promise<LinkAnswer> {
  const first = await follow(address, isPicture ? 'GET' : 'HEAD', options)
  // Many servers answer HEAD wrongly, or not at all.
  const isFinal = isPicture || first.outcome.kind === 'refused' || (first.outcome.kind === 'answered' && first.outcome.status < 400)
  return isFinal ? first : follow(address, 'GET', options)
}

async function follow(address: string, method: 'HEAD' | 'GET', options: ReadLinksOptions): Promise<LinkAnswer> {
  const redirects: { status: number; to: string }[] = []
  let url = URL.parse(address)
  const end = (outcome: LinkAnswer['outcome'], picture: PictureFacts | null = null): LinkAnswer => ({
    address,
    outcome,
    redirects,
    picture,
  })
  for (;;) {
    if (url === null || !/^https?:$/.test(url.protocol)) return end({ kind: 'refused', why: 'it is no http address' })
    const step = await ask(url, method, options)
    if (step.kind !== 'answered') return end(step)
    const { status, type, location, picture } = step
    if (location === null) return end({ kind: 'answered', status, type }, picture)
    if (redirects.length === mostRedirects)
      return end({ kind: 'failed', why: `it redirects more than ${mostRedirects} times`, certificate: false })
    url = URL.parse(location, url.href)
    redirects.push({ status, to: url?.href ?? location })
  }
}

interface Step {
  readonly kind: 'answered'
  readonly status: number
  readonly type: string | null
  readonly location: string | null
  readonly picture: PictureFacts | null
}

type Refusal = Exclude<LinkAnswer['outcome'], { readonly kind: 'answered' }>

function ask(url: URL, method: 'HEAD' | 'GET', options: ReadLinksOptions): Promise<Step | Refusal> {
  const { allow = isPublicAddress, timeout = 10_000, ca } = options
  const host = url.hostname.replace(/^\[|\]$/g, '')
  // An address in digits is connected to without any lookup, so it is judged here.
  if (isLiteral(url.hostname) && !allow(host)) return Promise.resolve(refused(host))
  const { promise, resolve } = Promise.withResolvers<Step | Refusal>()
  const settings = {
    method,
    headers: { 'user-agent': 'news-digest check', accept: '*/*' },
    lookup: checkedLookup(allow),
    signal: AbortSignal.timeout(timeout),
    agent: false as const,
    ...(ca === undefined ? {} : { ca }),
  }
  const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, settings, response => {
    readStep(response, method).then(resolve, error => resolve(failed(error)))
  })
  request.on('error', error => resolve(error instanceof NotPublic ? refused(error.message) : failed(error)))
  request.end()
  return promise
}

function isLiteral(hostname: string): boolean {
  return hostname.startsWith('[') || /^[\d.]+$/.test(hostname)
}

function refused(where: string): Refusal {
  return { kind: 'refused', why: `it leads to ${where}, which is not public` }
}

function failed(error: unknown): Refusal {
  return { kind: 'failed', why: describeFailure(error), certificate: isCertificateFailure(error) }
}

class NotPublic extends Error {}

/**
 * The connection is made to the very addresses that were judged, so that a name cannot answer with a public address first and with a private one then
 * (DNS rebinding). One address that is not public condemns the name.
 */
function checkedLookup(allow: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      const addresses: readonly LookupAddress[] = found ?? []
      const forbidden = addresses.find(({ address }) => !allow(address))
      const [first] = addresses
      if (error !== null) callback(error, '')
      else if (forbidden !== undefined) callback(new NotPublic(forbidden.address), '')
      else if (options.all === true) callback(null, [...addresses])
      else callback(null, first?.address ?? '', first?.family)
    })
  }
}

async function readStep(response: IncomingMessage, method: 'HEAD' | 'GET'): Promise<Step> {
  const { statusCode: status = 0, headers } = response
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? null
  const location = status >= 300 && status < 400 && status !== 304 ? (headers.location ?? null) : null
  const wantsPicture =
    method === 'GET' && location === null && status < 300 && type !== null && /^(?:image\/|application\/octet-stream)/.test(type)
  const picture = wantsPicture ? await readPicture(response) : null
  response.destroy()
  return { kind: 'answered', status, type, location, picture }
}

async function readPicture(response: IncomingMessage): Promise<PictureFacts> {
  const head: Buffer[] = []
  let [bytes, kept] = [0, 0]
  for await (const chunk of response as AsyncIterable<Buffer>) {
    if (kept < enoughBytes) head.push(chunk)
    kept += chunk.length
    bytes += chunk.length
    if (bytes > mostBytes) break
  }
  return parsePicture(Buffer.concat(head), bytes)
}
