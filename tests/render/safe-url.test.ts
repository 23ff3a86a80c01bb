import fc from 'fast-check'
import { expect, it } from 'vitest'
import { safeLink, safeUrl } from '../../src/render/safe-url.ts'

const pieces = [
  'https://',
  'HTTP://',
  'mailto:',
  'javascript:',
  '//',
  'a.example',
  'Ä.example',
  '10',
  '/',
  '..',
  '.',
  '%2e',
  '?',
  '#',
  '@',
  ':8',
  ' ',
  '\\',
  '"',
  '<',
  'x',
  'Ab_-9',
]

it('makes of an absolute address what safeUrl makes of it, whatever stands before and behind the last slash', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 3 })), { maxLength: 9 }), parts => {
      const value = parts.join('')
      const expected = /^(?:https?|mailto):/i.test(value) ? safeUrl(value, 'https://invalid.invalid') : null
      // Once more, when what stands before the last slash is known.
      expect([safeLink(value), safeLink(value)]).toEqual([expected, expected])
      expect(safeLink(`${value}/Tok-1_`)).toBe(
        /^(?:https?|mailto):/i.test(value) ? safeUrl(`${value}/Tok-1_`, 'https://invalid.invalid') : null,
      )
    }),
    { numRuns: 3000 },
  )
})
