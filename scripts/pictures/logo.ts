/** The wordmark and its emblem, drawn as strokes so that no font is needed. Shown at half its size. */

import { at, circlePath, cutTo, disc, ink, mix, water } from './style.ts'

export const logoWidth = 480
export const logoHeight = 96

/** Strokes of a letter on a baseline at 0: x-height 19, ascenders and capitals 30. */
const letters: Readonly<Record<string, { readonly wide: number; readonly strokes: string }>> = {
  T: { wide: 21, strokes: 'M0 -30H21M10.5 -30V0' },
  h: { wide: 15, strokes: 'M0 -30V0M0 -10.5C0 -22.5 15 -22.5 15 -10.5V0' },
  e: { wide: 19, strokes: 'M0.2 -9.5H18.8A9.4 9.4 0 1 0 16.2 -2.9' },
  i: { wide: 0, strokes: 'M0 -19V0M0 -28.6V-28.4' },
  d: { wide: 19, strokes: `${circlePath(9.5, -9.5, 9.5)}M19 -30V0` },
  O: { wide: 30, strokes: circlePath(15, -15, 15) },
  f: { wide: 13, strokes: 'M5 0V-22Q5 -30.5 14 -30M-1 -18.5H12' },
  c: { wide: 16.5, strokes: 'M16.2 -16.1A9.4 9.4 0 1 0 16.2 -2.9' },
}
const tighter: Readonly<Record<string, number>> = { Th: -1, Ti: -1.5, ff: -1, fi: 0.5, Of: 0 }

/** `light` for light backgrounds, `dark` for dark ones; both on a transparent ground. */
export function logo(variant: 'light' | 'dark'): string {
  const [text, disk, moon, far, near] =
    variant === 'light'
      ? [ink.night, ink.night, ink.ochre, ink.sea, mix(ink.sea, ink.mist, 0.55)]
      : [ink.paper, mix(ink.deep, ink.sea, 0.3), ink.ochre, mix(ink.sea, ink.mist, 0.35), ink.paper]
  const emblem = [
    disc(48, 48, 46, disk),
    cutTo(
      'emblem',
      circlePath(48, 48, 46),
      [
        disc(48, 38, 19, moon),
        water({ top: 55, rise: 6, long: 46, shift: 12, sharp: 0.15 }, far),
        water({ top: 70, rise: 6, long: 46, shift: 35, sharp: 0.15 }, near),
      ].join(''),
    ),
  ].join('')
  let [x, strokes] = [0, '']
  const name = 'The Tide Office'
  for (const [index, letter] of name.split('').entries()) {
    const glyph = letters[letter]
    if (glyph === undefined) {
      x += 11
      continue
    }
    strokes += `<path d="${glyph.strokes}" transform="translate(${at(x)} 0)"/>`
    x += glyph.wide + 7 + (tighter[name.slice(index, index + 2)] ?? 0)
  }
  const lettering = (stroke: string, thickness: number) =>
    `<g transform="translate(114 65) scale(1.16)" fill="none" stroke="${stroke}" stroke-width="${thickness}" stroke-linecap="round" stroke-linejoin="round">${strokes}</g>`
  // Some clients darken the ground and know no second logo: a white edge, unseen on white, keeps the dark letters readable there.
  const edge = variant === 'light' ? disc(48, 48, 48, '#ffffff') + lettering('#ffffff', 7.5) : ''
  return edge + emblem + lettering(text, 4.3)
}
