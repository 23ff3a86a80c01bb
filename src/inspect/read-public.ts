/** One request to a server that is public. */

import { type LookupAddress, lookup } from 'node:dns'
import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { LookupFunction } from 'node:net'
import type { LinkAnswer } from './link-answer.ts'
import { enoughBytes, parsePicture } from './parse-picture.ts'
import type { PictureFacts } from './picture-facts.ts'
import { isPublicAddress } from './public-address.ts'
import { describeFailure, isCertificateFailure } from './request-failure.ts'

/** How a request is made. */
export interface PublicRequestOptions {
  /** Whether a machine at this IP address may be connected to. Default: only public ones. */
  readonly allow?: (address: string) => boolean
  /** Milliseconds for one request. Default: 10 seconds. */
  readonly timeout?: number
  /** Certificates to trust besides those of Node, PEM. */
  readonly ca?: string
}

/** A picture is read to its end to know its weight, up to here. */
const mostBytes = 10_000_000

/** An answer, to a HEAD request or a GET request. */
interface DirectAnswer {
  readonly kind: 'answered'
  readonly status: number
  readonly type: string | null
  /** Where it redirects to, as the server wrote it; null where it does not. */
  readonly location: string | null
  /** Of a picture that was read. */
  readonly picture: PictureFacts | null
}

/** Why there is no answer. */
type NoAnswer = Exclude<LinkAnswer['outcome'], { readonly kind: 'answered' }>

/** Makes one request and follows no redirect. Never throws for what a server does, and never connects to what `allow` does not let through. */
export function readPublic(url: URL, method: 'HEAD' | 'GET', options: PublicRequestOptions): Promise<DirectAnswer | NoAnswer> {
  const { allow = isPublicAddress, timeout = 10_000, ca } = options
  const host = url.hostname.replace(/^\[|\]$/g, '')
  // An address in digits is connected to without any lookup, so it is judged here.
  if (isLiteral(url.hostname) && !allow(host)) return Promise.resolve(refused(host))
  const { promise, resolve } = Promise.withResolvers<DirectAnswer | NoAnswer>()
  const settings = {
    method,
    headers: { 'user-agent': 'news-digest check', accept: '*/*' },
    lookup: checkedLookup(allow),
    signal: AbortSignal.timeout(timeout),
    agent: false as const,
    ...(ca === undefined ? {} : { ca }),
  }
  const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, settings, response => {
    readAnswer(response, method).then(resolve, error => resolve(failed(error)))
  })
  request.on('error', error => resolve(error instanceof NotPublic ? refused(error.message) : failed(error)))
  request.end()
  return promise
}

function isLiteral(hostname: string): boolean {
  return hostname.startsWith('[') || /^[\d.]+$/.test(hostname)
}

function refused(where: string): NoAnswer {
  return { kind: 'refused', why: `it leads to ${where}, which is not public` }
}

function failed(error: unknown): NoAnswer {
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

async function readAnswer(response: IncomingMessage, method: 'HEAD' | 'GET'): Promise<DirectAnswer> {
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
  let bytes = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    if (bytes < enoughBytes) head.push(chunk)
    bytes += chunk.length
    if (bytes > mostBytes) break
  }
  return parsePicture(Buffer.concat(head), bytes)
}
