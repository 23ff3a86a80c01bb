/**
 * The keys that features of caniemail are recognised by, made from the pieces of an email. `client-data.ts` holds the same keys:
 * `property:border-radius`, `display:flex`, `at:media`, `media:prefers-color-scheme`, `selector:child`, `pseudo:hover`, `unit:vh`, `function:calc`,
 * `value:fit-content`, `important`, `element:table`, `element:input[type=text]`, `attribute:align`, `href:mailto`, `meta:color-scheme`, `image:webp`.
 */

import valueParser from 'postcss-value-parser'

const telling = new Set(['display', 'flex-direction', 'flex-wrap'])

/** Keys of one declaration: its property, its units, functions and keywords, and the formats of pictures it names. */
export function declarationKeys(property: string, value: string, important: boolean): string[] {
  const keys = new Set([`property:${property.startsWith('--') ? '--' : property}`])
  if (important) keys.add('important')
  valueParser(value).walk(node => {
    const isUrl = node.type === 'function' && node.value.toLowerCase() === 'url'
    for (const key of isUrl ? imageKeys(valueParser.stringify(node.nodes)) : valueKeys(property, node)) keys.add(key)
    return !isUrl
  })
  return [...keys]
}

function valueKeys(property: string, { type, value }: valueParser.Node): string[] {
  const word = value.toLowerCase()
  if (type === 'function') return [`function:${word}`]
  if (type !== 'word') return []
  const unit = /^[+-]?[\d.]+(?:e[+-]?\d+)?([a-z]+|%)$/.exec(word)?.[1]
  if (unit !== undefined) return [`unit:${unit}`]
  if (!/^[a-z-]+$/.test(word)) return []
  return [telling.has(property) ? `${property}:${word}` : `value:${word}`]
}

/** Keys of an at-rule: itself and, for `@media`, the features it asks for. */
export function atRuleKeys(name: string, params: string): string[] {
  const rule = name.toLowerCase().replace(/^-\w+-/, '')
  if (rule !== 'media') return [`at:${rule}`]
  return [`at:media`, ...Array.from(params.toLowerCase().matchAll(/\(\s*([\w-]+)/g), ([, feature]) => `media:${feature}`)]
}

const selectorPieces =
  /(?<attribute>\[[^\]]*\])|::?(?<pseudo>[\w-]+)|\.(?<name>[\w-]+)|#(?<id>[\w-]+)|(?<type>[a-z][\w-]*)|(?<universal>\*)|\s*(?<combinator>[>+~])\s*|(?<descendant>\s+)/gi

const combinators: Readonly<Record<string, string>> = { '>': 'child', '+': 'adjacent-sibling', '~': 'general-sibling' }

/** Keys of a rule's selector list. */
export function selectorKeys(selector: string): string[] {
  const keys = new Set<string>()
  if (/,(?![^(]*\))/.test(selector)) keys.add('selector:grouping')
  if (/\.[\w-]+\.[\w-]/.test(selector)) keys.add('selector:chaining')
  for (const { groups = {} } of selector
    .trim()
    .replaceAll(/\s*,\s*/g, ',')
    .matchAll(selectorPieces)) {
    if (groups.attribute) keys.add('selector:attribute')
    if (groups.pseudo) keys.add(`pseudo:${groups.pseudo.toLowerCase()}`)
    if (groups.name) keys.add('selector:class')
    if (groups.id) keys.add('selector:id')
    if (groups.type) keys.add('selector:type')
    if (groups.universal) keys.add('selector:universal')
    if (groups.combinator) keys.add(`selector:${combinators[groups.combinator]}`)
    if (groups.descendant) keys.add('selector:descendant')
  }
  return [...keys]
}

/** Keys of an element: its name, its attributes, where it links to, and the formats of pictures it shows. Names are in lower case. */
export function elementKeys(name: string, attributes: Readonly<Record<string, string>>): string[] {
  const keys = [`element:${name}`, ...Object.keys(attributes).map(attribute => `attribute:${attribute}`)]
  if (name === 'input' || name === 'button')
    keys.push(`element:${name}[type=${(attributes.type ?? (name === 'input' ? 'text' : 'submit')).toLowerCase()}]`)
  if (name === 'meta' && attributes.name !== undefined) keys.push(`meta:${attributes.name.toLowerCase()}`)
  if (name === 'a' && attributes.href?.trim().startsWith('#')) keys.push('href:#')
  if (name === 'a' && /^\s*mailto:/i.test(attributes.href ?? '')) keys.push('href:mailto')
  if (name === 'img' || name === 'source') {
    const sources = [attributes.src ?? '', ...(attributes.srcset ?? '').split(/,\s+/).map(each => each.trim().split(/\s/)[0] ?? '')]
    keys.push(...sources.flatMap(imageKeys))
  }
  return keys
}

/** Keys of a picture's address: its format, and `image:data` where it stands in the email itself. */
export function imageKeys(address: string): string[] {
  const bare = address.trim().replace(/^["']|["']$/g, '')
  const data = /^data:image\/([\w.]+)/i.exec(bare)
  if (data !== null) return ['image:data', `image:${(data[1] ?? '').toLowerCase()}`]
  const ending = /\.([a-z\d]{2,5})$/i.exec(bare.split(/[?#]/, 1)[0] ?? '')?.[1]
  return ending === undefined ? [] : [`image:${ending.toLowerCase()}`]
}
