/** The hand that all pictures share: eight inks, cut-paper edges, stippled shading, the same sea. Everything is a function of its seed. */

/** Eight inks. A picture uses four or five of them. */
export const ink = {
  night: '#12263a',
  deep: '#1b4659',
  sea: '#3a7f86',
  mist: '#a8cdc6',
  paper: '#f5ead6',
  sand: '#e4c998',
  ochre: '#e0a03a',
  coral: '#d3543a',
} as const

export const width = 1200
export const height = 630

/** Numbers in [0, 1) that are the same on every run (mulberry32). */
type Chance = () => number

export function chance(seed: number): Chance {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A coordinate with one decimal: enough for the eye, and the same text on every machine. */
export const at = (value: number) => String(Math.round(value * 10) / 10)

/** The mix of two inks, `share` of the second. */
export function mix(first: string, second: string, share: number): string {
  const channel = (colour: string, from: number) => Number.parseInt(colour.slice(from, from + 2), 16)
  const mixed = [1, 3, 5].map(from => Math.round(channel(first, from) * (1 - share) + channel(second, from) * share))
  return `#${mixed.map(value => value.toString(16).padStart(2, '0')).join('')}`
}

/** Anything with a fill: path data, colour, and further attributes. */
export const shape = (data: string, fill: string, more = '') => `<path d="${data}" fill="${fill}" ${more}/>`
export const disc = (x: number, y: number, radius: number, fill: string, more = '') =>
  `<circle cx="${at(x)}" cy="${at(y)}" r="${at(radius)}" fill="${fill}" ${more}/>`
export const line = (data: string, colour: string, thickness: number, more = '') =>
  `<path d="${data}" fill="none" stroke="${colour}" stroke-width="${thickness}" stroke-linecap="round" stroke-linejoin="round" ${more}/>`
export const block = (x: number, y: number, wide: number, high: number, fill: string, more = '') =>
  `<rect x="${at(x)}" y="${at(y)}" width="${at(wide)}" height="${at(high)}" fill="${fill}" ${more}/>`
export const ground = (fill: string) => block(0, 0, width, height, fill)

/** Content cut to the outline `data`. The name must be unique in the picture. */
export const cutTo = (name: string, data: string, content: string) =>
  `<clipPath id="${name}"><path d="${data}"/></clipPath><g clip-path="url(#${name})">${content}</g>`

export const circlePath = (x: number, y: number, radius: number) =>
  `M${at(x - radius)} ${at(y)}a${at(radius)} ${at(radius)} 0 1 0 ${at(2 * radius)} 0a${at(radius)} ${at(radius)} 0 1 0 ${at(-2 * radius)} 0z`

interface Area {
  readonly x: number
  readonly y: number
  readonly wide: number
  readonly high: number
}

/** Printed grain: `count` tries of a dot in the area, kept with the probability `density(u, v)`, u and v running from 0 to 1. */
export function stipple(
  seed: number,
  area: Area,
  count: number,
  colour: string,
  density: (u: number, v: number) => number,
  size = 1.5,
): string {
  const next = chance(seed)
  let data = ''
  for (let index = 0; index < count; index++) {
    const [u, v, luck, grow] = [next(), next(), next(), next()]
    if (luck >= density(u, v)) continue
    const radius = size * (0.6 + 0.7 * grow)
    data += `M${at(area.x + u * area.wide)} ${at(area.y + v * area.high)}m${at(-radius)} 0a${at(radius)} ${at(radius)} 0 1 0 ${at(2 * radius)} 0a${at(radius)} ${at(radius)} 0 1 0 ${at(-2 * radius)} 0`
  }
  return shape(data, colour)
}

export const everywhere: Area = { x: 0, y: 0, wide: width, high: height }

/** A line through the points that bends as a hand would: quadratic curves through the midpoints. */
export function through(points: readonly (readonly [number, number])[]): string {
  const [first, ...rest] = points
  if (first === undefined) return ''
  let data = `M${at(first[0])} ${at(first[1])}`
  rest.forEach(([x, y], index) => {
    const after = rest[index + 1]
    if (after === undefined) data += `L${at(x)} ${at(y)}`
    else data += `Q${at(x)} ${at(y)} ${at((x + after[0]) / 2)} ${at((y + after[1]) / 2)}`
  })
  return data
}

interface Swell {
  readonly top: number
  readonly rise: number
  readonly long: number
  readonly shift?: number
  /** 0 a sine, 1 sharp crests with long hollows. */
  readonly sharp?: number
}

/** The height of a swell's surface at x. */
function swellAt({ top, rise, long, shift = 0, sharp = 0 }: Swell, x: number): number {
  const turn = ((x + shift) / long) * Math.PI * 2
  const round = Math.sin(turn)
  const crested = 1 - 2 * Math.abs(Math.sin(turn / 2)) ** 0.9
  return top - rise * (round * (1 - sharp) + crested * sharp) - rise * 0.22 * Math.sin(turn * 0.37 + shift)
}

/** A sheet of water from its surface down to the picture's foot. */
export function water(swell: Swell, fill: string): string {
  return shape(waterPath(swell), fill)
}

export function waterPath(swell: Swell): string {
  let data = `M-10 ${height + 10}L-10 ${at(swellAt(swell, -10))}`
  for (let x = 0; x <= width + 12; x += 6) data += `L${x} ${at(swellAt(swell, x))}`
  return `${data}L${width + 12} ${height + 10}Z`
}

/** Glints on water: flat lenses, short at the far edge of the area and long at the near one. */
export function glints(seed: number, area: Area, count: number, colour: string, longest = 90): string {
  const next = chance(seed)
  let data = ''
  for (let index = 0; index < count; index++) {
    const depth = next() ** 0.8
    const [x, y] = [area.x + next() * area.wide, area.y + depth * area.high]
    const half = (longest / 2) * (0.15 + 0.85 * depth) * (0.4 + 0.6 * next())
    const thick = 0.8 + 2.6 * depth
    data += `M${at(x - half)} ${at(y)}Q${at(x)} ${at(y - thick)} ${at(x + half)} ${at(y)}Q${at(x)} ${at(y + thick)} ${at(x - half)} ${at(y)}Z`
  }
  return shape(data, colour)
}

/** The light of a disc in the sky lying on the water below it: broken bars, wider towards the viewer. */
export function lightPath(seed: number, x: number, from: number, to: number, spread: number, colour: string): string {
  const next = chance(seed)
  let data = ''
  for (let y = from + 3; y < to; y += 5 + 9 * ((y - from) / (to - from))) {
    const depth = (y - from) / (to - from)
    const half = spread * (0.35 + 0.65 * depth) * (0.35 + 0.65 * next())
    const middle = x + (next() - 0.5) * spread * 0.5
    const thick = 1.6 + 3.6 * depth
    data += `M${at(middle - half)} ${at(y)}Q${at(middle)} ${at(y - thick)} ${at(middle + half)} ${at(y)}Q${at(middle)} ${at(y + thick)} ${at(middle - half)} ${at(y)}Z`
  }
  return shape(data, colour)
}
