import { describe, expect, it } from 'vitest'
import { parseEdition } from '../../src/output/read-edition.ts'
import { editionOf } from './edition-of.ts'

describe('parseEdition()', () => {
  it('reads two subjects back', () => {
    const edition = editionOf({ subjects: ['Tides', 'Lamps'], split: 0.2 })
    expect(parseEdition(JSON.stringify(edition))).toEqual(edition)
  })

  it('reads an edition that was written before there could be two', () => {
    const { subjects: _subjects, split: _split, ...old } = editionOf()
    expect(parseEdition(JSON.stringify(old))).toEqual(editionOf())
  })

  it('does not take what was cut off for an edition', () => {
    expect(parseEdition(JSON.stringify(editionOf()).slice(0, 200))).toBeNull()
  })
})
