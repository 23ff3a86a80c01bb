/**
 * Who may ask. The preview shows unpublished text and can send mail, and every page that the editor's browser has open can make requests to this machine:
 *
 * - by a name of its own that it lets point to 127.0.0.1 (DNS rebinding): the Host header then has that name, and only ours are let in;
 * - by a request across sites: its Origin, or Sec-Fetch-Site, is not ours; other programs on this machine with a page (another port) count as other sites;
 * - by a form: it has no header of our own, which every POST needs (a script of another site would have to ask first, and nobody here says yes).
 */

import { isIP } from 'node:net'
import { requestHeader } from './api.ts'

/** The parts of a request that tell who asks; header names in lower case. */
export interface Asking {
  readonly method: string
  readonly path: string
  readonly header: (name: string) => string | undefined
}

/** Names under which the server may be asked for. */
export interface OwnNames {
  /** Host names in lower case; IPv6 addresses without brackets. */
  readonly names: readonly string[]
  /** Any address of the machine will do: no other site's name can be one. True where the server listens beyond loopback. */
  readonly anyAddress: boolean
}

/** The names of a server that listens on `host`. */
export function ownNames(host: string): OwnNames {
  const loopback = ['localhost', '127.0.0.1', '::1']
  return { names: [...new Set([...loopback, withoutBrackets(host.toLowerCase())])], anyAddress: !isLoopbackHost(host) }
}

/** Whether only this machine can reach a server that listens on `host`. */
export function isLoopbackHost(host: string): boolean {
  const name = withoutBrackets(host.toLowerCase())
  return name === 'localhost' || name === '::1' || /^127\.\d+\.\d+\.\d+$/.test(name)
}

/** Why a request is refused, in one sentence; null where it may be answered. */
export function refusalOf({ method, path, header }: Asking, own: OwnNames): string | null {
  const host = header('host')
  if (host === undefined || !isOwnHost(host, own)) return 'This server is not asked for by that name.'
  const origin = header('origin')
  if (origin !== undefined && origin !== `http://${host}`) return 'Pages of other sites may not ask this server.'
  const from = header('sec-fetch-site')
  // A link to the preview from elsewhere, in a chat or a terminal's page, may open it; it then shows in a tab of its own and nowhere else.
  const opensPage = path === '/' && header('sec-fetch-mode') === 'navigate' && header('sec-fetch-dest') === 'document'
  if (from !== undefined && from !== 'same-origin' && from !== 'none' && !opensPage) return 'Pages of other sites may not ask this server.'
  if (method === 'GET' || method === 'HEAD') return null
  return header(requestHeader.name) === requestHeader.value ? null : `A ${method} request needs the header ${requestHeader.name}.`
}

function isOwnHost(host: string, { names, anyAddress }: OwnNames): boolean {
  const [, name = ''] = /^(\[[0-9a-f:.]+\]|[^:[\]]+)(?::\d{1,5})?$/i.exec(host.toLowerCase()) ?? []
  const bare = withoutBrackets(name)
  return names.includes(bare) || (anyAddress && isIP(bare) !== 0)
}

function withoutBrackets(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1')
}
