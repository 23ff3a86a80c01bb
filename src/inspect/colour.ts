/** Colours as CSS writes them, and what mail programs make of them. */

import { contrast } from '../render/contrast.ts'
import { colourNames } from './colour-names.ts'

/** Red, green and blue from 0 to 255, alpha from 0 to 1. */
export interface Colour {
  readonly red: number
  readonly green: number
  readonly blue: number
  readonly alpha: number
}

/** Opaque white. */
export const white: Colour = { red: 255, green: 255, blue: 255, alpha: 1 }

/** Opaque black. */
export const black: Colour = { red: 0, green: 0, blue: 0, alpha: 1 }

/** A colour out of CSS or an HTML attribute: hexadecimal, rgb(), hsl(), a name, transparent. Null for anything else. */
export function parseColour(text: string): Colour | null {
  const value = text.trim().toLowerCase()
  if (value === 'transparent') return { ...black, alpha: 0 }
  if (value.startsWith('#')) return parseHex(value.slice(1))
  const call = /^(rgba?|hsla?)\(([^()]*)\)$/.exec(value)
  if (call !== null)
    return parseFunction(
      call[1] ?? '',
      (call[2] ?? '').split(/[\s,/]+/).filter(each => each !== ''),
    )
  return Object.hasOwn(colourNames, value) ? parseHex(colourNames[value] ?? '') : null
}

/** `#rrggbb`. Alpha is left out. */
export function hexOf({ red, green, blue }: Colour): string {
  return `#${[red, green, blue].map(channel => Math.round(channel).toString(16).padStart(2, '0')).join('')}`
}

/** What is seen where a colour lies over an opaque one. */
export function layOver(upper: Colour, lower: Colour): Colour {
  const mix = (one: number, other: number) => one * upper.alpha + other * (1 - upper.alpha)
  return { red: mix(upper.red, lower.red), green: mix(upper.green, lower.green), blue: mix(upper.blue, lower.blue), alpha: 1 }
}

/** The contrast ratio of a text's colour on an opaque background, 1 to 21. */
export function contrastOn(text: Colour, background: Colour): number {
  return contrast(hexOf(layOver(text, background)), hexOf(background))
}

/**
 * The colour after a mail program has forced its dark mode by inversion: same hue, opposite lightness, as Gmail's app for iOS and Outlook on
 * Windows do (https://www.litmus.com/blog/the-ultimate-guide-to-dark-mode-for-email-marketers, "full color invert").
 */
export function invert(colour: Colour): Colour {
  const { hue, saturation, lightness } = toHsl(colour)
  return { ...fromHsl(hue, saturation, 1 - lightness), alpha: colour.alpha }
}

function parseHex(digits: string): Colour | null {
  if (!/^(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/.test(digits)) return null
  const pairs = digits.length < 6 ? Array.from(digits, digit => digit + digit) : (digits.match(/../g) ?? [])
  const [red = 0, green = 0, blue = 0, alpha = 255] = pairs.map(pair => Number.parseInt(pair, 16))
  return { red, green, blue, alpha: alpha / 255 }
}

function parseFunction(name: string, parts: readonly string[]): Colour | null {
  const [first = '', second = '', third = '', fourth = '1'] = parts
  const alpha = share(fourth, 1)
  if (parts.length < 3 || parts.length > 4 || alpha === null) return null
  if (name.startsWith('hsl')) {
    const [hue, saturation, lightness] = [Number(first.replace(/deg$/, '')), share(second, 100), share(third, 100)]
    return Number.isNaN(hue) || saturation === null || lightness === null ? null : { ...fromHsl(hue, saturation, lightness), alpha }
  }
  const [red, green, blue] = [first, second, third].map(each => share(each, 255))
  return red == null || green == null || blue == null ? null : { red: red * 255, green: green * 255, blue: blue * 255, alpha }
}

/** A number of `whole`, or a percentage, as a share from 0 to 1. */
function share(text: string, whole: number): number | null {
  const number = Number(text.replace(/%$/, ''))
  if (text === '' || Number.isNaN(number)) return null
  return Math.min(1, Math.max(0, number / (text.endsWith('%') ? 100 : whole)))
}

function toHsl({ red, green, blue }: Colour): { hue: number; saturation: number; lightness: number } {
  const [r, g, b] = [red / 255, green / 255, blue / 255]
  const [most, least] = [Math.max(r, g, b), Math.min(r, g, b)]
  const [lightness, range] = [(most + least) / 2, most - least]
  if (range === 0) return { hue: 0, saturation: 0, lightness }
  const sector = most === r ? (g - b) / range : most === g ? (b - r) / range + 2 : (r - g) / range + 4
  return { hue: (sector * 60 + 360) % 360, saturation: range / (1 - Math.abs(2 * lightness - 1)), lightness }
}

// https://www.w3.org/TR/css-color-4/#hsl-to-rgb
function fromHsl(hue: number, saturation: number, lightness: number): Colour {
  const channel = (n: number) => {
    const k = (n + (((hue % 360) + 360) % 360) / 30) % 12
    return 255 * (lightness - saturation * Math.min(lightness, 1 - lightness) * Math.max(-1, Math.min(k - 3, 9 - k, 1)))
  }
  return { red: channel(0), green: channel(8), blue: channel(4), alpha: 1 }
}
