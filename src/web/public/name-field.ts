import { cleanLine } from '../../content/clean-text.ts'

/** How many characters of a name are kept. */
export const longestName = 200

/** A name as somebody typed it into a form, as it may be kept: one line; null for none. */
export function nameOf(given: string): string | null {
  const name = Array.from(cleanLine(given)).slice(0, longestName).join('').trim()
  return name === '' ? null : name
}
