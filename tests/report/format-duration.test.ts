import { expect, it } from 'vitest'
import { formatDuration, formatRoughly } from '../../src/report/format-duration.ts'

it.each([
  [0, '0.0 s'],
  [449, '0.4 s'],
  [35_400, '35 s'],
  [90_000, '90 s'],
  [119_600, '2 min'],
  [725_000, '12 min 5 s'],
  [14_520_000, '4 h 2 min'],
  [3_600_000, '1 h'],
  [273_600_000, '3 d 4 h'],
])('formatDuration(%i) is %s', (milliseconds, text) => expect(formatDuration(milliseconds)).toBe(text))

it.each([
  [0, '1 s'],
  [449, '1 s'],
  [6400, '6 s'],
  [90_000, '90 s'],
  [119_600, '2 min'],
  [214_000, '4 min'],
  [3_599_000, '1 h'],
  [7_510_000, '2 h 5 min'],
  [273_600_000, '3 d 4 h'],
])('formatRoughly(%i) is %s', (milliseconds, text) => expect(formatRoughly(milliseconds)).toBe(text))
