import { expect, it } from 'vitest'
import { quoteValue } from '../../src/config/quote-value.ts'

it.each([
  [undefined, 'nothing'],
  [null, 'null'],
  [7.5, '7.5'],
  ['a "word"\nand more', '"a \\"word\\"\\nand more"'],
  ['turned \u202e around', '"turned \\u202e around"'],
  [[], 'an empty list'],
  [['a', ['b']], 'a list of 2'],
  [{}, 'a map with no keys'],
  [{ 'a\u001b[2J': 1, b: 2, c: 3, d: 4, e: 5 }, 'a map with a\\u001b[2J, b, c, d'],
])('quoteValue(%j) is %s', (value, quoted) => {
  expect(quoteValue(value)).toBe(quoted)
})

it('quoteValue() cuts what is long to 80 characters, between characters', () => {
  expect(quoteValue('x'.repeat(1_000_000))).toBe(`"${'x'.repeat(78)}…`)
  expect(quoteValue('👩'.repeat(100))).toBe(`"${'👩'.repeat(39)}…`)
  expect(quoteValue(`x${'👩'.repeat(100)}`).isWellFormed()).toBe(true)
  expect(quoteValue(10n ** 90n)).toHaveLength(80)
})

it('quoteValue() never walks into a value that holds itself', () => {
  const list: unknown[] = []
  list.push(list)
  expect(quoteValue({ list })).toBe('a map with list')
})
