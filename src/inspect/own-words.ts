import type { Inspected } from './finding.ts'

/** Every text of the edition and the sender in which `pattern` is found, folded, the longest first: what stands so in a post has not leaked. */
export function ownTexts({ context }: Pick<Inspected, 'context'>, pattern: RegExp): string[] {
  const all: string[] = context.sender.address === null ? [] : context.sender.address.split('\n').map(foldText)
  const collect = (value: unknown): void => {
    if (typeof value === 'string') all.push(foldText(value))
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect)
  }
  collect(context.edition)
  return [...new Set(all)].filter(each => pattern.test(each)).sort((a, b) => b.length - a.length)
}

/** Whether all that `pattern` finds in a folded text stands so in one of the own texts. */
export function isOwn(text: string, own: readonly string[], pattern: RegExp): boolean {
  if (own.some(each => each.includes(text))) return true
  return !pattern.test(own.reduce((rest, each) => rest.replaceAll(each, ' '), text))
}

/** Every run of blanks as one blank, none at the ends. */
export function foldText(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
