/**
 * Who asks, as a network address. A proxy in front hides it, and says it in X-Forwarded-For; but everybody can write that header, so only those are believed whom
 * the configuration names.
 */

import { BlockList, isIP } from 'node:net'
import { parseNetwork } from '../../../config/network.ts'

/** What a request tells of who asks. */
export interface Asking {
  /** Who holds the connection. */
  readonly socket: string | undefined
  /** X-Forwarded-For: each proxy adds at its end who asked it. */
  readonly forwarded: string | undefined
}

/**
 * What finds the client's address: going from the connection outwards, the first that is no trusted proxy. `trust`: how many proxies there are, or their addresses
 * and networks. Null where even the connection has none.
 */
export function createClientFinder(trust: number | readonly string[]): (asking: Asking) => string | null {
  const isTrusted = typeof trust === 'number' ? (_: string, at: number) => at < trust : oneOf(trust)
  return ({ socket, forwarded = '' }) => {
    let client = normalClient(socket ?? '')
    if (client === null) return null
    const hops = forwarded.split(',').reverse()
    for (const [at, hop] of hops.entries()) {
      if (!isTrusted(client, at)) break
      const next = normalClient(hop)
      // What a trusted proxy wrote is an address. Where it is none, nothing further out is known.
      if (next === null) break
      client = next
    }
    return client
  }
}

function oneOf(networks: readonly string[]): (address: string) => boolean {
  const list = new BlockList()
  for (const text of networks) {
    const network = parseNetwork(text)
    if (network === null) throw new Error(`not a network: ${JSON.stringify(text)}`)
    list.addSubnet(network.address, network.prefix, network.family)
  }
  return address => list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

/** An address in its one form: IPv4 without a port, also where it stands in IPv6 (RFC 4291 §2.5.5.2); IPv6 in lower case without brackets and zone. Null for none. */
export function normalClient(text: string): string | null {
  const trimmed = text.trim()
  const [, bare = trimmed] = /^\[([^\]]+)\](?::\d{1,5})?$/.exec(trimmed) ?? /^(\d+\.\d+\.\d+\.\d+):\d{1,5}$/.exec(trimmed) ?? []
  const address = bare.replace(/%.*$/, '')
  const kind = isIP(address)
  if (kind === 0) return null
  if (kind === 4) return address
  const canonical = new URL(`http://[${address}]/`).hostname.slice(1, -1)
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(canonical) ?? []
  if (high === undefined || low === undefined) return canonical
  const [first, second] = [Number.parseInt(high, 16), Number.parseInt(low, 16)]
  return [first >> 8, first & 255, second >> 8, second & 255].join('.')
}

/** What counts as one client: an IPv4 address, or the first 64 bits of an IPv6 one, since whoever has one has them all (RFC 6177). */
export function clientGroup(client: string): string {
  if (!client.includes(':')) return client
  const [head = '', tail] = client.split('::')
  const first = head === '' ? [] : head.split(':')
  const last = tail === undefined || tail === '' ? [] : tail.split(':')
  const groups = tail === undefined ? first : [...first, ...Array.from({ length: 8 - first.length - last.length }, () => '0'), ...last]
  return groups.slice(0, 4).join(':')
}
