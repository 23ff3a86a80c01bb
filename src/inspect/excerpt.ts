import { cleanLine } from '../content/clean-text.ts'
import type { HtmlElement } from './finding.ts'

/** Text cut to what fits a line of a report, with `…` where something is left out; nothing in it can drive a terminal. */
export function excerpt(text: string, length = 100): string {
  const clean = cleanLine(text)
  const characters = Array.from(clean)
  return characters.length <= length ? clean : `${characters.slice(0, length - 1).join('')}…`
}

/** An element's opening tag with the attributes that tell which one it is. */
export function excerptOf({ name, attributes }: HtmlElement, ...telling: readonly string[]): string {
  const shown = telling.filter(each => Object.hasOwn(attributes, each)).map(each => ` ${each}="${excerpt(attributes[each] ?? '', 80)}"`)
  return `<${name}${shown.join('')}>`
}
