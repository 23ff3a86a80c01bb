/** How much two pictures differ, and a picture that shows where. */

import { createHash } from 'node:crypto'
import pixelmatch from 'pixelmatch'
import { PNG } from 'pngjs'
import { type AlignedRow, alignRows } from './align-rows.ts'

/** A comparison. `percent` is the share of changed pixels, 0 to 100; what only one of the pictures has counts as changed. */
export interface PictureDifference {
  readonly percent: number
  readonly changedPixels: number
  /** Device pixels of both pictures laid over each other: room for the rows that either has. */
  readonly width: number
  readonly height: number
  /** The later picture, pale, with its changes in red; rows and columns that only one has are tinted. Null where nothing has changed. */
  readonly png: Buffer | null
}

const red = [214, 32, 40] as const
const pale = [206, 206, 206] as const

/**
 * Compares two PNG pictures pixel by pixel. Rows that have only moved up or down are laid over each other and do not count; nor do differences of
 * smoothing at the edge of a letter.
 */
export function comparePictures(before: Buffer, after: Buffer): PictureDifference {
  if (before.equals(after)) return { ...sizeOf(PNG.sync.read(after)), percent: 0, changedPixels: 0, png: null }
  const [old, fresh] = [PNG.sync.read(before), PNG.sync.read(after)]
  const rows = alignRows(rowKeys(old), rowKeys(fresh))
  const [width, height] = [Math.max(old.width, fresh.width), rows.length]
  const shared = Math.min(old.width, fresh.width)
  const output = new PNG({ width, height })
  // Where only one picture has anything, both are given it: it is counted here, and not a second time by its pixels.
  const [left, right] = [overlay(old, fresh, rows, shared, 'old'), overlay(old, fresh, rows, shared, 'fresh')]
  const inside = pixelmatch(left.data, right.data, output.data, width, height, {
    threshold: 0.08,
    alpha: 0.25,
    aaColor: [...pale],
    diffColor: [...red],
    checkerboard: false,
  })
  const alone = rows.reduce((sum, row) => sum + (isAlone(row) ? width : width - shared), 0)
  const changedPixels = inside + alone
  if (changedPixels === 0) return { percent: 0, changedPixels, width, height, png: null }
  tint(output, rows, shared)
  return { percent: (changedPixels / (width * height)) * 100, changedPixels, width, height, png: PNG.sync.write(output) }
}

function sizeOf({ width, height }: PNG): { readonly width: number; readonly height: number } {
  return { width, height }
}

function isAlone({ old, fresh }: AlignedRow): boolean {
  return old === null || fresh === null
}

function rowKeys({ data, width, height }: PNG): readonly string[] {
  return Array.from({ length: height }, (_, y) =>
    createHash('sha1')
      .update(data.subarray(y * width * 4, (y + 1) * width * 4))
      .digest('base64'),
  )
}

/** One of the pictures with its rows where they were laid; what only the other has is taken from there. */
function overlay(old: PNG, fresh: PNG, rows: readonly AlignedRow[], shared: number, side: 'old' | 'fresh'): PNG {
  const width = Math.max(old.width, fresh.width)
  const whole = new PNG({ width, height: rows.length })
  const wider = old.width > fresh.width ? 'old' : 'fresh'
  const copy = (from: 'old' | 'fresh', row: AlignedRow, y: number, left: number, right: number) => {
    const [picture, index] = from === 'old' ? [old, row.old] : [fresh, row.fresh]
    const end = Math.min(right, picture.width)
    if (index === null || end <= left) return
    const start = index * picture.width
    whole.data.set(picture.data.subarray((start + left) * 4, (start + end) * 4), (y * width + left) * 4)
  }
  for (const [y, row] of rows.entries()) {
    const own = row[side] === null ? (side === 'old' ? 'fresh' : 'old') : side
    copy(own, row, y, 0, isAlone(row) ? width : shared)
    if (!isAlone(row)) copy(wider, row, y, shared, width)
  }
  return whole
}

/** What only one picture has is neither the same nor changed in places: all of it is tinted. */
function tint({ data, width }: PNG, rows: readonly AlignedRow[], shared: number): void {
  for (const [y, row] of rows.entries())
    for (let x = isAlone(row) ? 0 : shared; x < width; x += 1) {
      const at = (y * width + x) * 4
      for (const [channel, value] of red.entries()) data[at + channel] = ((data[at + channel] ?? 0) + value) >> 1
      data[at + 3] = 255
    }
}
