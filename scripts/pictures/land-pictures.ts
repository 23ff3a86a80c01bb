/** Pictures of things that stand still: brass, stone, paper, weed. */

import { at, block, chance, circlePath, cutTo, disc, everywhere, glints, ground, height, ink, lightPath, line, mix, shape, stipple, through, water, width } from './style.ts'

const brass = mix(ink.ochre, ink.sand, 0.25)
const brassDark = mix(ink.ochre, ink.night, 0.42)

/** The tide predictor: brass wheels in two rows, one tape over all of them, a pen on a paper drum. */
export function predictor(): string {
  const tops = [
    { x: 130, y: 176, radius: 66 },
    { x: 356, y: 150, radius: 92 },
    { x: 610, y: 166, radius: 72 },
    { x: 846, y: 148, radius: 96 },
    { x: 1062, y: 176, radius: 58 },
  ]
  const feet = [
    { x: 242, y: 352, radius: 48 },
    { x: 486, y: 356, radius: 62 },
    { x: 728, y: 350, radius: 52 },
    { x: 960, y: 358, radius: 44 },
  ]
  const wheels = [...tops, ...feet].map((wheel, index) => toothed(index, wheel.x, wheel.y, wheel.radius))
  const order = tops.flatMap((top, index) => [top, ...(feet[index] === undefined ? [] : [feet[index]])])
  const tape = `M-10 20L${order
    .map(({ x, y, radius }, index) => {
      const over = index % 2 === 0
      const rim = (radius + 5) * (over ? -1 : 1)
      const reach = radius * 0.92
      return `${at(x - reach)} ${at(y + rim * 0.36)}Q${at(x - reach * 0.86)} ${at(y + rim)} ${at(x)} ${at(y + rim)}Q${at(x + reach * 0.86)} ${at(y + rim)} ${at(x + reach)} ${at(y + rim * 0.36)}`
    })
    .join('L')}L1132 420V458`
  const curve = through(
    Array.from({ length: 114 }, (_, step) => {
      const x = step * 10 - 6
      const spring = 0.62 + 0.38 * Math.cos((x - 560) / 168)
      return [x, 548 - 46 * spring * Math.sin(x / 17.6)] as const
    }).filter(([x]) => x <= 1126),
  )
  const drum = 'M-10 462H1210V640H-10Z'
  return [
    ground(ink.night),
    disc(846, 148, 250, mix(ink.night, ink.deep, 0.55)),
    stipple(101, everywhere, 9000, mix(ink.deep, ink.sea, 0.15), (u, v) => Math.max(0, 0.75 - Math.hypot((u - 0.7) * 1.5, v - 0.24) * 1.3), 1.7),
    line('M-10 262H1210', mix(ink.night, ink.deep, 0.9), 22),
    line('M-10 262H1210', mix(ink.deep, ink.sea, 0.2), 3),
    ...[...tops, ...feet].map(({ x, y }) => line(`M${x} ${y}V262`, mix(ink.night, ink.deep, 0.9), 16)),
    ...wheels,
    line(tape, ink.night, 11, 'opacity=".45" transform="translate(0 4)"'),
    line(tape, mix(ink.paper, ink.mist, 0.25), 6),
    shape(drum, ink.paper),
    block(0, 462, width, 12, mix(ink.sand, ink.ochre, 0.2)),
    cutTo('drum', drum, stipple(102, { x: 0, y: 466, wide: width, high: 170 }, 5200, ink.sand, (_, v) => Math.abs(v - 0.45) * 1.7)),
    ...Array.from({ length: 25 }, (_, index) => line(`M${index * 50} 482V${index % 4 === 0 ? 500 : 492}`, mix(ink.sand, ink.night, 0.35), 2)),
    line('M0 548H1200', mix(ink.sand, ink.night, 0.12), 2, 'stroke-dasharray="2 10"'),
    line(curve, mix(ink.deep, ink.sea, 0.35), 6),
    shape('M1116 458H1148V492L1132 540L1116 492Z', ink.coral),
    shape('M1132 458H1148V492L1132 540Z', mix(ink.coral, ink.night, 0.3)),
  ].join('')
}

/** A wheel with teeth on its rim, spokes, a hub and a pin. */
function toothed(index: number, x: number, y: number, radius: number): string {
  const teeth = Math.round(radius * 0.52)
  const rim = Array.from({ length: teeth * 4 }, (_, step) => {
    const turn = ((step - 0.5 + index * 1.7) / (teeth * 4)) * Math.PI * 2
    const reach = step % 4 < 2 ? radius : radius - 6
    return `${at(x + reach * Math.cos(turn))} ${at(y + reach * Math.sin(turn))}`
  })
  const inner = radius * 0.74
  const spokes = Array.from({ length: radius > 60 ? 6 : 5 }, (_, step) => {
    const turn = ((step + index * 0.31) / (radius > 60 ? 6 : 5)) * Math.PI * 2
    return `M${at(x)} ${at(y)}L${at(x + inner * Math.cos(turn))} ${at(y + inner * Math.sin(turn))}`
  }).join('')
  const pin = index * 2.1 + 0.6
  const ring = `M${rim.join('L')}Z${circlePath(x, y, inner)}`
  const area = { x: x - radius, y: y - radius, wide: 2 * radius, high: 2 * radius }
  return [
    disc(x, y, inner, mix(ink.night, ink.deep, 0.35)),
    line(spokes, brass, radius * 0.11, 'stroke-linecap="butt"'),
    shape(ring, brass, 'fill-rule="evenodd"'),
    `<clipPath id="wheel${index}"><path d="${ring}" clip-rule="evenodd"/></clipPath><g clip-path="url(#wheel${index})">${stipple(110 + index, area, radius * 22, brassDark, (u, v) => Math.max(0, u * 0.5 + v * 0.6 - 0.32))}</g>`,
    line(circlePath(x, y, inner + 1), brassDark, 2.5),
    disc(x, y, radius * 0.24, brass),
    disc(x, y, radius * 0.24, 'none', `stroke="${brassDark}" stroke-width="3"`),
    disc(x, y, radius * 0.09, ink.night),
    disc(x + radius * 0.5 * Math.cos(pin), y + radius * 0.5 * Math.sin(pin), Math.max(6, radius * 0.1), ink.coral),
  ].join('')
}

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
      ...[0.24, 0.55, 0.8].map((share, joint) => line(`M${at((x + 92) * (share + (index % 2) * 0.11))} ${y + 17}v38`, joint === 1 || wet ? mix(face, ink.night, 0.25) : mix(ink.paper, ink.sand, 0.3), wet ? 2.5 : 5, 'stroke-linecap="butt"')),
      line(`M${at((x + 92) * (index % 2 ? 0.7 : 0.62))} ${y}l7 15`, wet ? mix(face, ink.night, 0.25) : mix(ink.sand, ink.paper, 0.2), 4, 'stroke-linecap="butt"'),
    ].join('')
  })
  const reflections = treads.filter(({ y }) => y < level - 30).slice(-3).map(({ x, y }, index) => block(x + 20, level + (level - y) * 0.5 - 10, 260, 5, mix(ink.mist, ink.sea, 0.3), `opacity="${at(0.7 - index * 0.12)}" rx="3"`))
  const bucket = [
    shape('M-38 -74H38L30 0H-30Z', ink.coral),
    shape('M12 -74H38L30 0H10Z', mix(ink.coral, ink.night, 0.3)),
    shape('M-40 -78H40V-66H-40Z', mix(ink.coral, ink.night, 0.3)),
    shape('M-34 -78Q-14 -98 6 -88Q26 -96 34 -78Z', mix(ink.paper, ink.sand, 0.15)),
    line('M-38 -72Q0 -150 38 -72', ink.night, 5),
  ].join('')
  const trowel = [shape('M0 0L112 -16L120 8Z', mix(ink.mist, ink.night, 0.35)), shape('M0 0L112 -16L116 -4Z', mix(ink.mist, ink.paper, 0.4)), line('M116 -4L140 -20L156 -20', ink.night, 6), line('M156 -20L214 -26', mix(ink.ochre, ink.night, 0.15), 16)].join('')
  const sea = `M-10 ${level}H1210V640H-10Z`
  return [
    ground(mix(ink.sand, ink.paper, 0.55)),
    block(0, 240, width, 220, mix(ink.sand, ink.coral, 0.16)),
    stipple(121, { x: 400, y: 100, wide: 800, high: 140 }, 5200, mix(ink.sand, ink.coral, 0.18), (_, v) => v * v * 0.95, 1.8),
    disc(948, 250, 112, mix(ink.ochre, ink.paper, 0.12)),
    cutTo('low-sun', circlePath(948, 250, 112), stipple(122, { x: 836, y: 138, wide: 224, high: 224 }, 2400, mix(ink.ochre, ink.coral, 0.6), (_, v) => v * v * 0.8, 1.7)),
    shape('M560 404Q700 366 820 372Q930 344 1040 366Q1130 358 1210 374V470H560Z', mix(ink.sea, ink.mist, 0.3)),
    shape('M940 372L948 336H972L980 370Z', mix(ink.sea, ink.mist, 0.3)),
    block(0, 396, width, 300, mix(ink.sea, ink.mist, 0.35)),
    lightPath(123, 948, 398, 630, 116, mix(ink.ochre, ink.paper, 0.35)),
    glints(124, { x: 500, y: 400, wide: 720, high: 230 }, 80, mix(ink.mist, ink.paper, 0.3), 120),
    ...flight,
    `<g opacity=".62">${shape(sea, ink.deep)}</g>`,
    ...reflections,
    glints(126, { x: 0, y: level + 6, wide: width, high: 170 }, 90, mix(ink.sea, ink.mist, 0.35), 150),
    lightPath(127, 948, level + 4, 630, 124, mix(ink.ochre, ink.paper, 0.35)),
    line(`M-10 ${level}H840`, mix(ink.mist, ink.paper, 0.5), 3),
    `<g transform="translate(386 208)">${bucket}</g>`,
    `<g transform="translate(446 262) rotate(4)">${trowel}</g>`,
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
    { foot: 520, many: 46, tall: 250, broad: 5, fill: mix(ink.sea, ink.mist, 0.25) },
    { foot: 552, many: 40, tall: 330, broad: 7, fill: mix(ink.sea, ink.deep, 0.3) },
    { foot: 600, many: 30, tall: 400, broad: 10, fill: mix(ink.deep, ink.night, 0.1) },
  ]
  const meadow = rows.map(({ foot, many, tall, broad, fill }, row) =>
    Array.from({ length: many }, (_, index) => {
      const x = (index / many) * 1300 - 120 + next() * 26
      const gap = Math.abs(x - 640) < [90, 130, 190][row]! ? 0.36 : 1
      return blade(x, foot + next() * 16, tall * gap * (0.55 + 0.45 * next()), broad, 90 + 60 * next(), mix(fill, row === 2 && next() > 0.75 ? ink.ochre : fill, 0.35))
    }).join(''),
  )
  const rays = [
    [60, 240, 40, 150],
    [330, 420, 380, 560],
    [700, 860, 850, 1120],
    [1010, 1060, 1230, 1330],
  ].map(([a = 0, b = 0, c = 0, d = 0]) => shape(`M${a} 60H${b}L${d} 600H${c}Z`, ink.mist, 'opacity=".16"'))
  const sand = 'M-10 540Q200 518 420 534Q640 550 860 530Q1040 518 1210 536V640H-10Z'
  const fish = (x: number, y: number, size: number, fill: string) => `<g transform="translate(${x} ${y}) scale(${size})">${shape('M0 0Q22 -16 58 -7L78 -18L74 0L78 16L58 6Q22 15 0 0Z', fill)}${disc(14, -2, 2.4, ink.night)}</g>`
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
    cutTo('bed', sand, stipple(152, { x: 0, y: 520, wide: width, high: 120 }, 5600, mix(ink.sand, ink.deep, 0.55), (_, v) => 0.2 + v * 0.6, 1.9) + stipple(153, { x: 0, y: 520, wide: width, high: 120 }, 1800, ink.paper, (_, v) => 0.5 - v * 0.4, 1.8)),
    meadow[1],
    line(`${frame}`, mix(ink.night, ink.deep, 0.3), 13, 'opacity=".35" transform="translate(4 8)"'),
    line(`${frame}`, ink.coral, 12),
    line('M546 546L768 536', mix(ink.coral, ink.paper, 0.5), 3),
    ...[0, 1, 2, 3, 4].map(index => blade(590 + index * 42, 582 - (index % 2) * 18, 84 + (index % 3) * 26, 6, 34, index === 2 ? mix(ink.deep, ink.ochre, 0.35) : mix(ink.deep, ink.night, 0.1))),
    meadow[2],
    ...Array.from({ length: 22 }, () => disc(next() * width, 110 + next() * 330, 2 + next() * 6, 'none', `stroke="${ink.paper}" stroke-width="2" opacity=".55"`)),
  ].join('')
}

/** The rule of twelfths: twelve bars that rise and fall, the curve over them, the moon on its crest. */
export function tideTable(): string {
  const levels = [0, 1, 3, 6, 9, 11, 12, 11, 9, 6, 3, 1, 0]
  const top = (level: number) => 500 - level * 23.5
  const bars = levels.map((level, index) => {
    const [x, y] = [84 + index * 80, top(level)]
    const path = `M${x} ${at(y)}H${x + 70}V540H${x}Z`
    const fill = index === 6 ? ink.coral : index % 2 ? mix(ink.sea, ink.mist, 0.12) : mix(ink.sea, ink.deep, 0.42)
    return shape(path, fill) + cutTo(`bar${index}`, path, stipple(170 + index, { x, y, wide: 70, high: 540 - y }, 90 + level * 44, index === 6 ? mix(ink.coral, ink.night, 0.4) : ink.night, (u, v) => v * 0.45 * (0.5 + u), 1.7)) + Array.from({ length: level }, (_, mark) => line(`M${x + 8} ${at(top(mark + 1) + 23.5)}h54`, ink.paper, 1.6, 'opacity=".22"')).join('')
  })
  const curve = through(Array.from({ length: 73 }, (_, step) => [84 - 40 + step * 15.55, 500 - 141 + 141 * Math.cos(((step * 15.55 - 40 - 35) / 960) * Math.PI * 2) - 26] as const))
  return [
    ground(ink.paper),
    stipple(161, everywhere, 6000, ink.sand, (_, v) => 0.1 + 0.3 * (1 - v), 1.5),
    ...[0, 3, 6, 9, 12].map(level => line(`M40 ${at(top(level))}H1160`, mix(ink.sand, ink.night, 0.18), 2, 'stroke-dasharray="2 9"')),
    disc(599, 118, 92, mix(ink.ochre, ink.sand, 0.2)),
    cutTo('full', circlePath(599, 118, 92), stipple(162, { x: 507, y: 26, wide: 184, high: 184 }, 2600, mix(ink.ochre, ink.coral, 0.5), (u, v) => Math.max(0, u * 0.6 + v * 0.7 - 0.5), 1.7)),
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

/** The nail: a stone wall by evening light, a brass head, a staff, the sea below. */
export function nail(): string {
  const next = chance(1872)
  const courses = [
    { y: -20, high: 136 },
    { y: 124, high: 128 },
    { y: 260, high: 142 },
    { y: 410, high: 116 },
  ]
  const tints = [mix(ink.mist, ink.sand, 0.55), mix(ink.mist, ink.paper, 0.35), mix(ink.sand, ink.paper, 0.35), mix(ink.mist, ink.deep, 0.18), mix(ink.sand, ink.mist, 0.35)]
  let count = 0
  const stones = courses.map(({ y, high }, row) => {
    let x = -60 - row * 70
    const parts: string[] = []
    while (x < 1220) {
      const wide = 190 + next() * 150
      const wobble = () => (next() - 0.5) * 9
      const path = `M${at(x + 8 + wobble())} ${at(y + wobble() + 6)}L${at(x + wide - 4 + wobble())} ${at(y + wobble() + 5)}Q${at(x + wide + 3)} ${at(y + high / 2)} ${at(x + wide - 3 + wobble())} ${at(y + high - 2 + wobble())}L${at(x + 6 + wobble())} ${at(y + high + wobble())}Q${at(x)} ${at(y + high / 2)} ${at(x + 8)} ${at(y + 8)}Z`
      count += 1
      parts.push(shape(path, tints[(count * 3 + row) % tints.length] ?? ink.mist) + cutTo(`stone${count}`, path, stipple(200 + count, { x, y, wide, high: high + 6 }, 430, ink.deep, (u, v) => Math.max(0, u * 0.3 + v * 0.5 - 0.25), 1.8) + stipple(300 + count, { x, y, wide, high }, 130, ink.paper, (u, v) => Math.max(0, 0.7 - u - v), 2)))
      x += wide + 3
    }
    return parts.join('')
  })
  const staff = Array.from({ length: 13 }, (_, index) => block(842, -14 + index * 44, index % 2 ? 36 : 72, 44, index % 2 ? ink.coral : ink.paper) + (index % 2 ? block(878, -14 + index * 44, 36, 44, ink.paper) : block(878, -14 + index * 44, 36, 22, ink.night)))
  return [
    ground(mix(ink.deep, ink.night, 0.35)),
    ...stones,
    shape('M-10 526Q300 512 620 528Q900 540 1210 522V640H-10Z', mix(ink.deep, ink.night, 0.3)),
    line('M-10 526Q300 512 620 528Q900 540 1210 522', mix(ink.mist, ink.paper, 0.5), 4),
    glints(191, { x: 0, y: 536, wide: width, high: 90 }, 90, ink.sea, 150),
    block(850, -20, 72, 590, ink.night, 'opacity=".28"'),
    ...staff,
    block(842, -14, 72, 580, 'none', `stroke="${ink.night}" stroke-width="4"`),
    shape('M-10 536Q300 522 620 538Q900 550 1210 532V640H-10Z', mix(ink.deep, ink.night, 0.3), 'opacity=".75"'),
    line('M440 262H842', ink.coral, 3, 'stroke-dasharray="3 11"'),
    line('M402 392L440 326L478 392M440 330V420', mix(ink.deep, ink.night, 0.4), 12, 'stroke-linecap="butt"'),
    disc(450, 272, 46, ink.night, 'opacity=".4"'),
    disc(440, 262, 44, brass),
    cutTo('head', circlePath(440, 262, 44), stipple(192, { x: 396, y: 218, wide: 88, high: 88 }, 1300, brassDark, (u, v) => Math.max(0, u * 0.8 + v * 0.8 - 0.62), 1.5)),
    disc(440, 262, 44, 'none', `stroke="${brassDark}" stroke-width="4"`),
    disc(427, 248, 11, mix(ink.paper, ink.ochre, 0.25)),
    line('M1040 -10Q1052 200 1036 402', mix(ink.sand, ink.night, 0.2), 7),
    line('M1040 -10Q1052 200 1036 402', ink.night, 2, 'stroke-dasharray="2 9" opacity=".5"'),
    shape('M1022 400H1050L1062 462Q1036 480 1010 462Z', mix(ink.night, ink.mist, 0.3)),
    shape('M1024 236Q1046 226 1068 236L1082 284Q1060 268 1044 282Q1032 268 1012 284Z', ink.coral),
  ].join('')
}

/** The barometer: a brass ring on a papered wall, and behind the glass a small sea. */
export function barometer(): string {
  const [x, y, radius] = [600, 318, 262]
  const marks = Array.from({ length: 61 }, (_, index) => {
    const turn = ((index / 60) * 280 - 230) * (Math.PI / 180)
    const inner = index % 10 === 0 ? 186 : index % 5 === 0 ? 196 : 204
    return line(`M${at(x + inner * Math.cos(turn))} ${at(y + inner * Math.sin(turn))}L${at(x + 216 * Math.cos(turn))} ${at(y + 216 * Math.sin(turn))}`, ink.night, index % 10 === 0 ? 5 : 2.5, 'stroke-linecap="butt"')
  })
  const hand = (degrees: number, long: number, fill: string, thick: number) =>
    `<g transform="translate(${x} ${y}) rotate(${degrees})">${shape(`M-${70} -${thick}L${long - 26} -${thick * 0.55}L${long} 0L${long - 26} ${thick * 0.55}L-${70} ${thick}Z`, fill)}${disc(-74, 0, thick * 2.1, fill)}</g>`
  const paper = Array.from({ length: 9 }, (_, column) =>
    Array.from({ length: 6 }, (_, row) => {
      const [left, up] = [column * 150 + (row % 2) * 75 - 30, row * 120 + 8]
      return line(`M${left - 40} ${up + 30}Q${left - 20} ${up} ${left} ${up + 20}T${left + 40} ${up + 10}M${left - 26} ${up + 50}Q${left - 8} ${up + 28} ${left + 8} ${up + 42}T${left + 34} ${up + 36}`, mix(ink.deep, ink.sea, 0.42), 4)
    }).join(''),
  )
  const dial = circlePath(x, y, 176)
  return [
    ground(ink.deep),
    ...paper,
    stipple(211, everywhere, 9000, ink.night, (u, v) => 0.08 + 0.5 * Math.hypot(u - 0.5, v - 0.5), 1.7),
    disc(x + 10, y + 18, radius + 6, ink.night, 'opacity=".55"'),
    disc(x, y, radius, brass),
    cutTo('rim', circlePath(x, y, radius), stipple(212, { x: x - radius, y: y - radius, wide: 2 * radius, high: 2 * radius }, 12000, brassDark, (u, v) => Math.max(0, u * 0.7 + v * 0.8 - 0.62), 1.6)),
    disc(x, y, radius - 10, 'none', `stroke="${mix(brass, ink.paper, 0.5)}" stroke-width="4"`),
    disc(x, y, 232, ink.night),
    disc(x, y, 226, ink.paper),
    ...marks,
    cutTo('glass', dial, [
      block(x - 180, y - 180, 360, 360, mix(ink.mist, ink.paper, 0.35)),
      shape(`M${x - 180} ${y - 180}H${x - 10}Q${x - 20} ${y - 120} ${x - 60} ${y - 110}Q${x - 80} ${y - 60} ${x - 140} ${y - 70}Q${x - 160} ${y - 40} ${x - 190} ${y - 44}Z`, mix(ink.deep, ink.night, 0.4)),
      shape(`M${x - 190} ${y - 90}Q${x - 150} ${y - 70} ${x - 120} ${y - 96}Q${x - 70} ${y - 90} ${x - 40} ${y - 130}Q${x + 10} ${y - 136} ${x + 30} ${y - 190}H${x - 190}Z`, mix(ink.sea, ink.deep, 0.5)),
      line(`M${x - 150} ${y - 60}l-20 46M${x - 112} ${y - 66}l-20 46M${x - 74} ${y - 84}l-20 46M${x - 38} ${y - 100}l-16 40M${x - 126} ${y - 8}l-12 28M${x - 88} ${y - 18}l-12 28`, mix(ink.sea, ink.deep, 0.3), 4),
      disc(x + 92, y - 58, 44, mix(ink.ochre, ink.coral, 0.2)),
      stipple(213, { x: x - 40, y: y - 100, wide: 220, high: 140 }, 900, mix(ink.ochre, ink.sand, 0.3), (u, v) => u * v, 1.6),
      water({ top: y + 46, rise: 9, long: 150, shift: 30, sharp: 0.7 }, mix(ink.sea, ink.mist, 0.3)),
      lightPath(214, x + 92, y + 44, y + 80, 40, ink.paper),
      water({ top: y + 82, rise: 11, long: 190, shift: 110, sharp: 0.7 }, ink.sea),
      water({ top: y + 124, rise: 12, long: 240, shift: 10, sharp: 0.7 }, ink.deep),
      glints(215, { x: x - 180, y: y + 100, wide: 360, high: 80 }, 40, mix(ink.sea, ink.mist, 0.4), 70),
    ].join('')),
    disc(x, y, 176, 'none', `stroke="${ink.night}" stroke-width="3"`),
    `<g transform="translate(5 8)" opacity=".3">${hand(-118, 196, ink.night, 8)}</g>`,
    hand(-72, 188, brass, 5),
    hand(-118, 200, ink.night, 8),
    disc(x, y, 19, brass),
    disc(x, y, 19, 'none', `stroke="${brassDark}" stroke-width="4"`),
    disc(x, y, 6, ink.night),
    line(`M${x} ${y - radius - 4}V0`, brassDark, 10),
    disc(x, y - radius - 6, 22, 'none', `stroke="${brass}" stroke-width="10"`),
    line(`M${x - 196} ${y - 90}A216 216 0 0 1 ${x - 60} ${y - 207}`, ink.paper, 7, 'opacity=".65"'),
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
  const ripples = Array.from({ length: 26 }, (_, index) => line(through(Array.from({ length: 15 }, (_, step) => [step * 92 - 40, index * 26 + 12 * Math.sin(step * 1.1 + index * 0.8)] as const)), mix(ink.sand, ink.ochre, 0.28), 2.6, 'opacity=".55"'))
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
    ...[-38, -24, 22, 36].map((shift, index) => line(course, mix(ink.mist, ink.paper, 0.4), 2.4, `transform="translate(0 ${shift})" stroke-dasharray="${40 + index * 17} ${90 + index * 23}" opacity=".75"`)),
    ...marks,
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
