/** CSS selectors against the tree of an email: as much of them as mail programs understand. */

import type { HtmlElement } from './finding.ts'

/** One selector, its parts from right to left. */
export interface Selector {
  readonly parts: readonly SelectorPart[]
  /** Ids, classes, elements as one number that compares: https://www.w3.org/TR/selectors-4/#specificity-rules */
  readonly specificity: number
}

interface SelectorPart {
  readonly tests: readonly ((element: HtmlElement) => boolean)[]
  /** How this part stands to the one on its left; null for the leftmost. */
  readonly combinator: ' ' | '>' | '+' | '~' | null
}

/** Reads a selector without commas; null where it holds something that never matches in an email: `:hover`, pseudo-elements, syntax unknown here. */
export function parseSelector(text: string): Selector | null {
  const parts: SelectorPart[] = []
  let specificity = 0
  const source = text.trim().replace(/\s*([>+~])\s*(?![^[]*\])/g, '$1')
  for (const piece of source.split(/(?=[ >+~](?![^[]*\]))/)) {
    const combinator = /^[ >+~]/.exec(piece)?.[0] as SelectorPart['combinator'] | undefined
    const tests: SelectorPart['tests'][number][] = []
    const rest = piece.slice(combinator === undefined ? 0 : 1).replace(simple, simpleSelector => {
      const test = testOf(simpleSelector)
      if (test === null) return simpleSelector
      specificity += weightOf(simpleSelector)
      tests.push(test)
      return ''
    })
    if (rest.trim() !== '' || tests.length === 0) return null
    parts.unshift({ tests, combinator: combinator ?? null })
  }
  return parts.length === 0 ? null : { parts, specificity }
}

/** Whether an element is selected. */
export function matches(element: HtmlElement, { parts }: Selector): boolean {
  return matchesFrom(element, parts, 0)
}

const simple = /\*|#[\w-]+|\.[\w-]+|\[[^\]]*\]|::?[\w-]+(?:\([^)]*\))?|[\w-]+/g

function testOf(text: string): SelectorPart['tests'][number] | null {
  if (text === '*') return () => true
  const name = text.slice(1)
  switch (text[0]) {
    case '#':
      return element => element.attributes.id === name
    case '.':
      return ({ attributes }) => attributes.class?.split(/\s+/).includes(name) === true
    case '[':
      return attributeTest(text.slice(1, -1))
    case ':':
      return pseudoTests[name] ?? null
    default:
      return element => element.name === text.toLowerCase()
  }
}

function attributeTest(text: string): SelectorPart['tests'][number] | null {
  const found = /^\s*([\w:-]+)\s*(?:([~|^$*]?)=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))\s*)?$/.exec(text)
  if (found === null) return null
  const [, name = '', operator = '', double, single, bare] = found
  const wanted = double ?? single ?? bare
  return ({ attributes }) => {
    const value = Object.hasOwn(attributes, name.toLowerCase()) ? attributes[name.toLowerCase()] : undefined
    if (value === undefined || wanted === undefined) return value !== undefined
    if (operator === '~') return value.split(/\s+/).includes(wanted)
    if (operator === '|') return value === wanted || value.startsWith(`${wanted}-`)
    if (operator === '^') return value.startsWith(wanted)
    if (operator === '$') return value.endsWith(wanted)
    return operator === '*' ? value.includes(wanted) : value === wanted
  }
}

const pseudoTests: Readonly<Record<string, SelectorPart['tests'][number]>> = {
  root: element => element.name === 'html',
  link: element => element.name === 'a' && Object.hasOwn(element.attributes, 'href'),
  'any-link': element => element.name === 'a' && Object.hasOwn(element.attributes, 'href'),
  'first-child': element => siblings(element)[0] === element,
  'last-child': element => siblings(element).at(-1) === element,
}

function weightOf(text: string): number {
  if (text === '*') return 0
  if (text.startsWith('#')) return 10_000
  return /^[.:[]/.test(text) ? 100 : 1
}

function matchesFrom(element: HtmlElement, parts: readonly SelectorPart[], index: number): boolean {
  const part = parts[index]
  if (part === undefined || !part.tests.every(test => test(element))) return false
  if (part.combinator === null) return true
  return candidates(element, part.combinator).some(candidate => matchesFrom(candidate, parts, index + 1))
}

function candidates(element: HtmlElement, combinator: ' ' | '>' | '+' | '~'): readonly HtmlElement[] {
  if (combinator === '>') return element.parent === null ? [] : [element.parent]
  if (combinator === ' ') return ancestors(element)
  const all = siblings(element)
  const before = all.slice(0, all.indexOf(element))
  return combinator === '+' ? before.slice(-1) : before
}

/** The elements around an element, the nearest first. */
export function ancestors(element: HtmlElement): readonly HtmlElement[] {
  const found: HtmlElement[] = []
  for (let each = element.parent; each !== null; each = each.parent) found.push(each)
  return found
}

function siblings(element: HtmlElement): readonly HtmlElement[] {
  return (element.parent?.children ?? [element]).filter(node => node.kind === 'element')
}
