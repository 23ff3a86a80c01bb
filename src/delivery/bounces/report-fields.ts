/** The pieces that reports are made of: fields in groups, addresses, identifiers. All of it is text of strangers. */

import { cleanLine } from '../../content/clean-text.ts'
import { checkAddress } from '../../message/check-address.ts'

const longestText = 500
const mostLines = 20_000
const longestField = 4000

/** Fields of a group, by name in lower case, values in the order in which they stand. */
export type FieldGroup = ReadonlyMap<string, readonly string[]>

/**
 * Fields as headers are written (RFC 5322 §2.2), unfolded, in groups that empty lines part; no group is empty. Lines that are no field are passed over,
 * and so is everything after 20,000 lines.
 */
export function parseFieldGroups(text: string): FieldGroup[] {
  const groups: Map<string, string[]>[] = []
  let group: Map<string, string[]> | null = null
  let values: string[] | null = null
  for (const line of text.split(/\r\n|\r|\n/, mostLines)) {
    if (/^[ \t]*$/.test(line)) {
      group = null
      values = null
      continue
    }
    if (/^[ \t]/.test(line)) {
      unfold(values, line)
      continue
    }
    const name = /^[!-9;-~]{1,76}(?=[ \t]{0,8}:)/.exec(line)?.[0].toLowerCase()
    if (name === undefined) {
      values = null
      continue
    }
    if (group === null) {
      group = new Map()
      groups.push(group)
    }
    values = group.get(name) ?? []
    if (values.length === 0) group.set(name, values)
    values.push(line.slice(line.indexOf(':') + 1, longestField).trim())
  }
  return groups
}

function unfold(values: string[] | null, line: string): void {
  const last = values?.at(-1)
  if (values != null && last !== undefined && last.length < longestField)
    values[values.length - 1] = `${last} ${line.trim()}`.slice(0, longestField)
}

/** The first value of a field; null where it is absent or empty. */
export function fieldOf(group: FieldGroup | undefined, name: string): string | null {
  const value = group?.get(name)?.[0]
  return value === undefined || value === '' ? null : value
}

/**
 * The address in a field such as `rfc822; <a@b.example>` or `utf-8; \x{FC}@b.example` (RFC 3464 §2.3.2, RFC 6533 §3), in normal form; null where it is none
 * that mail could have gone to.
 */
export function addressOf(value: string | null): string | null {
  if (value === null || value.length > longestField) return null
  const bare = value.replace(/^\s*[a-z0-9-]{1,20}\s*;/i, '').trim()
  const unescaped = bare.replace(/\\x\{([0-9a-f]{1,6})\}/gi, (whole, hex: string) => fromCodePoint(Number.parseInt(hex, 16)) ?? whole)
  const inBrackets = /<([^<>]{1,320})>/.exec(unescaped)?.[1] ?? unescaped
  const checked = checkAddress(inBrackets.trim().normalize('NFC'), { beyondAscii: true })
  return checked.kind === 'address' ? checked.address : null
}

/** Every address in a header of addresses, in normal form: at most 20. Names, comments and groups are passed over. */
export function addressesIn(text: string): string[] {
  const found = text.slice(0, longestField).match(/[^\s<>()[\]",:;\\]{1,64}@[^\s<>()[\]",:;\\@]{1,255}/g) ?? []
  return unique(found.slice(0, 20).map(addressOf))
}

/** The Message-ID in a text, with its angle brackets (RFC 5322 §3.6.4); null where there is none. */
export function messageIdOf(value: string | null): string | null {
  return /<[^\s<>@]{1,250}@[^\s<>@]{1,250}>/.exec(value ?? '')?.[0] ?? null
}

/**
 * An enhanced status code of a failure standing alone in a text: `5.1.1`, also in `(#5.1.1)`. An IP address is none, nor is the version of a server in
 * most cases: subjects end at 7.
 */
export function enhancedCodeIn(text: string): string | null {
  return /(?<![\d.])[45]\.[0-7]\.\d{1,3}(?!\.?\d)/.exec(text)?.[0] ?? null
}

/** A stranger's words on one line, without control characters, cut to 500 characters. */
export function shortLine(text: string): string {
  return cleanLine(cleanLine(text.slice(0, longestField)).slice(0, longestText))
}

/** The values that are not null, each once. */
export function unique(values: readonly (string | null)[]): string[] {
  return [...new Set(values.filter(each => each !== null))]
}

function fromCodePoint(point: number): string | null {
  return point > 0x1f && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff) ? String.fromCodePoint(point) : null
}
