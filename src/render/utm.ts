/** Campaign parameters on links to posts, so that the site's statistics know which edition a reader came from. */

/** The parameters of one link. `campaign` is the edition, `content` the post, or the variant where two subjects are tried. */
export interface CampaignParameters {
  readonly source: string
  readonly medium: string
  readonly campaign: string
  readonly content: string
}

/**
 * The address with `utm_source`, `utm_medium`, `utm_campaign` and `utm_content` added behind its own query and before its fragment. A parameter that
 * the address already carries keeps its value.
 * @see https://support.google.com/analytics/answer/10917952
 */
export function addCampaign(address: string, parameters: CampaignParameters): string {
  const hash = address.indexOf('#')
  const fragment = hash < 0 ? '' : address.slice(hash)
  const withoutFragment = hash < 0 ? address : address.slice(0, hash)
  const question = withoutFragment.indexOf('?')
  const present = new URLSearchParams(question < 0 ? '' : withoutFragment.slice(question + 1))
  const added = Object.entries(parameters)
    .filter(([name]) => !present.has(`utm_${name}`))
    .map(([name, value]) => `utm_${name}=${encodeURIComponent(value)}`)
  if (added.length === 0) return address
  const isOpen = question === withoutFragment.length - 1 || withoutFragment.endsWith('&')
  const joint = question < 0 ? '?' : isOpen ? '' : '&'
  return `${withoutFragment}${joint}${added.join('&')}${fragment}`
}

/** What tells whether two addresses lead to the same page: origin and path, without query, fragment and final slash. */
export function pageOf(address: string): string | null {
  const parsed = URL.parse(address)
  return parsed === null ? null : `${parsed.origin}${parsed.pathname.replace(/\/+$/, '')}`
}
