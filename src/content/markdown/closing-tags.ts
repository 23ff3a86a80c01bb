/** Where shortcodes and elements are closed, so that a rule need not search the rest of a text for every opening tag. */

/** End positions in ascending order, by key: `{{name` for Hugo, `{%name` for Liquid, `<name` for elements. */
export type ClosingTags = ReadonlyMap<string, readonly number[]>

const closing = /(\{)\{[<%]\s*\/\s*([\w./-]+)\s*[>%]\}\}|(\{%)-?\s*end(\w+)\s*-?%\}|<\/([A-Za-z][\w.:-]*)\s*>/g

/** Finds every closing tag of a text in one pass. Element names are in lower case. */
export function findClosingTags(source: string): ClosingTags {
  const found = new Map<string, number[]>()
  for (const match of source.matchAll(closing)) {
    const key = match[1] ? `{{${match[2]}` : match[3] ? `{%${match[4]}` : `<${match[5]?.toLowerCase()}`
    const ends = found.get(key)
    if (ends) ends.push(match.index + match[0].length)
    else found.set(key, [match.index + match[0].length])
  }
  return found
}

/** The end of the first closing tag with this key that ends after `position`; -1 when there is none. */
export function closingAfter(tags: ClosingTags, key: string, position: number): number {
  const ends = tags.get(key) ?? []
  let low = 0
  let high = ends.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((ends[middle] ?? 0) > position) high = middle
    else low = middle + 1
  }
  return ends[low] ?? -1
}
