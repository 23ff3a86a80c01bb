import { describe, expect, it } from 'vitest'
import { loadGrayMatter } from '../../src/content/load-gray-matter.ts'

describe('loadGrayMatter()', () => {
  it('gives a gray-matter that still reads and writes YAML by its own engine', () => {
    const matter = loadGrayMatter()
    const file = matter('---\ntitle: One\ntags: [a, b]\n---\nBody')
    expect(file.data).toEqual({ title: 'One', tags: ['a', 'b'] })
    expect(matter.stringify('Body', { title: 'One' })).toBe('---\ntitle: One\n---\nBody\n')
  })

  it('gives the same one each time', () => {
    expect(loadGrayMatter()).toBe(loadGrayMatter())
  })
})
