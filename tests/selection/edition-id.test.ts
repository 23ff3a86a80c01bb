import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { UserError } from '../../src/errors.ts'
import { editionIdOf, parseEditionId, rhythmOf } from '../../src/selection/edition-id.ts'

describe('parseEditionId()', () => {
  test.each([
    ['2026-w06', 'weekly'],
    ['2026-02', 'monthly'],
    ['2026-02-26', 'daily'],
    ['2026-02-01--2026-02-28', null],
    ['2026-02-26--2026-02-26', null],
    ['2020-w53', 'weekly'],
    ['2024-02-29', 'daily'],
  ] as const)('reads %s', (id, rhythm) => {
    expect(parseEditionId(id).id).toBe(id)
    expect(rhythmOf(parseEditionId(id))).toBe(rhythm)
  })

  test.each([
    ['2026-w06-de', '2026-w06', 'de'],
    ['2026-02-fa', '2026-02', 'fa'],
    ['2026-02-26-pt-br', '2026-02-26', 'pt-br'],
    ['2026-02-01--2026-02-28-de', '2026-02-01--2026-02-28', 'de'],
  ])('takes the language off the end of %s', (id, windowId, language) => {
    expect(parseEditionId(id)).toMatchObject({ id, windowId, language })
    expect(editionIdOf(windowId, language, 'en')).toBe(id)
    expect(editionIdOf(windowId, 'EN', 'en')).toBe(windowId)
  })

  test('reads a capital W as a small one, because the id names a file', () => {
    expect(parseEditionId('2026-W06').id).toBe('2026-w06')
  })

  test.each([
    '../x',
    '2026-w06/../../x',
    '2026-w06.md',
    '2026-w00',
    '2026-w54',
    '2025-w53',
    '2026-13',
    '2026-00',
    '2026-02-31',
    '2025-02-29',
    '2026-02-28--2026-02-01',
    '2026-02-01--2026-02-31',
    '2026-02-01--',
    '--2026-02-01',
    '2026-02-01--2026-02-02--2026-02-03',
    '2026-w6',
    '2026-w06\n',
    ' 2026-w06',
    '0026-02',
    '9999-12',
    '٢٠٢٦-٠٢',
    'latest',
    '',
    '__proto__',
  ])('refuses %j', id => {
    expect(() => parseEditionId(id)).toThrow(UserError)
  })

  test('lets nothing through that could lead out of a folder', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('.', '/', '\\', '-', 'w', '2', '0', '6', '1') })), text => {
        try {
          expect(parseEditionId(text).id).toMatch(
            /^\d{4}-(?:w\d\d|\d\d(?:-\d\d(?:--\d{4}-\d\d-\d\d)?)?)(?:-[a-z]{2,3}(?:-[a-z0-9]{2,8})*)?$/,
          )
        } catch (error) {
          expect(error).toBeInstanceOf(UserError)
        }
      }),
    )
  })

  test('cuts what it refuses short in the message', () => {
    try {
      parseEditionId('x'.repeat(100_000))
    } catch (error) {
      expect(JSON.stringify(error instanceof UserError && error.problems).length).toBeLessThan(600)
    }
    expect.assertions(1)
  })
})
