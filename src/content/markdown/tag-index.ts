/** Where shortcodes and elements are opened and closed, so that a rule need not search the rest of a text for every tag. */
export interface TagIndex {
  /** End positions of closing tags in ascending order, by key: `{{name` for Hugo, `{%name` for Liquid, `<name` for elements. */
  readonly closings: ReadonlyMap<string, readonly number[]>
  /** Where each element is opened first, by name. */
  readonly openings: ReadonlyMap<string, number>
}

const tags = /(\{)\{[<%]\s*\/\s*([\w./-]+)\s*[>%]\}\}|(\{%)-?\s*end(\w+)\s*-?%\}|<\/([A-Za-z][\w.:-]*)\s*>|<([A-Za-z][\w.:-]*)/g

/** Finds every tag of a text in one pass. Element names are in lower case. */
export function indexTags(source: string): TagIndex {
  const closings = new Map<string, number[]>()
  const openings = new Map<string, number>()
  for (const { index, 0: text, 1: isHugo, 2: hugo, 3: isLiquid, 4: liquid, 5: closed, 6: opened } of source.matchAll(tags)) {
    if (opened !== undefined) {
      const name = opened.toLowerCase()
      if (!openings.has(name)) openings.set(name, index)
      continue
    }
    const key = isHugo ? `{{${hugo}` : isLiquid ? `{%${liquid}` : `<${closed?.toLowerCase()}`
    const ends = closings.get(key)
    if (ends) ends.push(index + text.length)
    else closings.set(key, [index + text.length])
  }
  return { closings, openings }
}

/** The end of the first closing tag with this key that ends after `position`; -1 when there is none. */
export function closingAfter(index: TagIndex, key: string, position: number): number {
  const ends = index.closings.get(key) ?? []
  let low = 0
  let high = ends.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((ends[middle] ?? 0) > position) high = middle
    else low = middle + 1
  }
  return ends[low] ?? -1
}
