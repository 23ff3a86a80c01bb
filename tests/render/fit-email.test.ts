import { describe, expect, it } from 'vitest'
import { fitEmail } from '../../src/render/fit-email.ts'

/** An email of 10 kB and 3 kB an item, 0.3 kB where the item is only a link. */
function sizes(count: number) {
  const asked: number[] = []
  return {
    asked,
    render: async (full: number) => {
      asked.push(full)
      return { bytes: 10_000 + full * 3_000 + (count - full) * 300 }
    },
  }
}

describe('fitEmail()', () => {
  it('renders once and keeps everything when it fits', async () => {
    const { asked, render } = sizes(8)
    expect(await fitEmail(8, render)).toEqual({ rendered: { bytes: 34_000 }, full: 8 })
    expect(asked).toEqual([8])
  })

  it('keeps as many items whole as fit, to the last', async () => {
    const { rendered, full } = await fitEmail(40, sizes(40).render)
    expect(full).toBe(23)
    expect(rendered.bytes).toBe(10_000 + 23 * 3_000 + 17 * 300)
  })

  it('counts a size of exactly the budget as fitting', async () => {
    expect((await fitEmail(2, sizes(2).render, 16_000)).full).toBe(2)
    expect((await fitEmail(2, sizes(2).render, 15_999)).full).toBe(1)
  })

  it('gives links alone when not even they fit', async () => {
    expect(await fitEmail(5, sizes(5).render, 1_000)).toEqual({ rendered: { bytes: 11_500 }, full: 0 })
  })

  it('tries few renderings', async () => {
    const { asked, render } = sizes(500)
    await fitEmail(500, render, 100_000)
    expect(asked.length).toBeLessThan(12)
  })
})
