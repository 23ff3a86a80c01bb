/** Small scanners over source text, for what regular expressions cannot express. */

/** Longer than any construct that a person writes. */
const reach = 20_000

/** Characters that scanners may still look at: without a limit, ten thousand open brackets would each be followed to the end of the text. */
export interface Allowance {
  left: number
}

/** What is enough for any honest text of this length. */
export function allowanceFor(length: number): Allowance {
  return { left: 100_000 + 20 * length }
}

const openings = new Set(['{', '(', '['])
const closings = new Set(['}', ')', ']'])

/**
 * The position after the bracket that closes the one at `start`, minding strings, template strings and comments as in JavaScript; -1 when there is
 * none within reach.
 */
export function skipBalanced(source: string, start: number, allowance: Allowance): number {
  const end = Math.min(source.length, start + reach, start + allowance.left)
  let depth = 0
  let at = start
  while (at < end) {
    const character = source[at] ?? ''
    if (openings.has(character)) depth += 1
    else if (closings.has(character)) depth -= 1
    if (depth <= 0) break
    at = skipQuoted(source, at, end)
  }
  allowance.left -= Math.min(at, end) - start
  return at < end ? at + 1 : -1
}

/** The position after the string or comment at `at`, or after the character there. */
function skipQuoted(source: string, at: number, end: number): number {
  const character = source[at]
  if (character === '/' && source[at + 1] === '*') {
    const closing = source.indexOf('*/', at + 2)
    return closing < 0 ? end : closing + 2
  }
  if (character !== '"' && character !== "'" && character !== '`') return at + 1
  for (let next = at + 1; next < end; next += 1) {
    if (source[next] === '\\') next += 1
    else if (source[next] === character) return next + 1
    // An apostrophe in the text between tags is no string: it has no partner on its line.
    else if (source[next] === '\n' && character !== '`') break
  }
  return at + 1
}

/** A component's tag: its source without `{…}` values, so that an HTML tokenizer reads it, and the position after it. */
export interface ComponentTag {
  readonly name: string
  readonly html: string
  readonly closing: boolean
  readonly end: number
}

const tagStart = /<(\/?)([A-Za-z][\w.:-]*|(?=>))/y
const attributeText = /[^<>{"']+|"[^"]*"|'[^']*'/y

/** Reads the JSX tag at `start` (`<Chart data={[1, 2]} />`, `</Note>`, `<>`), or null where none stands. */
export function readComponentTag(source: string, start: number, allowance: Allowance): ComponentTag | null {
  tagStart.lastIndex = start
  const opening = tagStart.exec(source)
  if (!opening) return null
  const [, slash = '', name = ''] = opening
  let html = `<${slash}${name || 'fragment'}`
  let at = tagStart.lastIndex
  while (at < Math.min(source.length, start + reach, start + allowance.left)) {
    if (source[at] === '>') return { name, html: `${html}>`, closing: slash === '/', end: at + 1 }
    attributeText.lastIndex = at
    const text = attributeText.exec(source)?.[0]
    const after = text === undefined && source[at] === '{' ? skipBalanced(source, at, allowance) : -1
    if (text === undefined && after < 0) return null
    html += text ?? '""'
    allowance.left -= text?.length ?? 0
    at = text === undefined ? after : at + text.length
  }
  return null
}
