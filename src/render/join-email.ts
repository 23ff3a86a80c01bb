/** Joins a recipient's values into a rendered email. Pure, and the only thing that is done per recipient. */

import { cleanText } from './clean-text.ts'
import type { MergeContext, MergeValues, Segment } from './email.ts'
import { safeUrl } from './safe-url.ts'

/**
 * The finished text of one recipient: each value escaped for the place where it stands, its fallback where it is missing, empty or, as an address, not
 * https, http or mailto. Values are never read as a template or as a merge field.
 */
export function joinSegments(segments: readonly Segment[], values: MergeValues): string {
  return segments.map(segment => ('text' in segment ? segment.text : joinValue(segment, values))).join('')
}

type MergeSegment = Exclude<Segment, { readonly text: string }>

function joinValue(segment: MergeSegment, values: MergeValues): string {
  const given = Object.hasOwn(values, segment.merge) ? values[segment.merge] : undefined
  const value = given === undefined ? '' : escapeFor(segment.context, given)
  return value === '' ? escapeFor(segment.context, segment.fallback) : value
}

/** One value as it may stand in a context. An address that no mail program should open is empty. */
export function escapeFor(context: MergeContext, value: string): string {
  switch (context) {
    case 'text':
      return cleanText(value)
    case 'html':
      return escapeMarkup(cleanText(value))
    case 'attribute':
      return escapeMarkup(cleanText(value))
    case 'url':
      return escapeMarkup(absoluteUrl(cleanText(value)))
  }
}

// An address of a recipient is whole: there is no site to make it absolute with.
function absoluteUrl(value: string): string {
  return /^(?:https?|mailto):/i.test(value) ? (safeUrl(value, 'https://invalid.invalid') ?? '') : ''
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escapeMarkup(value: string): string {
  return value.replace(/[&<>"']/g, char => entities[char] ?? char)
}
