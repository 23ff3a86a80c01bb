import { describe, expect, it } from 'vitest'
import { openingOf, topicOf } from '../../src/edition/title-topic.ts'

describe('topicOf()', () => {
  it.each([
    ['Harbour lamps: what a night costs', 'Harbour lamps'],
    ['Eelgrass on the flats — counted by hand', 'Eelgrass on the flats'],
    ['The ferry is back. Again', 'The ferry is back'],
    ['Bell buoy No. 4 has its voice back', 'Bell buoy No. 4 has its voice back'],
    ['What the U.S. Navy left behind', 'What the U.S. Navy left behind'],
    ['Ask Dr. Marsh about the tides', 'Ask Dr. Marsh about the tides'],
    ['Rope v1.1 is out', 'Rope v1.1 is out'],
    ['A whole title with a stop.', 'A whole title with a stop'],
  ])('of "%s" is "%s"', (title, topic) => {
    expect(topicOf(title)).toBe(topic)
  })
})

describe('openingOf()', () => {
  it('is the longest opening that fits and is worth reading alone', () => {
    expect(openingOf('Harbour lamps: what a night costs — and who pays', 40)).toBe('Harbour lamps: what a night costs')
    expect(openingOf('Harbour lamps: what a night costs — and who pays', 20)).toBe('Harbour lamps')
    expect(openingOf('Lamps: what a night costs', 10)).toBeNull()
  })

  it('does not cut a title of 100,000 parts at each of them', () => {
    expect(openingOf('a: '.repeat(100_000), 78)).toBe(`${'a: '.repeat(25)}a`)
  })
})
