import type { ConfigFile } from '../config/schema.ts'
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
  const expression = expressionOrName?.trim() ?? ''
  if (expression === '') return null
  const { segments, site } = config
  return { expression, condition: parseSegment(expression, { segments, timeZone: site.timeZone }) }
}
