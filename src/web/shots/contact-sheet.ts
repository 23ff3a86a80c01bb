/** All pictures of an edition on one sheet, with their names: laid out here, drawn by the browser. */

import { escapeHtml } from '../../render/escape-html.ts'

/** A picture for the sheet. Sizes are CSS pixels of the page that it shows. */
export interface SheetPicture {
  readonly label: string
  readonly width: number
  readonly height: number
  readonly png: Uint8Array
}

/** What stands at the top of the sheet. */
export interface SheetHeading {
  readonly title: string
  readonly note: string
  readonly direction: 'ltr' | 'rtl'
}

/** Where a picture lies on the sheet, in pixels of the sheet. `scale` is what the page is made smaller by; what sticks out of the frame is not shown. */
export interface PlacedPicture {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  readonly scale: number
  /** How far the page is pushed to the left, so that the margins at both its sides are cut alike. */
  readonly shift: number
  /** Whether the page goes on below the frame. */
  readonly cut: boolean
}

/** The sheet's size, and a place for every picture in their order. */
export interface SheetLayout {
  readonly width: number
  readonly height: number
  readonly places: readonly PlacedPicture[]
}

const margin = 40
const gap = 28
const headingHeight = 84
const labelHeight = 40
const scale = 0.5
/** An email is 600 wide: of a wider page this much is shown, from its middle. */
const shownWidth = 720
/** What of a long page is shown, in its own pixels: the lower end of a long digest adds nothing to a look at all of it. */
const shownHeight = 2800
/** A page that is hardly longer is shown whole. */
const longPage = 3400

/** Lays the pictures out in rows, all made smaller alike, so that text is as large on a phone as on a desktop. */
export function layOutSheet(pictures: readonly Pick<SheetPicture, 'width' | 'height'>[], perRow: number): SheetLayout {
  const places: PlacedPicture[] = []
  let [top, width] = [margin + headingHeight, 0]
  for (let start = 0; start < pictures.length; start += perRow) {
    let left = margin
    let rowHeight = 0
    for (const picture of pictures.slice(start, start + perRow)) {
      const placed = place(picture, left, top + labelHeight)
      places.push(placed)
      left += placed.width + gap
      rowHeight = Math.max(rowHeight, placed.height)
    }
    width = Math.max(width, left - gap)
    top += labelHeight + rowHeight + gap
  }
  return { width: Math.max(width, 400) + margin, height: top - gap + margin, places }
}

function place(picture: Pick<SheetPicture, 'width' | 'height'>, left: number, top: number): PlacedPicture {
  const [wide, high] = [Math.min(picture.width, shownWidth), picture.height > longPage ? shownHeight : picture.height]
  return {
    left,
    top,
    width: Math.round(wide * scale),
    height: Math.round(high * scale),
    scale,
    shift: Math.round(((picture.width - wide) / 2) * scale),
    cut: picture.height > high,
  }
}

/** The sheet as a page of exactly the layout's size. It holds its pictures and asks for nothing. */
export function contactSheetPage(heading: SheetHeading, pictures: readonly SheetPicture[], layout: SheetLayout): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><style>${styles}</style></head>
<body style="width:${layout.width}px;height:${layout.height}px">
<header dir="${heading.direction}" style="left:${margin}px;right:${margin}px;top:${margin - 8}px"><h1>${escapeHtml(heading.title)}</h1><p dir="auto">${escapeHtml(heading.note)}</p></header>
${pictures.map((picture, index) => renderPicture(picture, layout.places[index])).join('\n')}
</body></html>
`
}

function renderPicture(picture: SheetPicture, placed: PlacedPicture | undefined): string {
  if (placed === undefined) return ''
  const { left, top, width, height, shift, cut } = placed
  const source = `data:image/png;base64,${Buffer.from(picture.png).toString('base64')}`
  return `<h2 style="left:${left}px;top:${top - labelHeight}px;width:${width}px">${escapeHtml(picture.label)}</h2>
<div class="frame${cut ? ' cut' : ''}" style="left:${left}px;top:${top}px;width:${width}px;height:${height}px"><img alt="" src="${source}" style="left:${-shift}px;width:${picture.width * placed.scale}px"></div>`
}

/** The upper part of a picture as a page of `size`: what a gallery shows of an edition. */
export function thumbnailPage(picture: SheetPicture, size: { readonly width: number; readonly height: number }): string {
  const wide = Math.min(picture.width, 640)
  const factor = size.width / wide
  const source = `data:image/png;base64,${Buffer.from(picture.png).toString('base64')}`
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><style>body{margin:0;overflow:hidden}img{position:absolute;top:0}</style></head>
<body><img alt="" src="${source}" style="left:${(-(picture.width - wide) / 2) * factor}px;width:${picture.width * factor}px"></body></html>
`
}

const styles = `
body { margin: 0; position: relative; overflow: hidden; background: #e6e9ee; color: #16181d; font-family: -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif }
header, h2, .frame { position: absolute }
h1, h2, p { margin: 0; white-space: nowrap; overflow: hidden; text-overflow: ellipsis }
h1 { font-size: 28px; line-height: 38px; font-weight: 700; letter-spacing: -0.01em }
p { font-size: 17px; line-height: 26px; color: #4b5361; text-align: start }
h2 { font-size: 17px; line-height: 32px; font-weight: 600; color: #2c323c }
.frame { overflow: hidden; border-radius: 10px; background: #ffffff; box-shadow: 0 0 0 1px rgba(20, 28, 45, 0.1), 0 6px 22px rgba(20, 28, 45, 0.14) }
.frame img { position: absolute; top: 0; display: block }
.cut::after { content: ''; position: absolute; inset: auto 0 0; height: 90px; background: linear-gradient(rgba(230, 233, 238, 0), #e6e9ee) }
`
