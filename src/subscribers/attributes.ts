/** Free attributes of a subscriber: names in one form, values as text. */

import { cleanLine } from '../content/clean-text.ts'

/** Name to value. A Map, because people name columns `__proto__` and `constructor`, too. */
export type Attributes = ReadonlyMap<string, string>

const longestName = 60

/** An attribute's name as the ledger and segments write it: lower case, anything but letters, digits, `_`, `.` and `-` become dashes. Null where nothing is left. */
export function normalAttributeName(text: string): string | null {
  const name = text
    .normalize('NFC')
    .toLowerCase()
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}_.-]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
  return name === '' || name.length > longestName ? null : name
}

/** A value as the ledger holds it: one line without what must not be shown; empty counts as none. */
export function attributeValue(text: string): string {
  return cleanLine(text)
}

/** As the ledger's column holds them: names sorted, empty values left out. */
export function attributesJson(attributes: Attributes): string {
  const kept = [...attributes].filter(([, value]) => value !== '').sort(([a], [b]) => (a < b ? -1 : 1))
  // fromEntries defines own fields, so `__proto__` stays a name like any other.
  return kept.length === 0 ? '{}' : JSON.stringify(Object.fromEntries(kept))
}

/** The attributes in the ledger's column. */
export function attributesOf(json: string): Attributes {
  return json === '{}' ? new Map() : new Map(Object.entries(JSON.parse(json) as Record<string, string>))
}
