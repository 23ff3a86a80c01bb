/** Pictures from between the tide marks: steps, eelgrass, a creek. */

import {
  at,
  block,
  chance,
  circlePath,
  cutTo,
  disc,
  everywhere,
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

/** Granite steps in neap week: the upper ones new and dry, the lower ones under still water. */
export function steps(): string {
  const treads = Array.from({ length: 9 }, (_, index) => ({ x: 150 + index * 92, y: 96 + index * 56 }))
  const stone = (wet: boolean) => (wet ? mix(ink.sea, ink.deep, 0.45) : mix(ink.mist, ink.paper, 0.4))
  const level = 452
  const flight = treads.map(({ x, y }, index) => {
    const wet = y > level - 30
    const face = wet ? mix(ink.deep, ink.night, 0.25) : mix(ink.mist, ink.deep, 0.42)
    const area = { x: x - 30, y: y + 18, wide: 122, high: 40 }
    return [
      block(-10, y, x + 102, height, face),
      shape(`M-10 ${y}H${x + 92}L${x + 104} ${y + 16}H-10Z`, stone(wet)),
      stipple(130 + index, { x: 0, y: y + 16, wide: x + 92, high: 40 }, 60 + x, ink.night, (u, v) => (0.15 + v * 0.4) * (0.3 + u), 1.6),
      stipple(145 + index, area, 90, ink.paper, () => (wet ? 0.05 : 0.35), 1.3),
      ...[0.24, 0.55, 0.8].map((share, joint) =>
        line(
          `M${at((x + 92) * (share + (index % 2) * 0.11))} ${y + 17}v38`,
          joint === 1 || wet ? mix(face, ink.night, 0.25) : mix(ink.paper, ink.sand, 0.3),
          wet ? 2.5 : 5,
          'stroke-linecap="butt"',
        ),
      ),
      line(
        `M${at((x + 92) * (index % 2 ? 0.7 : 0.62))} ${y}l7 15`,
        wet ? mix(face, ink.night, 0.25) : mix(ink.sand, ink.paper, 0.2),
        4,
        'stroke-linecap="butt"',
      ),
    ].join('')
  })
  const bucket = [
    shape('M-38 -74H38L30 0H-30Z', ink.coral),
    shape('M12 -74H38L30 0H10Z', mix(ink.coral, ink.night, 0.3)),
    shape('M-40 -78H40V-66H-40Z', mix(ink.coral, ink.night, 0.3)),
    shape('M-34 -78Q-14 -98 6 -88Q26 -96 34 -78Z', mix(ink.paper, ink.sand, 0.15)),
    line('M-38 -72Q0 -150 38 -72', ink.night, 5),
  ].join('')
  const trowel = [
    shape('M0 0L112 -16L120 8Z', mix(ink.mist, ink.night, 0.35)),
    shape('M0 0L112 -16L116 -4Z', mix(ink.mist, ink.paper, 0.4)),
    line('M116 -4L140 -20L156 -20', ink.night, 6),
    line('M156 -20L214 -26', mix(ink.ochre, ink.night, 0.15), 16),
  ].join('')
  const sea = `M-10 ${level}H1210V640H-10Z`
  return [
    ground(mix(ink.sand, ink.paper, 0.55)),
    block(0, 240, width, 220, mix(ink.sand, ink.coral, 0.16)),
    stipple(121, { x: 400, y: 100, wide: 800, high: 140 }, 5200, mix(ink.sand, ink.coral, 0.18), (_, v) => v * v * 0.95, 1.8),
    disc(948, 250, 112, mix(ink.ochre, ink.paper, 0.12)),
    cutTo(
      'low-sun',
      circlePath(948, 250, 112),
      stipple(122, { x: 836, y: 138, wide: 224, high: 224 }, 2400, mix(ink.ochre, ink.coral, 0.6), (_, v) => v * v * 0.8, 1.7),
    ),
    shape('M560 404Q700 366 820 372Q930 344 1040 366Q1130 358 1210 374V470H560Z', mix(ink.sea, ink.mist, 0.3)),
    shape('M940 372L948 336H972L980 370Z', mix(ink.sea, ink.mist, 0.3)),
    block(0, 396, width, 300, mix(ink.sea, ink.mist, 0.35)),
    lightPath(123, 948, 398, 630, 116, mix(ink.ochre, ink.paper, 0.35)),
    glints(124, { x: 500, y: 400, wide: 720, high: 230 }, 80, mix(ink.mist, ink.paper, 0.3), 120),
    ...flight,
    `<g opacity=".62">${shape(sea, ink.deep)}</g>`,
    glints(126, { x: 0, y: level + 6, wide: width, high: 170 }, 90, mix(ink.sea, ink.mist, 0.35), 150),
    lightPath(127, 948, level + 4, 630, 124, mix(ink.ochre, ink.paper, 0.35)),
    line(`M-10 ${level}H840`, mix(ink.mist, ink.paper, 0.5), 3),
    `<g transform="translate(386 208)">${bucket}</g>`,
    `<g transform="translate(566 322) rotate(-66) scale(.66)">${trowel}</g>`,
  ].join('')
}

/** Eelgrass from the side: ribbons leaning with the current, light coming down, a counting frame on the sand. */
export function eelgrass(): string {
  const next = chance(909)
  const blade = (x: number, foot: number, tall: number, broad: number, lean: number, fill: string) => {
    const sway = (share: number) => lean * share ** 1.7 + 16 * Math.sin(share * 4.2 + x / 60)
    const up = Array.from({ length: 11 }, (_, step) => step / 10)
    const left = up.map(share => `${at(x + sway(share) - broad * (1 - share * 0.75))} ${at(foot - tall * share)}`)
    const right = up.map(share => `${at(x + sway(share) + broad * (1 - share * 0.75))} ${at(foot - tall * share)}`).reverse()
    return shape(`M${[...left, ...right].join('L')}Z`, fill)
  }
  const rows = [
    { clear: 120, foot: 520, many: 46, tall: 250, broad: 5, fill: mix(ink.sea, ink.mist, 0.25) },
    { clear: 150, foot: 552, many: 40, tall: 330, broad: 7, fill: mix(ink.sea, ink.deep, 0.3) },
    { clear: 175, foot: 606, many: 30, tall: 400, broad: 10, fill: mix(ink.deep, ink.night, 0.1) },
  ]
  const meadow = rows.map(({ clear, foot, many, tall, broad, fill }, row) =>
    Array.from({ length: many }, (_, index) => {
      const x = (index / many) * 1300 - 120 + next() * 26
      const gap = Math.abs(x - 640) < clear ? 0.3 : 1
      return blade(
        x,
        foot + next() * 16,
        tall * gap * (0.55 + 0.45 * next()),
        broad,
        (90 + 60 * next()) * gap,
        mix(fill, row === 2 && next() > 0.75 ? ink.ochre : fill, 0.35),
      )
    }).join(''),
  )
  const rays = [
    [60, 240, 40, 150],
    [330, 420, 380, 560],
    [700, 860, 850, 1120],
    [1010, 1060, 1230, 1330],
  ].map(([a = 0, b = 0, c = 0, d = 0]) => shape(`M${a} 60H${b}L${d} 600H${c}Z`, ink.mist, 'opacity=".16"'))
  const sand = 'M-10 540Q200 518 420 534Q640 550 860 530Q1040 518 1210 536V640H-10Z'
  const fish = (x: number, y: number, size: number, fill: string) =>
    `<g transform="translate(${x} ${y}) scale(${size})">${shape('M0 0Q22 -16 58 -7L78 -18L74 0L78 16L58 6Q22 15 0 0Z', fill)}${disc(14, -2, 2.4, ink.night)}</g>`
  const frame = 'M540 548L770 538L800 588L556 602Z'
  return [
    ground(mix(ink.sea, ink.mist, 0.42)),
    stipple(151, { x: 0, y: 40, wide: width, high: 540 }, 12000, mix(ink.sea, ink.deep, 0.2), (_, v) => v * 0.62, 1.8),
    ...rays,
    shape('M-10 -10H1210V62Q1100 82 1000 62Q880 42 760 66Q620 92 500 64Q370 40 250 66Q120 90 -10 60Z', mix(ink.mist, ink.paper, 0.65)),
    line('M-10 76Q120 106 250 82Q370 56 500 80Q620 108 760 82Q880 58 1000 78Q1100 98 1210 78', ink.paper, 3, 'opacity=".7"'),
    meadow[0],
    fish(772, 246, 0.8, mix(ink.coral, ink.ochre, 0.2)),
    fish(848, 216, 0.66, mix(ink.coral, ink.ochre, 0.2)),
    fish(720, 208, 0.6, mix(ink.coral, ink.ochre, 0.2)),
    fish(806, 290, 0.56, mix(ink.coral, ink.ochre, 0.2)),
    shape(sand, mix(ink.sand, ink.sea, 0.22)),
    cutTo(
      'bed',
      sand,
      stipple(152, { x: 0, y: 520, wide: width, high: 120 }, 5600, mix(ink.sand, ink.deep, 0.55), (_, v) => 0.2 + v * 0.6, 1.9) +
        stipple(153, { x: 0, y: 520, wide: width, high: 120 }, 1800, ink.paper, (_, v) => 0.5 - v * 0.4, 1.8),
    ),
    meadow[1],
    line(`${frame}`, mix(ink.night, ink.deep, 0.3), 13, 'opacity=".35" transform="translate(4 8)"'),
    line(`${frame}`, ink.coral, 12),
    line('M546 546L768 536', mix(ink.coral, ink.paper, 0.5), 3),
    ...[0, 1, 2, 3, 4].map(index =>
      blade(
        590 + index * 42,
        582 - (index % 2) * 18,
        84 + (index % 3) * 26,
        6,
        34,
        index === 2 ? mix(ink.deep, ink.ochre, 0.35) : mix(ink.deep, ink.night, 0.1),
      ),
    ),
    meadow[2],
    ...Array.from({ length: 22 }, () =>
      disc(next() * width, 110 + next() * 330, 2 + next() * 6, 'none', `stroke="${ink.paper}" stroke-width="2" opacity=".55"`),
    ),
  ].join('')
}

/** The tidal creek from above, and the birch twigs that mark the path across it. */
export function creek(): string {
  const spine = Array.from({ length: 61 }, (_, index) => {
    const share = index / 60
    return [-30 + share * 1260, 336 + 150 * Math.sin(share * 8.6 + 0.5) * (0.55 + share * 0.45)] as const
  })
  const course = through(spine)
  const former = through(spine.map(([x, y], index) => [x - 6, y - 84 * Math.exp(-(((index - 33) / 7) ** 2))] as const))
  const branches = [
    'M250 250Q230 170 270 120T250 -10M262 150Q320 120 330 60',
    'M470 470Q520 540 480 640M496 540Q560 570 570 640',
    'M690 250Q720 170 680 110T720 -10M700 130Q650 90 640 30',
    'M960 480Q930 550 980 640M958 560Q900 590 890 640',
    'M1080 300Q1120 210 1100 130T1160 -10',
    'M120 440Q90 520 120 640M106 540Q60 570 40 640',
  ]
  const twig = (x: number, y: number, drowned: boolean) =>
    `<g transform="translate(${at(x)} ${at(y)})">${line('M4 3L30 14', drowned ? ink.night : mix(ink.sand, ink.night, 0.4), 4, 'opacity=".55"')}${line('M0 4V-40M0 -18L-11 -36M0 -22L11 -40M0 -30L-6 -46M0 -30L5 -50', drowned ? ink.coral : ink.night, 3.4)}</g>`
  const marks = Array.from({ length: 17 }, (_, index) => {
    const [x, y] = [372 + index * 30, 596 - index * 32]
    const wet = spine.some(([sx, sy]) => Math.hypot(sx - x, sy - y) < 54)
    return twig(x, y, wet)
  })
  const ripples = Array.from({ length: 26 }, (_, index) =>
    line(
      through(Array.from({ length: 15 }, (_, step) => [step * 92 - 40, index * 26 + 12 * Math.sin(step * 1.1 + index * 0.8)] as const)),
      mix(ink.sand, ink.ochre, 0.28),
      2.6,
      'opacity=".55"',
    ),
  )
  return [
    ground(mix(ink.sand, ink.paper, 0.12)),
    ...ripples,
    stipple(221, everywhere, 13000, mix(ink.sand, ink.deep, 0.45), (u, v) => 0.16 + 0.3 * Math.abs(Math.sin(u * 5 + v * 3)), 1.6),
    ...branches.map(data => line(data, mix(ink.sand, ink.sea, 0.5), 26) + line(data, mix(ink.sea, ink.mist, 0.3), 13)),
    line(former, mix(ink.sand, ink.deep, 0.22), 84),
    line(former, mix(ink.sand, ink.deep, 0.34), 84, 'stroke-dasharray="1 17" stroke-linecap="butt"'),
    line(course, mix(ink.sand, ink.deep, 0.5), 128),
    line(course, mix(ink.sea, ink.mist, 0.35), 108),
    line(course, mix(ink.sea, ink.deep, 0.15), 74),
    line(course, ink.deep, 34),
    ...[-38, -24, 22, 36].map((shift, index) =>
      line(
        course,
        mix(ink.mist, ink.paper, 0.4),
        2.4,
        `transform="translate(0 ${shift})" stroke-dasharray="${40 + index * 17} ${90 + index * 23}" opacity=".75"`,
      ),
    ),
    ...marks,
  ].join('')
}
