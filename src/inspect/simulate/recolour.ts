/** Changes every colour of a tree: what mail programs do that make an email dark themselves. */

import valueParser from 'postcss-value-parser'
import { black, type Colour, contrastOn, hexOf, invert, parseColour, white } from '../colour.ts'
import type { Declaration } from '../finding.ts'
import { type Tag, tagsOf } from './html-tree.ts'
import { changeDeclarations } from './styles.ts'

/** What becomes of a colour, by what it colours. */
export interface Palette {
  readonly text: (colour: Colour) => Colour
  readonly background: (colour: Colour) => Colour
  readonly border: (colour: Colour) => Colour
}

/** Every colour to its opposite lightness: Gmail's app for iOS, Outlook on Windows. */
export const fullInversion: Palette = { text: invert, background: invert, border: invert }

/** Light backgrounds dark and dark text light; dark backgrounds and light text as they are: Outlook.com, Gmail's app for Android. */
export const partialInversion: Palette = {
  text: colour => (isDark(colour) ? invert(colour) : colour),
  background: colour => (isDark(colour) ? colour : invert(colour)),
  border: colour => (isDark(colour) ? colour : invert(colour)),
}

/** Links of an email that gives them no colour, as browsers and mail programs show them. */
export const usualLink: Colour = { red: 0, green: 0, blue: 238, alpha: 1 }

function isDark(colour: Colour): boolean {
  const opaque = { ...colour, alpha: 1 }
  return contrastOn(white, opaque) > contrastOn(black, opaque)
}

/** Recolours style attributes, style blocks and colour attributes. `told` hears of every element whose own text or background changed. */
export function recolour(
  tree: Tag,
  palette: Palette,
  told: (tag: Tag, part: 'text' | 'background', before: string) => void = () => {},
): void {
  changeDeclarations(tree, (declaration, owner) => {
    const part = partOf(declaration.property)
    if (part === null) return [declaration]
    const value = recolourValue(declaration.value, palette[part])
    if (value === declaration.value) return [declaration]
    if (owner !== null && part !== 'border') told(owner, part, declaration.value)
    return [{ ...declaration, value }]
  })
  for (const tag of tagsOf(tree)) {
    for (const [name, part] of colourAttributes) {
      const before = tag.attributes.get(name)
      const colour = before === undefined ? null : parseColour(before)
      if (before === undefined || colour === null) continue
      tag.attributes.set(name, hexOf(palette[part](colour)))
      told(tag, part, before)
    }
  }
}

const colourAttributes = [
  ['bgcolor', 'background'],
  ['text', 'text'],
  ['link', 'text'],
  ['color', 'text'],
] as const

function partOf(property: Declaration['property']): keyof Palette | null {
  if (/^(?:color|-webkit-text-fill-color|text-decoration(?:-color)?|text-emphasis-color)$/.test(property)) return 'text'
  if (/^background(?:-color|-image)?$/.test(property)) return 'background'
  return /^(?:border|outline|column-rule)\b(?!-radius|-collapse|-spacing)/.test(property) ? 'border' : null
}

function recolourValue(value: string, change: (colour: Colour) => Colour): string {
  const parsed = valueParser(value)
  parsed.walk(node => {
    if (node.type === 'function' && /^url$/i.test(node.value)) return false
    const written = node.type === 'word' || node.type === 'function' ? valueParser.stringify(node) : ''
    const colour = parseColour(written)
    if (colour === null) return undefined
    Object.assign(node, { type: 'word', value: colourText(change(colour)), nodes: [] })
    return false
  })
  return valueParser.stringify(parsed.nodes)
}

function colourText(colour: Colour): string {
  if (colour.alpha === 1) return hexOf(colour)
  return `rgba(${[colour.red, colour.green, colour.blue].map(Math.round).join(', ')}, ${Number(colour.alpha.toFixed(3))})`
}
