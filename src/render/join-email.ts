/** Joins a recipient's values into a rendered email. Pure, and the only thing that is done per recipient. */

import { cleanLine } from '../content/clean-text.ts'
import type { MergeContext, MergeSegment, MergeValues, Segment } from './email.ts'
import { escapeHtml } from './escape-html.ts'
import { safeLink } from './safe-url.ts'

/**
 * The finished text of one recipient: each value escaped for the place where it stands, its fallback where it is missing, empty or, as an address, not
 * https, http or mailto. Values are never read as a template or as a merge field.
 */
export function joinSegments<Field extends string>(segments: readonly Segment<Field>[], values: NoInfer<MergeValues<Field>>): string {
  return segments.map(segment => ('text' in segment ? segment.text : joinValue(segment, values))).join('')
}

/** What {@link joinSegments} puts in the place of one merge field. */
export function joinValue<Field extends string>(segment: MergeSegment<Field>, values: NoInfer<MergeValues<Field>>): string {
  const given: string | undefined = Object.hasOwn(values, segment.merge) ? values[segment.merge] : undefined
  const value = given === undefined ? '' : escapeFor(segment.context, given)
  return value === '' ? escapeFor(segment.context, segment.fallback) : value
}

/** One value as it may stand in a context. An address that no mail program should open is empty. */
export function escapeFor(context: MergeContext, value: string): string {
  switch (context) {
    case 'text':
      return cleanLine(value)
    case 'html':
    case 'attribute':
      return escapeHtml(cleanLine(value))
    case 'url':
      // An address of a recipient is whole: there is no site to make it absolute with.
      return escapeHtml(safeLink(cleanLine(value)) ?? '')
  }
}
