import { describe, expect, it } from 'vitest'
import { sourcesOf, standsIn } from './source-text.ts'

const source = {
  file: 'en/2026/low-water/index.md',
  raw: '---\nslug: low-tide\ntitle: Low\n---\n\nThe **harbour**[^1] runs [dry](/dry (twice)) :ship: at `ebb<T>` &mdash; and\n<em>nobody</em> minds.\n',
}

describe('standsIn()', () => {
  it('finds a sentence through markup, marks and line breaks', () => {
    expect(standsIn('The harbour runs dry at ebb<T> — and nobody minds.', source)).toBe(true)
  })

  it('does not find a sentence in which a word was changed, left out or added', () => {
    for (const changed of [
      'The harbour ran dry at ebb<T>',
      'The harbour runs at ebb<T>',
      'The old harbour runs dry',
      'and nobody minds it',
    ]) {
      expect(standsIn(changed, source), changed).toBe(false)
    }
  })
})

describe('sourcesOf()', () => {
  it('finds a post by its path or by the slug it names', () => {
    expect(sourcesOf('low-tide', [source])).toEqual([source])
    expect(sourcesOf('2026/low-water', [source])).toEqual([source])
    expect(sourcesOf('low', [{ ...source, file: 'x.md' }])).toEqual([])
  })
})
