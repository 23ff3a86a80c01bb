/** How an element looks once everything is inherited: what rules on contrast and size judge. */

import { cascade, type Declared } from './cascade.ts'
import { black, type Colour, invert, layOver, parseColour, white } from './colour.ts'
import type { HtmlElement, Inspected } from './finding.ts'

/** The ways a mail program may colour an email: as written, in its own dark styles, or by turning light colours dark itself. */
export const appearances = ['light', 'dark', 'inverted'] as const

/** One of these ways. */
export type Appearance = (typeof appearances)[number]

/** What an element's text looks like. */
export interface Look {
  readonly colour: Colour
  /** What lies behind it: opaque. */
  readonly background: Colour
  /** True where a picture lies behind it, so that the colour is not the whole truth. */
  readonly onPicture: boolean
  /** Pixels. */
  readonly fontSize: number
  readonly bold: boolean
  /** As a multiple of the font's size; null for `normal`. */
  readonly lineHeight: number | null
  /** Not shown at all: the preheader, a logo's other variant. */
  readonly hidden: boolean
  readonly declared: Declared
}

type ParsedTree = Pick<Inspected, 'elements' | 'styles'>

/** How every element looks. */
export type Looks = ReadonlyMap<HtmlElement, Look>

/** Width of the column that emails are made for, in pixels. */
const usualWidth = 600

/** How every element looks one way. Sizes and colours of mail programs themselves are those of the HTML standard's rendering section. */
export function computeLooks(tree: ParsedTree, appearance: Appearance): Looks {
  return appearance === 'inverted' ? invertAll(looksOn(tree, 'light')) : looksOn(tree, appearance)
}

/** The same all ways at once, which is less work. */
export function computeAllLooks(tree: ParsedTree): Readonly<Record<Appearance, Looks>> {
  const light = looksOn(tree, 'light')
  return { light, dark: looksOn(tree, 'dark'), inverted: invertAll(light) }
}

function invertAll(looks: Looks): Looks {
  return new Map([...looks].map(([element, look]) => [element, invertLook(look)]))
}

function looksOn(tree: ParsedTree, scheme: 'light' | 'dark'): Looks {
  const declared = cascade(tree, { scheme, width: usualWidth })
  const looks = new Map<HtmlElement, Look>()
  const top = rootLook(tree, scheme)
  for (const element of tree.elements) {
    const parent = (element.parent === null ? undefined : looks.get(element.parent)) ?? top
    looks.set(element, lookOf(element, parent, declared.get(element) ?? new Map()))
  }
  return looks
}

function rootLook({ elements }: ParsedTree, scheme: 'light' | 'dark'): Look {
  // https://www.w3.org/TR/css-color-adjust-1/#color-scheme-prop: only a page that says it can be dark gets a dark canvas.
  const canBeDark = elements.some(
    ({ name, attributes }) => name === 'meta' && /^color-scheme$/i.test(attributes.name ?? '') && /dark/i.test(attributes.content ?? ''),
  )
  const dark = scheme === 'dark' && canBeDark
  const background = dark ? { red: 18, green: 18, blue: 18, alpha: 1 } : white
  return {
    colour: dark ? white : black,
    background,
    onPicture: false,
    fontSize: 16,
    bold: false,
    lineHeight: null,
    hidden: false,
    declared: new Map(),
  }
}

function invertLook(look: Look): Look {
  return { ...look, colour: invert(look.colour), background: invert(look.background) }
}

function lookOf(element: HtmlElement, parent: Look, declared: Declared): Look {
  const fontSize = fontSizeOf(element, parent.fontSize, declared)
  const painted = backgroundOf(element, declared)
  return {
    colour: colourOf(element, parent.colour, declared),
    background: painted === null ? parent.background : layOver(painted, parent.background),
    onPicture: hasPicture(element, declared) || (parent.onPicture && (painted === null || painted.alpha < 1)),
    fontSize,
    bold: isBold(element, parent.bold, declared),
    lineHeight: lineHeightOf(declared, parent.lineHeight, fontSize),
    hidden: parent.hidden || isHidden(declared),
    declared,
  }
}

function colourOf(element: HtmlElement, inherited: Colour, declared: Declared): Colour {
  const own = declared.get('color') ?? (element.name === 'font' ? element.attributes.color : undefined)
  if (own !== undefined && !/^(?:inherit|unset|currentcolor)$/i.test(own)) return parseColour(own) ?? inherited
  const isLink = element.name === 'a' && Object.hasOwn(element.attributes, 'href')
  return own === undefined && isLink ? { red: 0, green: 0, blue: 238, alpha: 1 } : inherited
}

function backgroundOf({ attributes }: HtmlElement, declared: Declared): Colour | null {
  const shorthand =
    declared
      .get('background')
      ?.replace(/url\([^)]*\)/gi, '')
      .match(/#[0-9a-f]+|[a-z]+\([^()]*\)|[a-z]+/gi) ?? []
  for (const value of [declared.get('background-color'), ...shorthand, attributes.bgcolor]) {
    const colour = value === undefined ? null : parseColour(value)
    if (colour !== null) return colour
  }
  return null
}

function hasPicture({ attributes }: HtmlElement, declared: Declared): boolean {
  const values = [declared.get('background'), declared.get('background-image')]
  return Object.hasOwn(attributes, 'background') || values.some(value => value !== undefined && /url\(|gradient\(/i.test(value))
}

// https://html.spec.whatwg.org/multipage/rendering.html#sections-and-headings
const ownSizes: Readonly<Record<string, number>> = {
  h1: 2,
  h2: 1.5,
  h3: 1.17,
  h4: 1,
  h5: 0.83,
  h6: 0.67,
  small: 0.83,
  sub: 0.83,
  sup: 0.83,
}

function fontSizeOf(element: HtmlElement, inherited: number, declared: Declared): number {
  const shorthand = /(?:^|\s)([\d.]+(?:px|pt|em|rem|%))/.exec(declared.get('font') ?? '')?.[1]
  const written = declared.get('font-size') ?? shorthand
  const fallback = inherited * (ownSizes[element.name] ?? 1)
  return written === undefined ? fallback : (pixelsOf(written, inherited) ?? fallback)
}

/** A length in pixels; `base` is what em and % refer to. Null for anything else. */
export function pixelsOf(value: string, base: number): number | null {
  const [, number, unit] = /^(-?[\d.]+)(px|pt|em|rem|%)?$/.exec(value.trim().toLowerCase()) ?? []
  const amount = Number(number)
  if (number === undefined || Number.isNaN(amount)) return null
  if (unit === undefined) return amount === 0 ? 0 : null
  const factors: Readonly<Record<string, number>> = { px: 1, pt: 4 / 3, em: base, rem: 16, '%': base / 100 }
  return amount * (factors[unit] ?? 1)
}

const boldElements = new Set(['b', 'strong', 'th', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'])

function isBold(element: HtmlElement, inherited: boolean, declared: Declared): boolean {
  const written = declared.get('font-weight')?.toLowerCase()
  if (written === undefined) return inherited || boldElements.has(element.name)
  return written === 'bold' || written === 'bolder' || Number(written) >= 700
}

function lineHeightOf(declared: Declared, inherited: number | null, fontSize: number): number | null {
  const written = declared.get('line-height')
  if (written === undefined) return inherited
  if (/^[\d.]+$/.test(written)) return Number(written)
  const pixels = pixelsOf(written, fontSize)
  return pixels === null || fontSize === 0 ? null : pixels / fontSize
}

function isHidden(declared: Declared): boolean {
  const is = (property: string, value: RegExp) => value.test(declared.get(property) ?? '')
  const noHeight = is('max-height', /^0(?:px)?$/i) || is('height', /^0(?:px)?$/i)
  return (
    is('display', /^none$/i) || is('visibility', /^hidden$/i) || is('opacity', /^0(?:\.0+)?$/) || (noHeight && is('overflow', /^hidden$/i))
  )
}
