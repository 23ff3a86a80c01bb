/** Hosts that a subscriber's mail program must never be made to ask. */

/**
 * True for loopback, link-local, private and carrier-grade addresses, names without a dot, and the suffixes that never resolve publicly
 * (RFC 1918, 3927, 4193, 6598, 6761, 6762, 9476). Expects a host as `new URL()` writes it, so that `0x7f.1` already reads `127.0.0.1`.
 */
export function isPrivateHost(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '')
  if (name.startsWith('[')) return isPrivateAddress6(name.slice(1, -1))
  if (/^\d+\.\d+\.\d+\.\d+$/.test(name)) return isPrivateAddress4(name)
  return !name.includes('.') || /\.(?:localhost|local|internal|intranet|lan|home\.arpa|alt|onion)$/.test(name)
}

function isPrivateAddress4(address: string): boolean {
  const [a = 0, b = 0, c = 0] = address.split('.').map(Number)
  return (
    a === 0 ||
    a === 10 ||
    a === 127 ||
    a >= 224 ||
    (a === 100 && b >= 64 && b < 128) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && (b === 168 || (b === 0 && c === 0))) ||
    (a === 198 && (b === 18 || b === 19))
  )
}

function isPrivateAddress6(address: string): boolean {
  const mapped = /^::(?:ffff:)?([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(address)
  if (mapped !== null) {
    const [high, low] = [Number.parseInt(mapped[1] ?? '', 16), Number.parseInt(mapped[2] ?? '', 16)]
    return isPrivateAddress4([high >> 8, high & 255, low >> 8, low & 255].join('.'))
  }
  return /^(?:::1?$|f[cd]|fe[89a-f]|ff|64:ff9b:)/.test(address)
}
