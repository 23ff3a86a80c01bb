import type { Browser } from 'playwright-core'
import type { Edition } from '../../edition/edition.ts'
import { formatDateRange } from '../../locale/format-date.ts'
import { formatPercent } from '../../report/format-percent.ts'
import { contactSheetPage, layOutSheet, type SheetHeading, type SheetPicture, thumbnailPage } from './contact-sheet.ts'
import { screenshot } from './screenshot.ts'
import { openContext, type Shot } from './take-shot.ts'

/** How one view differs from what it was compared with. `percent` is of its pixels. */
export interface ViewDifference {
  readonly id: string
  readonly percent: number
  readonly changedPixels: number
  /** What shows the changes; null where there are none. */
  readonly png: Buffer | null
  /** Of `png`, in CSS pixels. */
  readonly width: number
  readonly height: number
}

/** Two sets of pictures and where they differ. */
export interface Comparison {
  readonly against: string
  readonly before: readonly Shot[]
  readonly differences: readonly ViewDifference[]
}

/** Pixels of a thumbnail. */
const thumbnailSize = { width: 480, height: 360 } as const

/** All pictures of an edition on one. */
export function drawSheet(browser: Browser, edition: Edition, shots: readonly Shot[]): Promise<Buffer> {
  return draw(browser, { ...headingOf(edition), note: `${namesOf(edition)}, “${edition.preheader}”` }, shots, 5)
}

/** Before, after and the changes of every view that has any, beside each other. */
export function drawDifferenceSheet(
  browser: Browser,
  edition: Edition,
  shots: readonly Shot[],
  { against, before, differences }: Comparison,
): Promise<Buffer> {
  const pictures = differences.flatMap(({ id, percent, png, width, height }): SheetPicture[] => {
    const [old, fresh] = [before, shots].map(each => each.find(shot => shot.id === id))
    if (old === undefined || fresh === undefined || png === null) return []
    return [
      { ...old, label: `${fresh.label}, before` },
      { ...fresh, label: `${fresh.label}, now` },
      { width, height, png, label: `Changed: ${formatPercent(percent)}` },
    ]
  })
  return draw(browser, { ...headingOf(edition), note: `${namesOf(edition)}, against ${against}` }, pictures, 3)
}

/** The upper part of a picture, for the gallery. */
export function drawThumbnail(browser: Browser, shot: Shot): Promise<Buffer> {
  return drawPage(browser, thumbnailPage(shot, thumbnailSize), thumbnailSize)
}

function draw(browser: Browser, heading: SheetHeading, pictures: readonly SheetPicture[], perRow: number): Promise<Buffer> {
  const layout = layOutSheet(pictures, perRow)
  return drawPage(browser, contactSheetPage(heading, pictures, layout), layout)
}

async function drawPage(
  browser: Browser,
  html: string,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<Buffer> {
  const context = await openContext(browser, 'light', width, 1)
  try {
    const page = await context.newPage()
    await page.setViewportSize({ width, height })
    await page.setContent(html, { waitUntil: 'load' })
    return await screenshot(page, { type: 'png' })
  } finally {
    await context.close()
  }
}

function headingOf({ subject, direction }: Edition): Pick<SheetHeading, 'title' | 'direction'> {
  return { title: subject, direction }
}

function namesOf({ id, window }: Edition): string {
  return `${id}, ${formatDateRange(window.firstDay, window.lastDay, 'en')}`
}
