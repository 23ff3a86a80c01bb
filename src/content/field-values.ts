/** Values of front matter in the shapes that the ecosystems write them, as plain text, truth and lists. */

import { cleanLine } from './clean-text.ts'
import { isMap } from './field-aliases.ts'

const yes = new Set(['true', 'yes', 'y', 'on', '1'])
const no = new Set(['false', 'no', 'n', 'off', '0'])
const longestList = 1000

/** Text or a number as one clean line; null for anything else and for what is empty once cleaned. */
export function lineOf(value: unknown): string | null {
  const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null
  return text === null ? null : cleanLine(text) || null
}

/** True and false in all their spellings; null when the value is neither. `draft: yes` is text in YAML 1.2, and drafts must not leak. */
export function truthOf(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value
  if (typeof value === 'number') return value !== 0
  if (typeof value !== 'string') return null
  const word = value.trim().toLowerCase()
  if (yes.has(word)) return true
  if (no.has(word)) return false
  return /^\d+$/.test(word) ? true : null
}

/** Names out of a list of strings or maps, a map's own name, or a string split at commas (at blanks too when `blanks` is set and it holds no comma). */
export function namesOf(value: unknown, blanks = false): string[] {
  if (Array.isArray(value)) return unique(value.slice(0, longestList).map(nameOf))
  if (typeof value !== 'string') return unique([nameOf(value)])
  const parts = value.includes(',') || value.includes('\n') ? value.split(/[,\n]/) : blanks ? value.split(/\s+/) : [value]
  return unique(parts.slice(0, longestList).map(lineOf))
}

/** The name of a list's member: itself, or what its map calls name, title, label or slug. */
export function nameOf(value: unknown): string | null {
  if (!isMap(value)) return lineOf(value)
  for (const key of ['name', 'title', 'label', 'slug', 'id']) {
    const name = Object.hasOwn(value, key) ? lineOf(value[key]) : null
    if (name !== null) return name
  }
  return null
}

function unique(names: readonly (string | null)[]): string[] {
  return [...new Set(names.filter(name => name !== null))]
}
