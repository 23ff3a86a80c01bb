import type { Email, Segment } from '../render/email.ts'
import { joinSegments } from '../render/join-email.ts'
import { usualValues } from '../render/usual-values.ts'
import type { Complaint } from './finding.ts'

/** A line and a column, from 1; both null where a whole part is meant. */
export interface LineColumn {
  readonly line: number | null
  readonly column: number | null
}

/** Counts lines and columns as email.html and email.txt have them, where merge fields stand by name (`{{unsubscribeUrl}}`). */
export function createLocator(email: Email): (place: Complaint['place']) => LineColumn {
  return ({ part, at }) => {
    if (at === undefined || (part !== 'html' && part !== 'text')) return { line: null, column: null }
    return positionIn(email[part], typeof at === 'number' ? at : at.start)
  }
}

/** The place in the written file of an offset in the text whose merge fields are filled with the usual values. */
function positionIn(segments: readonly Segment[], offset: number): LineColumn {
  let written = ''
  let left = offset
  for (const segment of segments) {
    const inspected = 'text' in segment ? segment.text : joinSegments([segment], usualValues)
    if (left < inspected.length) {
      if ('text' in segment) written += segment.text.slice(0, left)
      break
    }
    left -= inspected.length
    written += 'text' in segment ? segment.text : `{{${segment.merge}}}`
  }
  const lines = written.split('\n')
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 }
}
