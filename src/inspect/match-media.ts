/** What a mail program shows an email on. */
export interface Screen {
  readonly scheme: 'light' | 'dark'
  /** Width in pixels. */
  readonly width: number
}

/** Whether the rules behind a media query count on a screen. What is not known here does not match. */
export function matchesMedia(query: string, screen: Screen): boolean {
  return query.split(',').some(each => matchesOne(each.trim().toLowerCase(), screen))
}

function matchesOne(query: string, screen: Screen): boolean {
  const negated = /^not\s/.test(query)
  const terms = query
    .replace(/^(?:only|not)\s+/, '')
    .split(/\s+and\s+/)
    .map(term => term.trim())
  return terms.every(term => matchesTerm(term, screen)) !== negated
}

function matchesTerm(term: string, { scheme, width }: Screen): boolean {
  if (term === '' || term === 'all' || term === 'screen') return true
  const wanted = /^\(\s*prefers-color-scheme\s*:\s*(\w+)\s*\)$/.exec(term)?.[1]
  if (wanted !== undefined) return wanted === scheme
  const [, bound, pixels] = /^\(\s*(min|max)-(?:device-)?width\s*:\s*([\d.]+)px\s*\)$/.exec(term) ?? []
  if (pixels === undefined) return false
  return bound === 'min' ? width >= Number(pixels) : width <= Number(pixels)
}
