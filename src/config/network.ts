/** Network addresses as a configuration writes them. */

/** A network: all addresses whose first `prefix` bits are those of `address`; one address has them all. */
export interface Network {
  readonly family: 'ipv4' | 'ipv6'
  readonly address: string
  readonly prefix: number
}

/** `10.0.0.0/8`, `127.0.0.1`, `fd00::/8` or `::1`; null for anything else. */
export function parseNetwork(text: string): Network | null {
  const [, address = '', bits] = /^([0-9a-f.:]+)(?:\/(\d{1,3}))?$/i.exec(text.trim()) ?? []
  const family = familyOf(address)
  if (family === null) return null
  const most = family === 'ipv4' ? 32 : 128
  const prefix = bits === undefined ? most : Number(bits)
  return prefix <= most ? { family, address, prefix } : null
}

/** Whether a text is one. */
export function isNetwork(text: string): boolean {
  return parseNetwork(text) !== null
}

/** The URL parser knows both kinds (https://url.spec.whatwg.org/#host-parsing); of IPv4 only the usual four numbers count here. */
function familyOf(address: string): Network['family'] | null {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(address)) return URL.parse(`http://${address}/`)?.hostname === address ? 'ipv4' : null
  return address.includes(':') && URL.canParse(`http://[${address}]/`) ? 'ipv6' : null
}
