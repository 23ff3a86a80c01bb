const allowedProtocols = new Set(['https:', 'http:', 'mailto:'])

/**
 * An address that a mail program may open, made absolute against the site: https, http or mailto, written as the URL standard does. Null for
 * everything else (`javascript:`, `data:`, `//host`, `#anchor`, what is no address).
 */
export function safeUrl(href: string, siteUrl: string): string | null {
  const given = href.trim()
  if (given === '' || given.startsWith('#') || /^[\\/]{2}/.test(given) || given.startsWith('/\\')) return null
  const base = siteUrl.endsWith('/') ? siteUrl : `${siteUrl}/`
  const parsed = URL.parse(given, base)
  if (parsed === null || !allowedProtocols.has(parsed.protocol)) return null
  // The standard leaves these in a query or a fragment; in an attribute or a plain text they would end the address.
  return parsed.href.replace(/['"<>`\\^{|}\s]/g, char => encodeURIComponent(char).replace("'", '%27'))
}

/** Where links with a token lead, as the standard writes it; null where what stands behind the last slash could change more than the end. */
const knownPlaces = new Map<string, string | null>()
const mostPlaces = 100

// An absolute address needs no site to stand on.
const nowhere = 'https://invalid.invalid'

/**
 * `safeUrl` of an absolute address, for links of which there is one for each recipient: they differ in what stands behind the last slash, which letters, digits, `-` and
 * `_` leave as it is, so all before it is read once.
 */
export function safeLink(value: string): string | null {
  if (!/^(?:https?|mailto):/i.test(value)) return null
  const end = value.lastIndexOf('/') + 1
  const token = value.slice(end)
  if (!/^[\w-]+$/.test(token)) return safeUrl(value, nowhere)
  const before = value.slice(0, end)
  let place = knownPlaces.get(before)
  if (place === undefined) {
    if (knownPlaces.size >= mostPlaces) knownPlaces.clear()
    const whole = safeUrl(`${before}x`, nowhere)
    place = whole?.endsWith('x') === true ? whole.slice(0, -1) : null
    knownPlaces.set(before, place)
  }
  return place === null ? safeUrl(value, nowhere) : place + token
}
