/** A smaller PNG of a screenshot: at most 256 colours (median cut), indexed, filtered by none, deflated hard. The same bytes for the same pixels. */

import { crc32, deflateSync, inflateSync } from 'node:zlib'

interface Pixels {
  readonly width: number
  readonly height: number
  /** RGBA, row after row. */
  readonly data: Uint8Array
}

/** Makes an indexed PNG of an 8-bit RGB or RGBA one. Transparency is kept. */
export function palettePng(png: Buffer, colours: number): Buffer {
  const pixels = decode(png)
  const histogram = countColours(pixels.data)
  const palette = medianCut(histogram, colours)
  const nearest = new Map<number, number>()
  for (const colour of histogram.keys()) nearest.set(colour, nearestIn(palette, colour))
  const rows = Buffer.alloc(pixels.height * (pixels.width + 1))
  const words = new DataView(pixels.data.buffer, pixels.data.byteOffset, pixels.data.byteLength)
  for (let y = 0; y < pixels.height; y++)
    for (let x = 0; x < pixels.width; x++)
      rows[y * (pixels.width + 1) + 1 + x] = nearest.get(words.getUint32((y * pixels.width + x) * 4)) ?? 0
  const header = Buffer.alloc(13)
  header.writeUInt32BE(pixels.width, 0)
  header.writeUInt32BE(pixels.height, 4)
  header.set([8, 3, 0, 0, 0], 8)
  const alphas = Buffer.from(palette.map(colour => colour & 0xff))
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap(colour => [colour >>> 24, (colour >>> 16) & 0xff, (colour >>> 8) & 0xff]))),
    ...(alphas.every(alpha => alpha === 0xff) ? [] : [chunk('tRNS', alphas)]),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  framed.set(body, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}

function decode(png: Buffer): Pixels {
  const [width, height, channels] = [png.readUInt32BE(16), png.readUInt32BE(20), png[25] === 6 ? 4 : 3]
  const parts: Buffer[] = []
  for (let offset = 8; offset < png.length; offset += png.readUInt32BE(offset) + 12)
    if (png.toString('latin1', offset + 4, offset + 8) === 'IDAT')
      parts.push(png.subarray(offset + 8, offset + 8 + png.readUInt32BE(offset)))
  const raw = inflateSync(Buffer.concat(parts))
  const stride = width * channels
  const plain = Buffer.alloc(stride * height)
  for (let y = 0; y < height; y++) unfilter(raw, plain, y, stride, channels)
  const data = new Uint8Array(width * height * 4).fill(0xff)
  for (let index = 0; index < width * height; index++) data.set(plain.subarray(index * channels, (index + 1) * channels), index * 4)
  return { width, height, data }
}

// PNG specification, 9.2: each row names the filter that predicted it from its left, upper and upper-left neighbours.
function unfilter(raw: Buffer, plain: Buffer, y: number, stride: number, channels: number): void {
  const filter = raw[y * (stride + 1)]
  for (let x = 0; x < stride; x++) {
    const left = x < channels ? 0 : (plain[y * stride + x - channels] ?? 0)
    const up = y === 0 ? 0 : (plain[(y - 1) * stride + x] ?? 0)
    const corner = x < channels || y === 0 ? 0 : (plain[(y - 1) * stride + x - channels] ?? 0)
    const predicted = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter ?? 0] ?? 0
    plain[y * stride + x] = (raw[y * (stride + 1) + 1 + x] ?? 0) + predicted
  }
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner
  const [toLeft, toUp, toCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  if (toLeft <= toUp && toLeft <= toCorner) return left
  return toUp <= toCorner ? up : corner
}

function countColours(data: Uint8Array): Map<number, number> {
  const words = new DataView(data.buffer, data.byteOffset, data.byteLength)
  const histogram = new Map<number, number>()
  for (let offset = 0; offset < data.length; offset += 4) {
    const colour = words.getUint32(offset)
    histogram.set(colour, (histogram.get(colour) ?? 0) + 1)
  }
  return histogram
}

const shifts = [24, 16, 8, 0] as const
const channelOf = (colour: number, shift: number) => (colour >>> shift) & 0xff

interface Box {
  readonly colours: readonly (readonly [colour: number, count: number])[]
  readonly shift: number
  readonly weight: number
}

function boxOf(colours: Box['colours']): Box {
  let [best, shift] = [-1, 24]
  for (const each of shifts) {
    let [low, high] = [255, 0]
    for (const [colour] of colours) {
      low = Math.min(low, channelOf(colour, each))
      high = Math.max(high, channelOf(colour, each))
    }
    if (high - low > best) [best, shift] = [high - low, each]
  }
  const pixels = colours.reduce((sum, [, count]) => sum + count, 0)
  return { colours, shift, weight: best * pixels ** 0.35 }
}

function medianCut(histogram: ReadonlyMap<number, number>, wanted: number): number[] {
  const boxes: Box[] = [boxOf([...histogram].sort(([first], [second]) => first - second))]
  while (boxes.length < wanted) {
    const widest = boxes.reduce((most, box, index) => (box.weight > (boxes[most]?.weight ?? 0) ? index : most), 0)
    const box = boxes[widest]
    if (box === undefined || box.weight === 0) break
    const sorted = [...box.colours].sort(
      ([first], [second]) => channelOf(first, box.shift) - channelOf(second, box.shift) || first - second,
    )
    const [low, high] = [channelOf(sorted[0]?.[0] ?? 0, box.shift), channelOf(sorted.at(-1)?.[0] ?? 0, box.shift)]
    const cut = Math.max(
      1,
      sorted.findIndex(([colour]) => channelOf(colour, box.shift) > (low + high) / 2),
    )
    boxes.splice(widest, 1, boxOf(sorted.slice(0, cut)), boxOf(sorted.slice(cut)))
  }
  return boxes.map(({ colours }) => colours.reduce((most, each) => (each[1] > most[1] ? each : most))[0])
}

function nearestIn(palette: readonly number[], colour: number): number {
  let [best, found] = [Number.POSITIVE_INFINITY, 0]
  palette.forEach((each, index) => {
    const distance = shifts.reduce<number>((sum, shift) => sum + (channelOf(each, shift) - channelOf(colour, shift)) ** 2, 0)
    if (distance < best) [best, found] = [distance, index]
  })
  return found
}
