/** Tags of a subscriber: one normal form, so that `Berlin` and `berlin` are the same tag. */

import { cleanLine } from '../content/clean-text.ts'

/** In characters. */
const longestTag = 100

/** A tag as the ledger holds it: one line, composed (NFC), lower case. Null for none, and for one that no person would write. */
export function normalTag(text: string): string | null {
  const tag = cleanLine(text).toLowerCase().normalize('NFC')
  return tag === '' || tag.length > longestTag ? null : tag
}

/** The tags of a cell: between `,` `;` or `|`. */
export function splitTags(text: string): readonly string[] {
  return text.split(/[,;|]/).flatMap(part => normalTag(part) ?? [])
}

/** Sorted and without repeats, as the ledger's column holds them. */
export function tagsJson(tags: Iterable<string>): string {
  return JSON.stringify([...new Set(tags)].sort())
}

/** The tags in the ledger's column. */
export function tagsOf(json: string): readonly string[] {
  return JSON.parse(json) as string[]
}
