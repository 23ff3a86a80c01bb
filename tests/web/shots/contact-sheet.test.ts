import { describe, expect, it } from 'vitest'
import { contactSheetPage, layOutSheet, type PlacedPicture, thumbnailPage } from '../../../src/web/shots/contact-sheet.ts'

const desktop = { width: 1024, height: 2000 }
const mobile = { width: 375, height: 3000 }
const png = new Uint8Array([1, 2, 3])
const heading = { title: 'Tides & <lamps>', note: '2026-w06', direction: 'ltr' } as const

function overlap(a: PlacedPicture, b: PlacedPicture): boolean {
  return a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height
}

describe('layOutSheet()', () => {
  it('puts pictures beside each other, in rows, inside the sheet, none over another', () => {
    const { width, height, places } = layOutSheet([desktop, mobile, desktop, mobile, mobile, desktop, desktop], 3)
    expect(places).toHaveLength(7)
    expect(new Set(places.map(place => place.top)).size).toBe(3)
    for (const [index, place] of places.entries()) {
      expect(place.left + place.width).toBeLessThan(width)
      expect(place.top + place.height).toBeLessThan(height)
      for (const other of places.slice(index + 1)) expect(overlap(place, other)).toBe(false)
    }
  })

  it('makes all pictures smaller alike, so that text is as large in each', () => {
    const { places } = layOutSheet([desktop, mobile], 5)
    expect(new Set(places.map(place => place.scale)).size).toBe(1)
    expect(places[1]).toMatchObject({ width: 188, height: 1500, shift: 0 })
  })

  it('cuts the margins of a wide page alike at both sides', () => {
    const [place] = layOutSheet([desktop], 5).places
    expect(place).toMatchObject({ width: 360, shift: 76 })
  })

  it('shows the upper part of a very long page, and says that it goes on', () => {
    const [long, short] = layOutSheet([{ width: 1024, height: 9000 }, desktop], 5).places
    expect(long).toMatchObject({ height: 1400, cut: true })
    expect(short).toMatchObject({ height: 1000, cut: false })
  })

  it('has room for a heading when there is nothing to show', () => {
    expect(layOutSheet([], 5)).toMatchObject({ width: 440, places: [] })
  })
})

describe('contactSheetPage()', () => {
  it('labels every picture, escapes what a subject holds, and asks for nothing', () => {
    const pictures = [{ ...desktop, label: 'Desktop', png }]
    const page = contactSheetPage(heading, pictures, layOutSheet(pictures, 5))
    expect(page).toContain('Tides &amp; &lt;lamps&gt;')
    expect(page).toMatch(/<h2[^>]*>Desktop<\/h2>/)
    expect(page).toContain('data:image/png;base64,AQID')
    expect(page).not.toMatch(/https?:|url\(|<script/)
  })

  it('has a subject from right to left begin at the right', () => {
    expect(contactSheetPage({ ...heading, direction: 'rtl' }, [], layOutSheet([], 5))).toContain('<header dir="rtl"')
  })
})

describe('thumbnailPage()', () => {
  it('shows the middle of a wide page, and all of a narrow one', () => {
    expect(thumbnailPage({ ...desktop, label: '', png }, { width: 480, height: 360 })).toContain('left:-144px;width:768px')
    expect(thumbnailPage({ ...mobile, label: '', png }, { width: 480, height: 360 })).toContain('left:0px;width:480px')
  })
})
