/** Pictures without depth: the bars of the tide table, a coil of rope. */

import { at, block, circlePath, cutTo, disc, everywhere, glints, ground, ink, line, mix, shape, stipple, through, width } from './style.ts'

/** The rule of twelfths: twelve bars that rise and fall, the curve over them, the moon on its crest. */
export function tideTable(): string {
  const levels = [0, 1, 3, 6, 9, 11, 12, 11, 9, 6, 3, 1, 0]
  const top = (level: number) => 500 - level * 23.5
  const bars = levels.map((level, index) => {
    const [x, y] = [84 + index * 80, top(level)]
    const path = `M${x} ${at(y)}H${x + 70}V540H${x}Z`
    const fill = index === 6 ? ink.coral : index % 2 ? mix(ink.sea, ink.mist, 0.12) : mix(ink.sea, ink.deep, 0.42)
    return (
      shape(path, fill) +
      cutTo(
        `bar${index}`,
        path,
        stipple(
          170 + index,
          { x, y, wide: 70, high: 540 - y },
          90 + level * 44,
          index === 6 ? mix(ink.coral, ink.night, 0.4) : ink.night,
          (u, v) => v * 0.45 * (0.5 + u),
          1.7,
        ),
      ) +
      Array.from({ length: level }, (_, mark) => line(`M${x + 8} ${at(top(mark + 1) + 23.5)}h54`, ink.paper, 1.6, 'opacity=".22"')).join('')
    )
  })
  const curve = through(
    Array.from(
      { length: 73 },
      (_, step) => [84 - 40 + step * 15.55, 500 - 141 + 141 * Math.cos(((step * 15.55 - 40 - 35) / 960) * Math.PI * 2) - 26] as const,
    ),
  )
  return [
    ground(ink.paper),
    stipple(161, everywhere, 6000, ink.sand, (_, v) => 0.1 + 0.3 * (1 - v), 1.5),
    ...[0, 3, 6, 9, 12].map(level => line(`M40 ${at(top(level))}H1160`, mix(ink.sand, ink.night, 0.18), 2, 'stroke-dasharray="2 9"')),
    disc(599, 118, 92, mix(ink.ochre, ink.sand, 0.2)),
    cutTo(
      'full',
      circlePath(599, 118, 92),
      stipple(
        162,
        { x: 507, y: 26, wide: 184, high: 184 },
        2600,
        mix(ink.ochre, ink.coral, 0.5),
        (u, v) => Math.max(0, u * 0.6 + v * 0.7 - 0.5),
        1.7,
      ),
    ),
    disc(568, 98, 15, mix(ink.ochre, ink.sand, 0.7)),
    disc(630, 84, 9, mix(ink.ochre, ink.sand, 0.7)),
    disc(618, 138, 21, mix(ink.ochre, ink.sand, 0.7)),
    disc(564, 144, 8, mix(ink.ochre, ink.sand, 0.7)),
    ...bars,
    line(curve, ink.paper, 13),
    line(curve, ink.night, 6),
    block(0, 540, width, 90, ink.night),
    glints(163, { x: 0, y: 552, wide: width, high: 70 }, 60, mix(ink.deep, ink.sea, 0.6), 130),
    ...levels.map((_, index) => line(`M${119 + index * 80} 540v${index % 3 === 0 ? 20 : 11}`, ink.paper, 3)),
  ].join('')
}

/** The sponsor's picture: a coil of tarred rope. */
export function ropeCoil(): string {
  const turns = Array.from({ length: 241 }, (_, index) => {
    const turn = (index / 240) * Math.PI * 2 * 5
    const reach = 26 + (index / 240) * 128
    return [200 + reach * Math.cos(turn), 200 + reach * Math.sin(turn)] as const
  })
  const rope = `${through(turns)}L410 210`
  return [
    `<rect width="400" height="400" fill="${mix(ink.sand, ink.paper, 0.4)}"/>`,
    stipple(231, { x: 0, y: 0, wide: 400, high: 400 }, 2600, ink.sand, (u, v) => 0.2 + u * v * 0.7, 1.5),
    line(rope, ink.night, 26, 'opacity=".3" transform="translate(7 9)"'),
    line(rope, ink.night, 25),
    line(rope, mix(ink.ochre, ink.night, 0.45), 20),
    line(rope, mix(ink.ochre, ink.sand, 0.2), 16, 'stroke-dasharray="7 6" stroke-linecap="butt"'),
    line(rope, mix(ink.ochre, ink.night, 0.45), 3, 'opacity=".6"'),
    disc(200, 200, 13, ink.coral),
  ].join('')
}
