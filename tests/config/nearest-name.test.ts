import { describe, expect, it } from 'vitest'
import { nearestName } from '../../src/config/nearest-name.ts'

describe('nearestName()', () => {
  it.each([
    ['titel', 'title'],
    ['nmae', 'name'],
    ['Titles', 'title'],
    ['featurdOnly', 'featuredOnly'],
  ])('takes "%s" for "%s"', (given, meant) => {
    expect(nearestName(given, ['featuredOnly', 'name', 'title'])).toBe(meant)
  })

  it.each(['colour', '', 'x'])('makes nothing of "%s"', given => {
    expect(nearestName(given, ['featuredOnly', 'name', 'title'])).toBeNull()
  })
})
