import { isPrivateHost } from '../content/private-host.ts'

/**
 * Whether an IP address (as the system's resolver writes it, without brackets) belongs to the public internet: not private, loopback, link-local with its
 * metadata services, carrier-grade, multicast or reserved (RFC 6890), and not one of these wrapped in IPv6 (mapped, NAT64, 6to4, Teredo).
 */
export function isPublicAddress(address: string): boolean {
  const withoutZone = address.replace(/%.*$/, '')
  const url = URL.parse(withoutZone.includes(':') ? `http://[${withoutZone}]/` : `http://${withoutZone}/`)
  if (url === null || isPrivateHost(url.hostname)) return false
  // 6to4, Teredo and the ORCHIDs, the discard prefix, documentation, and the old site-local addresses.
  return !/^\[(?:2002:|2001:(?:0?:|[12][0-9a-f]:|db8:)|100::|3fff:|fec)/.test(url.hostname)
}
