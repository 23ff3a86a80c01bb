/** Pictures of instruments: wheels, a nail, a dial. */

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
  ink,
  lightPath,
  line,
  mix,
  shape,
  stipple,
  through,
  water,
  width,
} from './style.ts'

const brass = mix(ink.ochre, ink.sand, 0.25)
const brassDark = mix(ink.ochre, ink.night, 0.42)

/** The tide predictor: brass wheels in two rows, one tape over all of them, a pen on a paper drum. */
export function predictor(): string {
  const tops = [46, 64, 50, 66, 58, 68, 44].map((radius, index) => ({ x: 74 + index * 154, y: 168 - (radius - 44) * 0.9, radius }))
  const feet = [36, 46, 40, 48, 34, 44, 38].map((radius, index) => ({ x: 151 + index * 154, y: 346 + (radius - 34) * 0.6, radius }))
  const wheels = [...tops, ...feet].map((wheel, index) => toothed(index, wheel.x, wheel.y, wheel.radius))
  const order = tops.flatMap((top, index) => [top, ...(feet[index] === undefined ? [] : [feet[index]])])
  const tape = `M-10 20L${order
    .map(({ x, y, radius }, index) => {
      const over = index % 2 === 0
      const rim = (radius + 5) * (over ? -1 : 1)
      const reach = radius * 0.92
      return `${at(x - reach)} ${at(y + rim * 0.36)}Q${at(x - reach * 0.86)} ${at(y + rim)} ${at(x)} ${at(y + rim)}Q${at(x + reach * 0.86)} ${at(y + rim)} ${at(x + reach)} ${at(y + rim * 0.36)}`
    })
    .join('L')}L1106 128Q1106 102 1120 102T1134 128V458`
  const curve = through(
    Array.from({ length: 114 }, (_, step) => {
      const x = step * 10 - 6
      const spring = 0.62 + 0.38 * Math.cos((x - 560) / 168)
      return [x, 548 - 46 * spring * Math.sin(x / 17.6)] as const
    }).filter(([x]) => x <= 1130),
  )
  const drum = 'M-10 462H1210V640H-10Z'
  return [
    ground(ink.night),
    disc(846, 208, 228, mix(ink.night, ink.deep, 0.6)),
    stipple(
      101,
      everywhere,
      9000,
      mix(ink.deep, ink.sea, 0.15),
      (u, v) => Math.max(0, 0.75 - Math.hypot((u - 0.7) * 1.6, v - 0.33) * 1.4),
      1.7,
    ),
    line('M-10 262H1210', mix(ink.night, ink.deep, 0.9), 22),
    line('M-10 262H1210', mix(ink.deep, ink.sea, 0.2), 3),
    ...[...tops, ...feet].map(({ x, y }) => line(`M${x} ${y}V262`, mix(ink.night, ink.deep, 0.9), 16)),
    ...wheels,
    line(tape, ink.night, 11, 'opacity=".45" transform="translate(0 4)"'),
    line(tape, mix(ink.paper, ink.mist, 0.25), 5),
    disc(1120, 122, 13, brass),
    disc(1120, 122, 4, ink.night),
    shape(drum, ink.paper),
    block(0, 462, width, 12, mix(ink.sand, ink.ochre, 0.2)),
    cutTo(
      'drum',
      drum,
      stipple(102, { x: 0, y: 466, wide: width, high: 170 }, 5200, ink.sand, (_, v) => Math.abs(v - 0.45) * 1.7),
    ),
    ...Array.from({ length: 25 }, (_, index) =>
      line(`M${index * 50} 482V${index % 4 === 0 ? 500 : 492}`, mix(ink.sand, ink.night, 0.35), 2),
    ),
    line('M0 548H1200', mix(ink.sand, ink.night, 0.12), 2, 'stroke-dasharray="2 10"'),
    line(curve, mix(ink.deep, ink.sea, 0.35), 6),
    shape('M1118 458H1150V492L1134 540L1118 492Z', ink.coral),
    shape('M1134 458H1150V492L1134 540Z', mix(ink.coral, ink.night, 0.3)),
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
  const spokes = Array.from({ length: radius > 50 ? 6 : 5 }, (_, step) => {
    const turn = ((step + index * 0.31) / (radius > 50 ? 6 : 5)) * Math.PI * 2
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

/** The nail: a stone wall by evening light, a brass head, a staff, the sea below. */
export function nail(): string {
  const next = chance(1872)
  const courses = [
    { y: -20, high: 136 },
    { y: 124, high: 128 },
    { y: 260, high: 142 },
    { y: 410, high: 116 },
  ]
  const tints = [
    mix(ink.mist, ink.sand, 0.55),
    mix(ink.mist, ink.paper, 0.35),
    mix(ink.sand, ink.paper, 0.35),
    mix(ink.mist, ink.deep, 0.18),
    mix(ink.sand, ink.mist, 0.35),
  ]
  let count = 0
  const stones = courses.map(({ y, high }, row) => {
    let x = -60 - row * 70
    const parts: string[] = []
    while (x < 1220) {
      const wide = 190 + next() * 150
      const wobble = () => (next() - 0.5) * 9
      const path = `M${at(x + 8 + wobble())} ${at(y + wobble() + 6)}L${at(x + wide - 4 + wobble())} ${at(y + wobble() + 5)}Q${at(x + wide + 3)} ${at(y + high / 2)} ${at(x + wide - 3 + wobble())} ${at(y + high - 2 + wobble())}L${at(x + 6 + wobble())} ${at(y + high + wobble())}Q${at(x)} ${at(y + high / 2)} ${at(x + 8)} ${at(y + 8)}Z`
      count += 1
      parts.push(
        shape(path, tints[(count * 3 + row) % tints.length] ?? ink.mist) +
          cutTo(
            `stone${count}`,
            path,
            stipple(200 + count, { x, y, wide, high: high + 6 }, 430, ink.deep, (u, v) => Math.max(0, u * 0.3 + v * 0.5 - 0.25), 1.8) +
              stipple(300 + count, { x, y, wide, high }, 130, ink.paper, (u, v) => Math.max(0, 0.7 - u - v), 2),
          ),
      )
      x += wide + 3
    }
    return parts.join('')
  })
  const staff = Array.from(
    { length: 13 },
    (_, index) =>
      block(842, -14 + index * 44, index % 2 ? 36 : 72, 44, index % 2 ? ink.coral : ink.paper) +
      (index % 2 ? block(878, -14 + index * 44, 36, 44, ink.paper) : block(878, -14 + index * 44, 36, 22, ink.night)),
  )
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
    cutTo(
      'head',
      circlePath(440, 262, 44),
      stipple(192, { x: 396, y: 218, wide: 88, high: 88 }, 1300, brassDark, (u, v) => Math.max(0, u * 0.8 + v * 0.8 - 0.62), 1.5),
    ),
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
    return line(
      `M${at(x + inner * Math.cos(turn))} ${at(y + inner * Math.sin(turn))}L${at(x + 216 * Math.cos(turn))} ${at(y + 216 * Math.sin(turn))}`,
      ink.night,
      index % 10 === 0 ? 5 : 2.5,
      'stroke-linecap="butt"',
    )
  })
  const hand = (degrees: number, long: number, fill: string, thick: number) =>
    `<g transform="translate(${x} ${y}) rotate(${degrees})">${shape(`M-${70} -${thick}L${long - 26} -${thick * 0.55}L${long} 0L${long - 26} ${thick * 0.55}L-${70} ${thick}Z`, fill)}${disc(-74, 0, thick * 2.1, fill)}</g>`
  const paper = Array.from({ length: 9 }, (_, column) =>
    Array.from({ length: 6 }, (_, row) => {
      const [left, up] = [column * 150 + (row % 2) * 75 - 30, row * 120 + 8]
      return line(
        `M${left - 40} ${up + 30}Q${left - 20} ${up} ${left} ${up + 20}T${left + 40} ${up + 10}M${left - 26} ${up + 50}Q${left - 8} ${up + 28} ${left + 8} ${up + 42}T${left + 34} ${up + 36}`,
        mix(ink.deep, ink.sea, 0.42),
        4,
      )
    }).join(''),
  )
  const dial = circlePath(x, y, 176)
  return [
    ground(ink.deep),
    ...paper,
    stipple(211, everywhere, 9000, ink.night, (u, v) => 0.08 + 0.5 * Math.hypot(u - 0.5, v - 0.5), 1.7),
    disc(x + 10, y + 18, radius + 6, ink.night, 'opacity=".55"'),
    disc(x, y, radius, brass),
    cutTo(
      'rim',
      circlePath(x, y, radius),
      stipple(
        212,
        { x: x - radius, y: y - radius, wide: 2 * radius, high: 2 * radius },
        12000,
        brassDark,
        (u, v) => Math.max(0, u * 0.7 + v * 0.8 - 0.62),
        1.6,
      ),
    ),
    disc(x, y, radius - 10, 'none', `stroke="${mix(brass, ink.paper, 0.5)}" stroke-width="4"`),
    disc(x, y, 232, ink.night),
    disc(x, y, 226, ink.paper),
    ...marks,
    cutTo(
      'glass',
      dial,
      [
        block(x - 180, y - 180, 360, 360, mix(ink.mist, ink.paper, 0.35)),
        shape(
          `M${x - 180} ${y - 180}H${x - 10}Q${x - 20} ${y - 120} ${x - 60} ${y - 110}Q${x - 80} ${y - 60} ${x - 140} ${y - 70}Q${x - 160} ${y - 40} ${x - 190} ${y - 44}Z`,
          mix(ink.deep, ink.night, 0.4),
        ),
        shape(
          `M${x - 190} ${y - 90}Q${x - 150} ${y - 70} ${x - 120} ${y - 96}Q${x - 70} ${y - 90} ${x - 40} ${y - 130}Q${x + 10} ${y - 136} ${x + 30} ${y - 190}H${x - 190}Z`,
          mix(ink.sea, ink.deep, 0.5),
        ),
        line(
          `M${x - 150} ${y - 60}l-20 46M${x - 112} ${y - 66}l-20 46M${x - 74} ${y - 84}l-20 46M${x - 38} ${y - 100}l-16 40M${x - 126} ${y - 8}l-12 28M${x - 88} ${y - 18}l-12 28`,
          mix(ink.sea, ink.deep, 0.3),
          4,
        ),
        disc(x + 92, y - 58, 44, mix(ink.ochre, ink.coral, 0.2)),
        stipple(213, { x: x - 40, y: y - 100, wide: 220, high: 140 }, 900, mix(ink.ochre, ink.sand, 0.3), (u, v) => u * v, 1.6),
        water({ top: y + 46, rise: 9, long: 150, shift: 30, sharp: 0.7 }, mix(ink.sea, ink.mist, 0.3)),
        lightPath(214, x + 92, y + 44, y + 80, 40, ink.paper),
        water({ top: y + 82, rise: 11, long: 190, shift: 110, sharp: 0.7 }, ink.sea),
        water({ top: y + 124, rise: 12, long: 240, shift: 10, sharp: 0.7 }, ink.deep),
        glints(215, { x: x - 180, y: y + 100, wide: 360, high: 80 }, 40, mix(ink.sea, ink.mist, 0.4), 70),
      ].join(''),
    ),
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
