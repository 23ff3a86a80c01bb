import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatView, parseView, tabs, type View, widthLimits } from '../../../../src/web/preview/app/view.ts'

const name = fc.option(fc.string(), { nil: null })
const views: fc.Arbitrary<View> = fc.record({
  edition: name,
  template: name,
  recipient: name,
  variant: fc.constantFrom('B' as const, null),
  simulation: name,
  beside: fc.oneof(
    fc.constant({ kind: 'nothing' } as const),
    fc.constant({ kind: 'last' } as const),
    fc.record({ kind: fc.constant('simulation' as const), id: fc.string() }),
  ),
  width: fc.option(fc.integer({ min: widthLimits.least, max: widthLimits.most }), { nil: null }),
  tab: fc.constantFrom(...tabs),
  remote: fc.constant(false),
})

describe('parseView()', () => {
  it('reads back every view that formatView() writes', () => {
    fc.assert(
      fc.property(views, view => {
        expect(parseView(formatView(view))).toEqual(view)
      }),
    )
  })

  it('takes what it cannot understand as if it were not there', () => {
    expect(parseView('#tab=nonsense&width=wide&beside=what&variant=A')).toEqual(parseView(''))
    expect(parseView('#width=99999').width).toBe(widthLimits.most)
  })

  it('never loads pictures from elsewhere because a link says so', () => {
    expect(parseView('#remote=1').remote).toBe(false)
    expect(formatView({ ...parseView(''), remote: true })).toBe('')
  })
})
