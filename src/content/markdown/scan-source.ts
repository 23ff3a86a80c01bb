/** Small scanners over source text for rules that regular expressions cannot express or would be slow at. All are linear in what they skip. */

/** How far a scanner looks before it gives up: longer than any construct a person writes, short enough that hostile input stays fast. */
const reach = 20_000

/**
 * The position after the bracket that closes the one at `start`, minding strings, template strings and comments as in JavaScript; -1 when there is
 * none within reach.
 */
export function skipBalanced(source: string, start: number): number {
  const end = Math.min(source.length, start + reach)
  let depth = 0
  for (let at = start; at < end; at += 1) {
    const character = source[at]
    if (character === '"' || character === "'" || character === '`') {
      const closing = skipString(source, at, end)
      // An apostrophe in text between tags is no string: it has no partner on its line.
      if (closing > 0) at = closing - 1
    } else if (character === '/' && source[at + 1] === '*') {
      const closing = source.indexOf('*/', at + 2)
      if (closing < 0 || closing >= end) return -1
      at = closing + 1
    } else if (character === '{' || character === '(' || character === '[') depth += 1
    else if (character === '}' || character === ')' || character === ']') {
      depth -= 1
      if (depth <= 0) return at + 1
    }
  }
  return -1
}

function skipString(source: string, start: number, end: number): number {
  const quote = source[start]
  for (let at = start + 1; at < end; at += 1) {
    if (source[at] === '\\') at += 1
    else if (source[at] === quote) return at + 1
    else if (source[at] === '\n' && quote !== '`') return -1
  }
  return -1
}

/** A component's tag: its source without `{…}` values, so that an HTML tokenizer reads it, and the position after it. */
export interface ComponentTag {
  readonly name: string
  readonly html: string
  readonly closing: boolean
  readonly end: number
}

const tagStart = /<(\/?)([A-Za-z][\w.:-]*|(?=>))/y

/** Reads the JSX tag at `start` (`<Chart data={[1, 2]} />`, `</Note>`, `<>`), or null where none stands. */
export function readComponentTag(source: string, start: number): ComponentTag | null {
  tagStart.lastIndex = start
  const opening = tagStart.exec(source)
  if (!opening) return null
  const name = opening[2] ?? ''
  const closing = opening[1] === '/'
  let html = `<${opening[1]}${name || 'fragment'}`
  const end = Math.min(source.length, start + reach)
  for (let at = tagStart.lastIndex; at < end; at += 1) {
    const character = source[at]
    if (character === '>') return { name, html: `${html}>`, closing, end: at + 1 }
    if (character === '<') return null
    if (character === '{') {
      const after = skipBalanced(source, at)
      if (after < 0) return null
      at = after - 1
      html += '""'
    } else if (character === '"' || character === "'") {
      const after = source.indexOf(character, at + 1)
      if (after < 0 || after >= end) return null
      html += source.slice(at, after + 1)
      at = after
    } else html += character
  }
  return null
}
