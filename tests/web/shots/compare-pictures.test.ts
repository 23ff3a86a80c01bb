import { PNG } from 'pngjs'
import { describe, expect, it } from 'vitest'
import { comparePictures } from '../../../src/web/shots/compare-pictures.ts'

type Colour = readonly [number, number, number]
const white: Colour = [255, 255, 255]
const black: Colour = [0, 0, 0]

/** A picture of one colour, with rectangles in others. */
function pictureOf(
  width: number,
  height: number,
  ground: Colour = white,
  ...blocks: readonly { x: number; y: number; width: number; height: number; colour: Colour }[]
): Buffer {
  const png = new PNG({ width, height })
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const block = blocks.findLast(each => x >= each.x && x < each.x + each.width && y >= each.y && y < each.y + each.height)
      png.data.set([...(block?.colour ?? ground), 255], (y * width + x) * 4)
    }
  return PNG.sync.write(png)
}

function pixelAt(png: Buffer | null, x: number, y: number): readonly number[] {
  const { data, width } = PNG.sync.read(png ?? Buffer.of())
  return [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 3)]
}

describe('comparePictures()', () => {
  it('finds no difference between a picture and itself, and draws none', () => {
    const picture = pictureOf(40, 30, white, { x: 5, y: 5, width: 10, height: 10, colour: black })
    expect(comparePictures(picture, picture)).toEqual({ percent: 0, changedPixels: 0, width: 40, height: 30, png: null })
  })

  it('counts changed pixels as a share of all, and shows them in red', () => {
    const changed = pictureOf(100, 50, white, { x: 20, y: 10, width: 25, height: 20, colour: black })
    const { percent, changedPixels, png } = comparePictures(pictureOf(100, 50), changed)
    expect([percent, changedPixels]).toEqual([10, 500])
    expect(pixelAt(png, 30, 20)).toEqual([214, 32, 40])
    expect(pixelAt(png, 80, 20)).toEqual([255, 255, 255])
  })

  it('is 100 where every pixel has changed', () => {
    expect(comparePictures(pictureOf(20, 20), pictureOf(20, 20, black)).percent).toBe(100)
  })

  it.each([
    ['longer', 40, 30, 40, 40],
    ['shorter', 40, 40, 40, 30],
    ['wider', 30, 40, 40, 40],
  ])('counts what only one picture has as changed, also where it is white: %s', (_, width, height, newWidth, newHeight) => {
    const difference = comparePictures(pictureOf(width, height), pictureOf(newWidth, newHeight))
    expect(difference).toMatchObject({ width: 40, height: 40, changedPixels: 400 })
    expect(difference.percent).toBe(25)
    expect(pixelAt(difference.png, 39, 39)).not.toEqual([255, 255, 255])
  })

  it('does not count what has only moved: a line more at the top is no more than a line', () => {
    const bars = (from: number, height: number) =>
      pictureOf(
        50,
        height,
        white,
        { x: 0, y: from, width: 30, height: 20, colour: black },
        { x: 30, y: from + 2, width: 3, height: 9, colour: black },
      )
    const { changedPixels, height } = comparePictures(bars(10, 60), bars(15, 65))
    expect([changedPixels, height]).toEqual([5 * 50, 65])
  })

  it('adds both up where a picture is longer and changed, too', () => {
    const shorter = pictureOf(40, 30, white, { x: 0, y: 20, width: 10, height: 5, colour: black })
    const longer = pictureOf(40, 40, white, { x: 0, y: 20, width: 20, height: 5, colour: black })
    expect(comparePictures(shorter, longer).changedPixels).toBe(10 * 5 + 40 * 10)
  })
})
