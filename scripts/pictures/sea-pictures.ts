/** Pictures of open water: a buoy, a ferry, a storm, a boat by night. */

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
  water,
  waterPath,
  width,
} from './style.ts'

/** Bell buoy in fog: everything pale but the buoy. */
export function bellBuoy(): string {
  const swells = [
    { top: 400, rise: 9, long: 380, shift: 40 },
    { top: 442, rise: 14, long: 460, shift: 190 },
    { top: 520, rise: 24, long: 620, shift: 330 },
  ] as const
  const fog = mix(ink.paper, ink.mist, 0.45)
  const buoy = [
    shape('M-128 64Q-122 118 0 128Q122 118 128 64Z', mix(ink.coral, ink.night, 0.45)),
    shape('M-132 40Q0 12 132 40L128 72Q0 96 -128 72Z', ink.coral),
    line('M-132 42Q0 68 132 42', mix(ink.coral, ink.night, 0.35), 5),
    line('M-92 40L-46 -190M92 40L46 -190M-30 54L-16 -190M30 54L16 -190', ink.night, 9),
    line('M-75 -46Q0 -30 75 -46M-58 -130Q0 -118 58 -130', ink.night, 7),
    shape('M-56 -190H56L44 -210H-44Z', ink.night),
    line('M0 -210V-252', ink.night, 8),
    disc(0, -268, 19, ink.coral),
    shape('M-14 -116Q0 -126 14 -116L18 -108Q26 -60 44 -34H-44Q-26 -60 -18 -108Z', ink.ochre),
    shape('M4 -120Q12 -118 14 -116L18 -108Q26 -60 44 -34H14Q16 -70 4 -120Z', mix(ink.ochre, ink.night, 0.28)),
    line('M-46 -35H46', mix(ink.ochre, ink.night, 0.35), 6),
    line('M-62 -108L-51 -52M62 -108L58 -52', ink.night, 5),
    disc(-49, -46, 9, ink.night),
    disc(58, -46, 9, ink.night),
  ].join('')
  const rings = [150, 196, 244, 294, 346].map((radius, index) => {
    const arc = (side: number) => {
      const [x, y] = [Math.cos(0.5) * radius, Math.sin(0.5) * radius]
      return `M${at(612 + side * x)} ${at(238 - y)}A${radius} ${radius} 0 0 ${side > 0 ? 1 : 0} ${at(612 + side * x)} ${at(238 + y)}`
    }
    return line(arc(1) + arc(-1), ink.deep, 6 - index * 0.9, `opacity="${at(0.8 - index * 0.15)}"`)
  })
  return [
    ground(fog),
    stipple(3, { x: 0, y: 0, wide: width, high: 420 }, 5200, mix(ink.mist, ink.sea, 0.35), (_, v) => 0.55 * v * v),
    disc(936, 150, 108, mix(ink.paper, ink.ochre, 0.1)),
    disc(936, 150, 70, mix(ink.paper, ink.ochre, 0.3)),
    ...rings,
    water(swells[0], mix(ink.mist, ink.sea, 0.25)),
    lightPath(8, 936, 404, 470, 90, ink.paper),
    water(swells[1], mix(ink.mist, ink.sea, 0.62)),
    glints(5, { x: 0, y: 450, wide: width, high: 60 }, 46, mix(ink.mist, ink.paper, 0.4), 70),
    `<g transform="translate(612 408) rotate(9) scale(.93)">${buoy}</g>`,
    water(swells[2], ink.deep),
    cutTo(
      'near',
      waterPath(swells[2]),
      stipple(9, { x: 0, y: 490, wide: width, high: 140 }, 5200, ink.night, (_, v) => v * 0.9),
    ),
    glints(6, { x: 0, y: 520, wide: width, high: 90 }, 52, ink.sea, 120),
  ].join('')
}

/** The ferry over the bar at dusk, the moon two days short of full. */
export function ferry(): string {
  const dusk = mix(ink.deep, ink.mist, 0.25)
  const sky = [
    ground(dusk),
    block(0, 150, width, 300, mix(ink.sea, ink.mist, 0.35)),
    block(0, 232, width, 220, mix(ink.mist, ink.sand, 0.5)),
    block(0, 296, width, 200, mix(ink.sand, ink.coral, 0.28)),
    stipple(21, { x: 0, y: 40, wide: width, high: 180 }, 6000, mix(ink.sea, ink.mist, 0.35), (_, v) => (v < 0.61 ? v * v * 1.2 : 0), 1.7),
    stipple(22, { x: 0, y: 150, wide: width, high: 82 }, 4200, mix(ink.mist, ink.sand, 0.5), (_, v) => v * v, 1.7),
    stipple(23, { x: 0, y: 232, wide: width, high: 64 }, 3600, mix(ink.sand, ink.coral, 0.28), (_, v) => v * v, 1.7),
  ]
  const moon =
    disc(268, 142, 74, mix(ink.paper, ink.sand, 0.15)) +
    cutTo(
      'moon',
      circlePath(268, 142, 74),
      `<mask id="shade"><rect width="1200" height="630" fill="#fff"/>${disc(282, 140, 76, '#000')}</mask>${disc(268, 142, 74, mix(ink.sand, ink.mist, 0.5), 'mask="url(#shade)"')}` +
        stipple(7, { x: 194, y: 68, wide: 150, high: 150 }, 900, mix(ink.sand, ink.mist, 0.3), (u, v) => Math.max(0, 0.75 - u - v * 0.2)),
    )
  const island =
    shape('M720 366Q800 318 890 330Q930 300 1000 306Q1080 300 1130 338Q1180 344 1210 366Z', mix(ink.deep, ink.night, 0.15)) +
    block(1012, 272, 10, 40, mix(ink.deep, ink.night, 0.15)) +
    disc(1017, 270, 7, ink.ochre)
  const boat = [
    shape('M-178 0H186Q168 62 138 70H-138Q-166 60 -178 0Z', ink.coral),
    shape('M-170 34H174Q160 62 138 70H-138Q-160 60 -170 34Z', ink.night),
    shape('M-178 0H186L183 14H-176Z', ink.paper),
    shape('M-118 -62H96V0H-118Z', ink.paper),
    shape('M-126 -72H104V-58H-126Z', ink.night),
    shape('M-20 -122H74V-70H-20Z', mix(ink.paper, ink.sand, 0.6)),
    shape('M-30 -134H84V-120H-30Z', ink.night),
    ...[-98, -56, -14, 28].map(x => block(x, -46, 28, 24, ink.ochre)),
    block(68, -46, 16, 46, mix(ink.deep, ink.night, 0.3)),
    block(-8, -112, 30, 28, ink.ochre),
    block(32, -112, 30, 28, ink.ochre),
    shape('M-92 -132H-54V-70H-92Z', ink.deep),
    shape('M-92 -118H-54V-102H-92Z', ink.coral),
    line('M146 2V-96M-160 2V-40', ink.night, 5),
    shape('M146 -96L108 -84L146 -72Z', ink.coral),
    line('M146 -36Q110 -20 96 -30', ink.night, 3),
  ].join('')
  const smoke = [
    [560, 214, 15],
    [538, 194, 21],
    [506, 172, 27],
    [462, 154, 31],
    [414, 146, 25],
    [378, 150, 16],
  ].map(([x = 0, y = 0, radius = 0]) => disc(x, y, radius, mix(ink.mist, ink.paper, 0.25)))
  const bar = `M-10 ${height + 10}V560Q160 486 380 494Q560 500 700 540Q900 590 1210 566V${height + 10}Z`
  return [
    ...sky,
    moon,
    island,
    block(0, 362, width, 268, mix(ink.sea, ink.deep, 0.35)),
    lightPath(31, 268, 366, 560, 104, mix(ink.paper, ink.sand, 0.3)),
    glints(11, { x: 400, y: 368, wide: 820, high: 190 }, 90, mix(ink.sand, ink.coral, 0.3), 110),
    water({ top: 428, rise: 5, long: 210, shift: 60 }, mix(ink.sea, ink.deep, 0.55)),
    lightPath(33, 268, 436, 566, 112, mix(ink.paper, ink.sand, 0.3)),
    ...smoke,
    `<g transform="translate(636 368)">${boat}</g>`,
    line('M438 424Q470 414 500 423T560 424T620 425T680 424T740 425T800 422Q822 414 842 424', mix(ink.paper, ink.mist, 0.3), 5),
    water({ top: 430, rise: 5, long: 260, shift: 160, sharp: 0.4 }, mix(ink.deep, ink.sea, 0.25)),
    lightPath(34, 268, 440, 540, 112, mix(ink.paper, ink.sand, 0.3)),
    lightPath(35, 618, 440, 500, 150, mix(ink.deep, ink.ochre, 0.55)),
    glints(13, { x: 0, y: 462, wide: width, high: 60 }, 60, mix(ink.sea, ink.mist, 0.3), 80),
    shape(bar, mix(ink.sea, ink.sand, 0.55)),
    cutTo(
      'bar',
      bar,
      stipple(41, { x: 0, y: 486, wide: width, high: 150 }, 6400, mix(ink.sand, ink.paper, 0.2), (_, v) => v) +
        [520, 548, 578, 606]
          .map((y, index) =>
            line(
              through(Array.from({ length: 9 }, (_, step) => [step * 160 - 20 + index * 40, y + (step % 2 ? 9 : -7)] as const)),
              mix(ink.sand, ink.paper, 0.3),
              3.5,
            ),
          )
          .join(''),
    ),
  ].join('')
}

/** The January storm: a wall of sea, slanting rain, and the pen's line through all of it. */
export function storm(): string {
  const next = chance(77)
  const rain = Array.from({ length: 190 }, () => {
    const [x, y, long] = [next() * 1400 - 60, next() * 520 - 60, 26 + next() * 70]
    return `M${at(x)} ${at(y)}l${at(-long * 0.42)} ${at(long)}`
  }).join('')
  const swells = [
    { top: 330, rise: 30, long: 330, shift: 90, sharp: 0.9 },
    { top: 410, rise: 46, long: 450, shift: 330, sharp: 0.9 },
    { top: 514, rise: 56, long: 600, shift: 120, sharp: 0.9 },
  ] as const
  const inks = [mix(ink.sea, ink.mist, 0.25), mix(ink.sea, ink.deep, 0.35), mix(ink.deep, ink.night, 0.45)]
  const seas = swells.map((swell, index) => {
    const own = inks[index] ?? ink.deep
    const path = waterPath(swell)
    const area = { x: 0, y: swell.top - swell.rise - 10, wide: width, high: 170 }
    const foam = stipple(60 + index, area, 3800, ink.paper, (_, v) => (v < 0.42 ? (0.42 - v) * 1.3 : 0), 2)
    return (
      shape(path, own) +
      cutTo(`sea${index}`, path, foam) +
      line(path.replace(/^M[^L]*L/, 'M').replace(/L1212 640Z$/, ''), ink.paper, 4 + index * 1.5)
    )
  })
  const clouds = [
    [
      'M-20 -20H1220V96Q1120 150 1010 112Q930 168 800 124Q700 176 580 128Q470 172 350 120Q230 168 120 118Q50 146 -20 110Z',
      mix(ink.night, ink.deep, 0.25),
    ],
    ['M-20 -20H1220V40Q1100 96 960 52Q840 108 700 60Q560 112 420 56Q270 104 150 56Q60 84 -20 50Z', ink.night],
  ] as const
  const predicted = (x: number) => 420 - 70 * Math.sin(((x - 250) / 520) * Math.PI * 2)
  const surge = (x: number) =>
    235 * Math.exp(-(((x - 700) / 215) ** 2)) + (x > 860 ? 26 * Math.sin((x - 860) / 13) * Math.exp(-(x - 860) / 150) : 0)
  const trace = through(Array.from({ length: 121 }, (_, step) => [step * 10, predicted(step * 10) - surge(step * 10)] as const))
  const promise = through(Array.from({ length: 61 }, (_, step) => [step * 20, predicted(step * 20)] as const))
  return [
    ground(mix(ink.deep, ink.sea, 0.45)),
    stipple(61, { x: 0, y: 60, wide: width, high: 320 }, 7000, mix(ink.sea, ink.mist, 0.3), (_, v) => v * v * 0.8),
    shape(clouds[0][0], clouds[0][1]),
    shape(clouds[1][0], clouds[1][1]),
    line(rain, mix(ink.mist, ink.sea, 0.3), 2.4, 'opacity=".7"'),
    ...seas,
    glints(66, { x: 0, y: 560, wide: width, high: 60 }, 36, ink.sea, 130),
    line(promise, ink.paper, 4, 'stroke-dasharray="2 15" opacity=".9"'),
    line(trace, ink.night, 16, 'opacity=".28" transform="translate(3 6)"'),
    line(trace, ink.ochre, 9),
  ].join('')
}

/** A boat with one sail at night, the crescent, and a knotted rope: the grandmother's notebook. */
export function moonBook(): string {
  const next = chance(1313)
  const stars = Array.from({ length: 70 }, () => disc(next() * width, next() * 340, 0.8 + next() * 1.8, ink.paper)).join('')
  const sea = { top: 404, rise: 4, long: 300, shift: 20 }
  const rope = (x: number) => through(Array.from({ length: 14 }, (_, step) => [x + Math.sin(step * 0.8) * 5, -20 + step * 42] as const))
  const knots = Array.from({ length: 9 }, (_, index) => {
    const y = 44 + index * 54
    return `<g transform="translate(${at(1036 + Math.sin(((y + 20) / 42) * 0.8) * 5)} ${y}) rotate(${index % 2 ? 14 : -12})">${block(-15, -13, 30, 26, ink.sand, 'rx="12"')}${line('M-10 -7Q0 2 11 -5M-11 5Q0 12 10 6', mix(ink.sand, ink.night, 0.5), 3)}</g>`
  })
  const boat = [
    line('M20 8V-60', mix(ink.sand, ink.night, 0.45), 10),
    shape('M-10 -292Q150 -220 196 -16Q90 -44 -54 -30Q-8 -150 -10 -292Z', ink.paper),
    cutTo(
      'sail',
      'M-10 -292Q150 -220 196 -16Q90 -44 -54 -30Q-8 -150 -10 -292Z',
      stipple(91, { x: -60, y: -292, wide: 260, high: 280 }, 2600, mix(ink.sand, ink.coral, 0.3), (u, v) => (1 - u) * 0.7 * v + 0.1),
    ),
    line('M-12 -300L-60 -22', ink.sand, 8),
    disc(-148, -34, 30, ink.ochre, 'opacity=".18"'),
    disc(-148, -34, 17, ink.ochre, 'opacity=".35"'),
    disc(-148, -34, 7, ink.ochre),
    shape('M-126 20Q-130 -34 -104 -64Q-90 -66 -84 -54Q-70 -20 -72 20Z', mix(ink.sea, ink.mist, 0.3)),
    disc(-103, -48, 11, mix(ink.sand, ink.ochre, 0.3)),
    line('M-108 -18L-146 -40', mix(ink.sea, ink.mist, 0.3), 9),
    shape('M-196 -16Q-130 12 20 10Q140 8 206 -38Q190 40 120 62H-110Q-170 50 -196 -16Z', mix(ink.coral, ink.night, 0.2)),
    shape('M-190 0Q-130 26 20 24Q136 24 202 -18L206 -38Q140 8 20 10Q-130 12 -196 -16Z', ink.sand),
  ].join('')
  return [
    ground(ink.night),
    stipple(92, { x: 0, y: 120, wide: width, high: 290 }, 9000, mix(ink.deep, ink.sea, 0.2), (_, v) => v * v * 0.95, 1.9),
    stars,
    cutTo(
      'crescent',
      'M0 0H1200V630H0ZM-100 0',
      `<mask id="bite"><rect width="1200" height="630" fill="#fff"/>${disc(292, 134, 76, '#000')}</mask><g mask="url(#bite)">${disc(252, 158, 88, mix(ink.paper, ink.ochre, 0.25))}</g>`,
    ),
    water(sea, ink.deep),
    lightPath(93, 246, 408, 630, 92, mix(ink.paper, ink.ochre, 0.3)),
    glints(94, { x: 0, y: 410, wide: width, high: 220 }, 110, mix(ink.sea, ink.deep, 0.25), 120),
    `<g transform="translate(610 408)">${boat}</g>`,
    water({ top: 462, rise: 5, long: 340, shift: 210 }, mix(ink.deep, ink.night, 0.35)),
    lightPath(95, 610, 470, 560, 130, mix(ink.deep, ink.paper, 0.3)),
    glints(96, { x: 0, y: 474, wide: width, high: 150 }, 90, mix(ink.sea, ink.deep, 0.4), 150),
    lightPath(97, 246, 474, 630, 108, mix(ink.paper, ink.ochre, 0.3)),
    line(rope(1036), mix(ink.sand, ink.night, 0.45), 13),
    line(rope(1036), ink.sand, 9),
    line(rope(1036), mix(ink.sand, ink.night, 0.4), 2, 'stroke-dasharray="3 8"'),
    ...knots,
    shape('M1018 520H1056L1066 590Q1037 610 1008 590Z', mix(ink.mist, ink.night, 0.55)),
    shape('M1018 520H1030L1026 600Q1014 598 1008 590Z', mix(ink.mist, ink.night, 0.25)),
  ].join('')
}
