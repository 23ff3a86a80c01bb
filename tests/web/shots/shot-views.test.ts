import { describe, expect, it } from 'vitest'
import type { Simulation } from '../../../src/inspect/simulate/simulation.ts'
import { simulations } from '../../../src/inspect/simulate/simulations.ts'
import { allViews, chooseViews } from '../../../src/web/shots/shot-views.ts'

const idsOf = (views: readonly { readonly id: string }[]) => views.map(({ id }) => id)

describe('chooseViews()', () => {
  it('takes desktop, mobile, dark, Outlook on Windows and pictures off when nothing is asked for', () => {
    expect(idsOf(chooseViews(simulations, []))).toEqual(['desktop', 'mobile', 'dark', 'outlook-windows', 'images-off'])
  })

  it('takes those that are named, in its own order, and all for "all"', () => {
    expect(idsOf(chooseViews(simulations, ['gmail', 'mobile']))).toEqual(['mobile', 'gmail'])
    expect(chooseViews(simulations, ['all'])).toHaveLength(simulations.length + 3)
  })

  it('names the views there are when one is not', () => {
    expect(() => chooseViews(simulations, ['lotus-notes'])).toThrow(
      expect.objectContaining({
        problems: [expect.objectContaining({ code: 'usage', got: 'lotus-notes', expected: expect.stringContaining('outlook-windows') })],
      }),
    )
  })
})

describe('allViews()', () => {
  it('has a name for each that can be that of a file, and no name twice', () => {
    const ids = idsOf(allViews(simulations))
    expect(ids.filter(id => !/^[a-z][a-z0-9-]*$/.test(id) || ['contact-sheet', 'thumbnail', 'diff', 'all'].includes(id))).toEqual([])
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('says of a simulation that it is one', () => {
    const simulation: Simulation = {
      id: 'x',
      name: 'X Mail',
      describes: '',
      scheme: 'dark',
      transform: ({ html }) => ({ html, changes: [] }),
    }
    expect(allViews([simulation]).at(-1)).toMatchObject({ id: 'x', label: 'X Mail (simulated)', scheme: 'dark' })
  })
})
