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
