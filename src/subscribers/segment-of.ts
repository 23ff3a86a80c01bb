import type { ConfigFile } from '../config/schema.ts'
import { UserError } from '../errors.ts'
import { parseSegment } from './parse-segment.ts'
import type { Segment } from './segment.ts'

/** What segments need of the configuration. */
export interface SegmentSettings {
  readonly segments: ConfigFile['segments']
  readonly site: Pick<ConfigFile['site'], 'timeZone'>
}

/**
 * The segment that an expression describes, or that the configuration has under this name; null without either: everybody.
 * @throws UserError `segment-invalid`
 */
export function segmentOf(config: SegmentSettings, expressionOrName: string | undefined): Segment | null {
  if (expressionOrName === undefined) return null
  const expression = expressionOrName.trim()
  if (expression === '') throw emptyExpression()
  const { segments, site } = config
  return { expression, condition: parseSegment(expression, { segments, timeZone: site.timeZone }) }
}

/** Whoever writes "$SEGMENT" and has not set it does not mean everybody. */
function emptyExpression(): UserError {
  return new UserError({
    code: 'segment-invalid',
    message: 'the expression of the segment is empty',
    expected: 'tag = press',
    hint: 'Write an expression or the name of a segment; to mean everybody, leave the flag out.',
  })
}
