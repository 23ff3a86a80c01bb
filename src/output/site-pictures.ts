/** Pictures of the site inside an email's HTML: found, and pointed at copies beside the page. */

/** A picture's address in an attribute or a style, with what stands in front of it. */
const pictures =
  /(?<attribute>\s(?:src|background)=")(?<source>[^"]+)|(?<style>url\(\s*(?:&quot;|&#x27;|&#39;|["'])?)(?<target>(?:(?!&quot;|&#x27;|&#39;)[^"'()\s<>])+)/gi

/** Addresses of all pictures in the HTML that lie on the site's server, each once, in order. */
export function findSitePictures(html: string, siteUrl: string): string[] {
  const { origin } = new URL(siteUrl)
  const addresses = Array.from(html.matchAll(pictures), match => decodeEntities(match.groups?.source ?? match.groups?.target ?? ''))
  return [...new Set(addresses)].filter(address => URL.parse(address)?.origin === origin)
}

/** The HTML with every picture in `copies` (address → relative link) taken from there. */
export function showPicturesFrom(html: string, copies: ReadonlyMap<string, string>): string {
  return html.replace(pictures, (whole, attribute?: string, source?: string, style?: string, target?: string) => {
    const copy = copies.get(decodeEntities(source ?? target ?? ''))
    return copy === undefined ? whole : `${attribute ?? style ?? ''}${copy}`
  })
}

/** A picture's path (forward slashes) as an address that may also stand in the `url()` of a style: what encodeURIComponent leaves alone would end that. */
export function encodePicturePath(path: string): string {
  return path
    .split('/')
    .map(part => encodeURIComponent(part).replace(/['()]/g, each => `%${each.charCodeAt(0).toString(16)}`))
    .join('/')
}

/**
 * Where a picture of the site may lie below the folder whose files the site serves at its root, most likely first: counted from
 * `siteUrl`, and from the server's root where the site itself lives deeper. Paths have forward slashes and never lead upwards.
 */
export function assetPaths(address: string, siteUrl: string): string[] {
  const path = safePath(new URL(address).pathname)
  if (path === null) return []
  const base = safePath(new URL(siteUrl).pathname)
  return base !== null && path.startsWith(`${base}/`) ? [path.slice(base.length + 1), path] : [path]
}

function safePath(pathname: string): string | null {
  try {
    const parts = pathname
      .split('/')
      .map(decodeURIComponent)
      .filter(part => part !== '')
    return parts.length === 0 || parts.some(part => part === '..' || part === '.' || /[/\\\0]/.test(part)) ? null : parts.join('/')
  } catch {
    return null
  }
}

function decodeEntities(text: string): string {
  return text
    .replace(/&#x([0-9a-f]{1,6});|&#(\d{1,7});/gi, (whole, hex: string | undefined, decimal: string | undefined) => {
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
      return code > 0x10ffff ? whole : String.fromCodePoint(code)
    })
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
}
