import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alignRows } from '../../../src/web/shots/align-rows.ts'

/** `ab|cd`: one letter for each row. Shown as pairs: `aa` the same row, `ax` a changed one, `a-` only old, `-x` only fresh. */
function aligned(old: string, fresh: string): string {
  const rows = alignRows(Array.from(old), Array.from(fresh))
  return rows.map(row => `${row.old === null ? '-' : old[row.old]}${row.fresh === null ? '-' : fresh[row.fresh]}`).join(' ')
}

describe('alignRows()', () => {
  it.each([
    ['abc', 'abc', 'aa bb cc'],
    ['abc', 'abXc', 'aa bb -X cc'],
    ['abXc', 'abc', 'aa bb X- cc'],
    ['abc', 'aXc', 'aa bX cc'],
    ['a b c', 'a bX c', 'aa    bb -X    cc'],
    ['abc', '', 'a- b- c-'],
    ['', 'ab', '-a -b'],
    ['....', '......', '.. .. .. .. -. -.'],
    ['abcde', 'deabc', '-d -e aa bb cc d- e-'],
  ])('lays %j over %j as %s', (old, fresh, expected) => {
    expect(aligned(old, fresh)).toBe(expected)
  })

  it('keeps every row of both, once and in order', () => {
    const rows = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', ' '), { maxLength: 30 })
    fc.assert(
      fc.property(rows, rows, (old, fresh) => {
        const pairs = alignRows(old, fresh)
        expect(pairs.flatMap(pair => pair.old ?? [])).toEqual(old.map((_, index) => index))
        expect(pairs.flatMap(pair => pair.fresh ?? [])).toEqual(fresh.map((_, index) => index))
        expect(pairs.filter(pair => pair.old === null && pair.fresh === null)).toEqual([])
      }),
    )
  })

  it('finds all rows of a picture that has only grown', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 30 }), fc.nat(), fc.nat(9), (rows, at, more) => {
        const place = at % (rows.length + 1)
        const grown = [...rows.slice(0, place), ...Array<string>(more).fill('new row'), ...rows.slice(place)]
        fc.pre(!rows.includes('new row'))
        expect(alignRows(rows, grown).filter(pair => pair.old !== null && pair.fresh !== null)).toHaveLength(rows.length)
      }),
    )
  })
})
