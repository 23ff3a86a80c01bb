/** Reads what lies at an address of a provider: small things, quickly, and from nowhere else. */

import { get as getHttp } from 'node:http'
import { get as getHttps, type RequestOptions } from 'node:https'

/** How much to read, and how long to wait. */
export interface UrlLimits {
  readonly mostBytes: number
  /** Milliseconds, for all of it. */
  readonly patience: number
}

/** Resolves to the body of a 200; rejects for everything else. */
export type ReadUrl = (url: URL, limits: UrlLimits) => Promise<Uint8Array>

/**
 * A reader over HTTPS or HTTP that follows no redirect (node:https follows none). The caller has checked the address. `options` are for a server whose certificate the
 * system does not know, or that stands elsewhere.
 */
export function createReadUrl(options: Pick<RequestOptions, 'ca' | 'lookup'> = {}): ReadUrl {
  return (url, { mostBytes, patience }) =>
    new Promise((resolve, reject) => {
      const get = url.protocol === 'https:' ? getHttps : getHttp
      const request = get(url, { ...options, agent: false, signal: AbortSignal.timeout(patience) }, answer => {
        if (answer.statusCode !== 200) {
          request.destroy(new Error(`${url.host} answered ${answer.statusCode ?? 'nothing'}`))
          return
        }
        const pieces: Buffer[] = []
        let length = 0
        answer.on('data', (piece: Buffer) => {
          length += piece.length
          if (length > mostBytes) request.destroy(new Error(`${url.host} answered with more than ${mostBytes} bytes`))
          else pieces.push(piece)
        })
        answer.once('end', () => resolve(Buffer.concat(pieces)))
        answer.on('error', reject)
      })
      // It may come twice, and what nobody listens to ends the process.
      request.on('error', reject)
    })
}
