import { expect, it } from 'vitest'
import { formatDuration } from '../../src/report/format-duration.ts'

it.each([
  [0, '0.0 s'],
  [449, '0.4 s'],
  [35_400, '35 s'],
  [725_000, '12 min 5 s'],
  [14_520_000, '4 h 2 min'],
  [3_600_000, '1 h'],
  [273_600_000, '3 d 4 h'],
])('formatDuration(%i) is %s', (milliseconds, text) => expect(formatDuration(milliseconds)).toBe(text))
