/** Pictures of the open flats: waders on a bank, the causeway. */

import {
  at,
  block,
  chance,
  circlePath,
  cutTo,
  disc,
  glints,
  ground,
  height,
  ink,
  lightPath,
  line,
  mix,
  shape,
  stipple,
  through,
  width,
} from './style.ts'

/** Waders at sunrise: a standing crowd on the shingle, a flock turning in front of the sun. */
export function waders(): string {
  const next = chance(404)
  const bird = (x: number, y: number, size: number, lean: number, fill: string, flap: number) =>
    shape(
      `M-10 0Q-2 ${at(-6 - flap)} ${at(-17 + flap)} ${at(-19 - flap)}Q6 ${at(-15 - flap)} 9 -2Q16 -3 25 1Q14 4 6 4Q${at(4 + flap)} 12 ${at(-4 + flap)} ${at(17 - flap)}Q-4 8 -10 4Q-16 4 -22 3Z`,
      fill,
      `transform="translate(${at(x)} ${at(y)}) rotate(${at(lean)}) scale(${at(size)})"`,
    )
  const flock = Array.from({ length: 116 }, (_, index) => {
    const along = index / 116
    const [drift, off] = [next() - 0.5, next() - 0.5]
    const x = 120 + along * 940 + drift * 90
    const y = 196 - Math.sin(along * Math.PI * 1.35 + 0.25) * 118 + off * (60 + 150 * Math.sin(along * Math.PI)) + 60
    const size = 0.45 + 0.85 * Math.sin(along * Math.PI) * (0.6 + 0.4 * next())
    return { x, y, size, lean: -24 + along * 46 + drift * 20, flap: next() * 8, near: next() }
  })
    .filter(({ y }) => y < 388)
    .map(({ x, y, size, lean, flap, near }) => bird(x, y, size, lean, near > 0.74 ? ink.paper : near > 0.4 ? ink.deep : ink.night, flap))
  const standing = (x: number, y: number, size: number, fill: string) =>
    `<g transform="translate(${at(x)} ${at(y)}) scale(${at(size)})">${shape('M-24 -22Q-20 -38 2 -40Q8 -56 20 -54Q28 -52 30 -46L48 -40L30 -41Q27 -34 25 -31Q18 -14 -4 -14Q-18 -13 -34 -12Z', fill)}${line('M-2 -15V2M7 -16V2', fill, 2.6)}</g>`
  const crowd = Array.from({ length: 64 }, (_, index) => {
    const row = index % 3
    const x = 40 + ((index * 197) % 1120) + next() * 26
    return { x, y: bankAt(x) + 4 + row * 15, row }
  })
    .sort((first, second) => first.row - second.row)
    .map(({ x, y, row }) => standing(x, y, 0.6 + row * 0.16, row === 0 ? mix(ink.deep, ink.sea, 0.3) : row === 1 ? ink.deep : ink.night))
  const bank = `M-10 ${height + 10}V${at(bankAt(-10))}${Array.from({ length: 62 }, (_, step) => `L${step * 20} ${at(bankAt(step * 20))}`).join('')}V${height + 10}Z`
  return [
    ground(mix(ink.sand, ink.paper, 0.45)),
    block(0, 250, width, 200, mix(ink.sand, ink.coral, 0.2)),
    stipple(51, { x: 0, y: 120, wide: width, high: 130 }, 5600, mix(ink.sand, ink.coral, 0.2), (_, v) => v * v * 0.9, 1.8),
    disc(600, 384, 196, mix(ink.coral, ink.ochre, 0.25)),
    cutTo(
      'sun',
      circlePath(600, 384, 196),
      stipple(52, { x: 400, y: 190, wide: 400, high: 200 }, 2600, ink.ochre, (_, v) => (1 - v) ** 2),
    ),
    block(0, 390, width, 120, mix(ink.sea, ink.sand, 0.25)),
    lightPath(53, 600, 390, 490, 190, mix(ink.coral, ink.ochre, 0.4)),
    glints(54, { x: 0, y: 394, wide: width, high: 90 }, 70, mix(ink.mist, ink.paper, 0.4), 90),
    ...flock,
    shape(bank, mix(ink.sand, ink.deep, 0.32)),
    cutTo(
      'bank',
      bank,
      stipple(55, { x: 0, y: 470, wide: width, high: 160 }, 5200, mix(ink.sand, ink.paper, 0.2), (_, v) => 0.55 - v * 0.5, 2.6) +
        stipple(56, { x: 0, y: 470, wide: width, high: 160 }, 5200, ink.deep, (_, v) => v * 0.8, 2.4),
    ),
    ...crowd,
  ].join('')
}

const bankAt = (x: number) => 502 - 26 * Math.sin(((x + 140) / 1480) * Math.PI) + 4 * Math.sin(x / 47)

/** The causeway: wet sand, a road that bends, posts, a low island. */
export function causeway(): string {
  const side = (depth: number, offset: number) => {
    const bend = 690 + 210 * Math.sin((depth * 1.05 + 0.32) * Math.PI) - 330 * depth
    return [bend + offset * (5 + 150 * depth ** 1.6), 304 + 336 * depth ** 1.25] as const
  }
  const depths = Array.from({ length: 41 }, (_, index) => index / 40)
  const outline = (left: number, right: number) =>
    `M${[...depths.map(depth => side(depth, left)), ...depths.map(depth => side(depth, right)).reverse()].map(([x, y]) => `${at(x)} ${at(y)}`).join('L')}Z`
  const road = outline(-1, 1)
  const joints = depths
    .filter((_, index) => index > 6)
    .map(depth => {
      const [[fromX, fromY], [toX, toY]] = [side(depth, -1), side(depth, 1)]
      return line(
        `M${at(fromX)} ${at(fromY)}Q${at((fromX + toX) / 2)} ${at(fromY + 7 * depth)} ${at(toX)} ${at(toY)}`,
        mix(ink.deep, ink.mist, 0.3),
        0.8 + 2.2 * depth,
      )
    })
  const posts = Array.from({ length: 13 }, (_, index) => 0.03 + 0.075 * index).map(depth => {
    const [x, y] = side(depth, 1.22)
    const tall = 12 + 150 * depth ** 1.2
    return (
      line(`M${at(x)} ${at(y)}v${at(tall * 0.35)}`, mix(ink.sand, ink.deep, 0.42), 2 + 10 * depth, 'stroke-linecap="butt"') +
      line(`M${at(x)} ${at(y)}V${at(y - tall)}`, ink.night, 2 + 11 * depth, 'stroke-linecap="butt"') +
      line(`M${at(x)} ${at(y - tall)}v${at(4 + 14 * depth)}`, ink.paper, 2 + 11 * depth, 'stroke-linecap="butt"')
    )
  })
  const pools = [
    'M-10 360Q130 338 300 362Q360 372 280 384Q120 398 -10 388Z',
    'M820 356Q960 336 1210 352V392Q1050 404 900 388Q780 372 820 356Z',
    'M-10 470Q90 444 236 462Q330 480 236 506Q100 530 -10 512Z',
    'M910 470Q1040 436 1210 456V536Q1060 548 950 520Q850 494 910 470Z',
  ]
  const refuge = `${line('M826 304V262M850 304V262', ink.night, 4)}${shape('M818 262H858V238H818Z', ink.paper)}${shape('M814 240L838 222L862 240Z', ink.coral)}`
  return [
    ground(mix(ink.mist, ink.paper, 0.35)),
    stipple(71, { x: 0, y: 60, wide: width, high: 240 }, 6400, mix(ink.sand, ink.coral, 0.12), (_, v) => v * v * 0.85, 1.8),
    disc(300, 158, 66, ink.paper),
    block(0, 286, width, 40, mix(ink.sea, ink.mist, 0.35)),
    shape('M470 300Q520 262 610 258Q660 226 730 232Q800 224 850 258Q940 268 990 300Z', mix(ink.deep, ink.sea, 0.25)),
    cutTo(
      'isle',
      'M470 300Q520 262 610 258Q660 226 730 232Q800 224 850 258Q940 268 990 300Z',
      stipple(72, { x: 470, y: 226, wide: 520, high: 76 }, 1500, ink.night, (u, v) => v * u),
    ),
    shape('M694 236V208H722V234ZM690 210L708 192L726 210Z', ink.paper),
    shape('M740 234V216H758V234Z', ink.paper),
    block(0, 300, width, 330, mix(ink.sand, ink.paper, 0.15)),
    stipple(
      73,
      { x: 0, y: 300, wide: width, high: 330 },
      11000,
      mix(ink.sand, ink.deep, 0.4),
      (u, v) => v * (0.25 + 0.55 * Math.abs(u - 0.5)),
      1.9,
    ),
    ...pools.map(data => shape(data, mix(ink.mist, ink.sea, 0.35))),
    ...pools.map((data, index) =>
      cutTo(`pool${index}`, data, glints(74 + index, { x: 0, y: 340, wide: width, high: 200 }, 160, mix(ink.mist, ink.paper, 0.6), 90)),
    ),
    ...[410, 440, 545, 590].map((y, index) =>
      line(
        through(Array.from({ length: 16 }, (_, step) => [step * 85 - 30, y + (step % 2 ? 6 : -5) + index * 2] as const)),
        mix(ink.sand, ink.ochre, 0.3),
        3,
        'opacity=".6"',
      ),
    ),
    shape(road, mix(ink.mist, ink.deep, 0.38)),
    cutTo(
      'road',
      road,
      stipple(79, { x: 200, y: 300, wide: 800, high: 330 }, 7000, ink.deep, (u, v) => v * u * 1.1, 2) +
        stipple(80, { x: 200, y: 300, wide: 800, high: 330 }, 3600, ink.paper, (u, v) => v * (1 - u) * 0.7, 2),
    ),
    ...joints,
    refuge,
    ...posts,
  ].join('')
}
