/** The fields that segments compare, and their values in the form that the ledger holds them. */

import { cleanLine } from '../content/clean-text.ts'
import { subscriberStates } from '../ledger/tables.ts'
import { normalDomain } from '../message/check-address.ts'
import { normalAttributeName } from './attributes.ts'
import { normalAddress } from './normal-address.ts'
import type { SegmentField } from './segment.ts'
import { normalTag } from './tags.ts'

/** Fields by the name that an expression writes; `attribute.…` comes on top. */
export const plainFields = ['tag', 'language', 'domain', 'address', 'name', 'state'] as const

/** The field of that name; null where there is none. */
export function segmentField(word: string): SegmentField | null {
  const lowered = word.toLowerCase()
  const plain = plainFields.find(name => name === lowered)
  if (plain !== undefined) return { kind: plain }
  if (!lowered.startsWith('attribute.')) return null
  const name = normalAttributeName(word.slice('attribute.'.length))
  return name === null ? null : { kind: 'attribute', name }
}

/** What values a field has, for whoever wrote something else. */
export const expectedValues: Readonly<Record<SegmentField['kind'], string>> = {
  tag: 'a tag, such as berlin',
  language: 'a language tag, such as de or pt-BR',
  domain: 'a domain, such as gmail.com',
  address: 'an address, such as ada@reader.example',
  name: 'a name, such as "Ada Lovelace"',
  state: subscriberStates.join(', '),
  attribute: 'a text, such as "New York"',
}

/** A value to compare the field with, in the form that the ledger holds it; null where the text is none. */
export function segmentValue(field: SegmentField, text: string): string | null {
  switch (field.kind) {
    case 'tag':
      return normalTag(text)
    case 'language':
      return /^[a-z]{2,8}(-[a-z0-9]{1,8})*$/i.test(text) ? text.toLowerCase() : null
    case 'domain':
      return normalDomain(text)
    case 'address': {
      const address = normalAddress(text)
      return address.kind === 'address' ? address.address : null
    }
    case 'state':
      return subscriberStates.find(state => state === text.toLowerCase()) ?? null
    default:
      return cleanLine(text)
  }
}
