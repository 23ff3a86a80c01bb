/** How much two pictures differ, and a picture that shows where. */

import pixelmatch from 'pixelmatch'
import { PNG } from 'pngjs'

/** A comparison. `percent` is the share of changed pixels, 0 to 100; what only one of the pictures has counts as changed. */
export interface PictureDifference {
  readonly percent: number
  readonly changedPixels: number
  /** Device pixels: as wide and high as the larger picture. */
  readonly width: number
  readonly height: number
  /** The later picture, pale, with its changes in red; null where nothing has changed. */
  readonly png: Buffer | null
}

const red = [214, 32, 40, 255] as const

/** Compares two PNG pictures pixel by pixel, from their upper left corners. Differences of smoothing at the edge of a letter do not count. */
export function comparePictures(before: Buffer, after: Buffer): PictureDifference {
  const [old, fresh] = [PNG.sync.read(before), PNG.sync.read(after)]
  const [width, height] = [Math.max(old.width, fresh.width), Math.max(old.height, fresh.height)]
  const shared = { width: Math.min(old.width, fresh.width), height: Math.min(old.height, fresh.height) }
  const output = new PNG({ width, height })
  const changedInside = pixelmatch(padded(old, width, height), padded(fresh, width, height), output.data, width, height, {
    threshold: 0.08,
    alpha: 0.25,
    diffColor: [red[0], red[1], red[2]],
    aaColor: [206, 206, 206],
    checkerboard: false,
  })
  const changedOutside = width * height - shared.width * shared.height
  const changedPixels = changedOutside === 0 ? changedInside : changedOutside + countRed(output, shared)
  if (changedPixels === 0) return { percent: 0, changedPixels, width, height, png: null }
  paintOutside(output, shared)
  return { percent: (changedPixels / (width * height)) * 100, changedPixels, width, height, png: PNG.sync.write(output) }
}

function padded(picture: PNG, width: number, height: number): Uint8Array {
  if (picture.width === width && picture.height === height) return picture.data
  const whole = new PNG({ width, height, fill: true })
  whole.data.fill(0xff)
  PNG.bitblt(picture, whole, 0, 0, picture.width, picture.height, 0, 0)
  return whole.data
}

interface Area {
  readonly width: number
  readonly height: number
}

function countRed({ data, width }: PNG, area: Area): number {
  let count = 0
  for (let y = 0; y < area.height; y += 1)
    for (let x = 0; x < area.width; x += 1) {
      const at = (y * width + x) * 4
      if (data[at] === red[0] && data[at + 1] === red[1] && data[at + 2] === red[2]) count += 1
    }
  return count
}

/** What only one picture has is neither the same nor changed in places: all of it is tinted. */
function paintOutside(output: PNG, area: Area): void {
  const { data, width, height } = output
  for (let y = 0; y < height; y += 1)
    for (let x = y < area.height ? area.width : 0; x < width; x += 1) {
      const at = (y * width + x) * 4
      for (let channel = 0; channel < 3; channel += 1) data[at + channel] = ((data[at + channel] ?? 0) + (red[channel] ?? 0)) >> 1
      data[at + 3] = 255
    }
}
