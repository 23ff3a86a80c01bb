/** What somebody got wrong in YAML, told from the line that the parser stopped at, and what to write instead. */

import { severalDocuments } from './front-matter-engines.ts'

// What YAML calls non-printable.
const control = /(?![\t\n\r\u0085])\p{Cc}/u

/** A mistake in front matter. Line and column count from 0. */
export interface Mistake {
  readonly message: string
  readonly line: number
  readonly column: number
  readonly expected?: string
  /** `{line:3}` in it stands for the file's number of that line. */
  readonly hint: string
}

/** The mistake behind an error of js-yaml, looked for among the common ones; else the error in its own words. */
export function knownMistake(reason: string, lines: readonly string[], line: number, column: number): Mistake {
  const text = lines[line] ?? ''
  if (reason === severalDocuments) return secondDocument(lines)
  if (reason === 'duplicated mapping key') return duplicateKey(lines, line, column)
  if (/non-printable|null byte|valid JSON character/.test(reason)) return controlCharacter(lines, line, column)
  const tab = lines.findIndex((each, index) => index <= line && /^ *\t/.test(each))
  if (/tab character/.test(reason) || (tab !== -1 && tab >= line - 1)) return tabIndent(lines, tab === -1 ? line : tab)
  const quote = unclosedQuote(lines, line)
  if (quote !== null) return quote
  const colon = unquotedColon(lines, line)
  if (colon !== null) return colon
  const opening = specialOpening(lines, line)
  if (opening !== null) return opening
  if (/indentation/.test(reason)) return badIndentation(line, text)
  return notAField(lines, line) ?? { message: `the YAML front matter cannot be read: ${reason}`, line, column, hint: hintFor(reason) }
}

function duplicateKey(lines: readonly string[], line: number, column: number): Mistake {
  const key = keyOf(lines[line] ?? '') ?? 'this field'
  const indent = /^[ -]*/.exec(lines[line] ?? '')?.[0].length ?? 0
  const earlier = lines.findLastIndex(
    (each, index) => index < line && keyOf(each) === key && (/^[ -]*/.exec(each)?.[0].length ?? 0) === indent,
  )
  return {
    message: `the field "${key}" stands twice`,
    line,
    column: Math.min(column, indent),
    expected: 'each field once',
    hint:
      earlier === -1 ? `Keep one of the two "${key}:" lines.` : `Keep one of the two "${key}:" lines; the other stands {line:${earlier}}.`,
  }
}

function secondDocument(lines: readonly string[]): Mistake {
  const line = Math.max(
    0,
    lines.findIndex((text, index) => index > 0 && /^(?:---|\.\.\.)(?:\s|$)/.test(text)),
  )
  return {
    message: 'this line begins another YAML document',
    line,
    column: 0,
    expected: 'a fence with nothing after it',
    hint: 'Write --- alone where the front matter ends, or indent this line if it belongs to a value.',
  }
}

function tabIndent(lines: readonly string[], line: number): Mistake {
  return {
    message: 'this line is indented with a tab, which YAML forbids',
    line,
    column: (lines[line] ?? '').indexOf('\t'),
    expected: 'blanks',
    hint: 'Replace the tab by two blanks.',
  }
}

/** The last line, up to the one that failed, whose value opens a quote and does not end it. */
function unclosedQuote(lines: readonly string[], line: number): Mistake | null {
  for (let index = Math.min(line, lines.length - 1); index >= 0; index--) {
    const match = /^(\s*(?:- +)?(?:[\w$.-]+:\s+)?(?:- +)?)(["'])(.*)$/.exec(lines[index] ?? '')
    if (match === null) continue
    const [, before = '', quote = '', rest = ''] = match
    const closed = quote === '"' ? /^(?:[^"\\]|\\.)*"(.*)$/.exec(rest) : /^(?:[^']|'')*'(?!')(.*)$/.exec(rest)
    if (closed !== null && /^\s*(?:$|#|:|,)/.test(closed[1] ?? '')) continue
    const value = rest.trimEnd()
    return closed === null
      ? {
          message: `the quote that opens here is never closed`,
          line: index,
          column: before.length,
          expected: `${quote} at the end of the value`,
          hint: `Write ${cutLine(`${before.trim()} ${quote}${value}${quote}`.trim())}`,
        }
      : {
          message: 'text goes on after the closing quote',
          line: index,
          column: before.length,
          hint: `Write a quote inside the text ${quote === '"' ? 'as \\"' : "twice, as ''"}, or put the whole value in ${quote === '"' ? 'single' : 'double'} quotes.`,
        }
  }
  return null
}

function unquotedColon(lines: readonly string[], line: number): Mistake | null {
  for (const index of [line, line - 1]) {
    const match = /^(\s*(?:- +)?[\w$.-]+:\s+)([^"'[{|>&*!\s].*?:(?:\s.*|$))/.exec(lines[index] ?? '')
    if (match === null) continue
    const [, before = '', value = ''] = match
    return {
      message: 'the value holds a colon, which YAML takes for another field',
      line: index,
      column: before.length + value.search(/:(?:\s|$)/),
      expected: 'the value in quotes',
      hint: `Write ${cutLine(`${before.trim()} ${quoted(value.trim())}`)}`,
    }
  }
  return null
}

/** A value that opens with a character that means something to YAML: `@`, a backtick, `%`, `*`, `&`, `!`, `[x] y`, `{{ x }}`. */
function specialOpening(lines: readonly string[], line: number): Mistake | null {
  for (const index of [line, line - 1]) {
    const match = /^(\s*(?:- +)?[\w$.-]+:\s+)([@`%*&![{].*)$/.exec(lines[index] ?? '')
    if (match === null) continue
    const [, before = '', value = ''] = match
    const bracket = value[0] === '[' ? ']' : value[0] === '{' ? '}' : null
    if (bracket !== null && !value.includes(bracket)) {
      return {
        message: `the ${bracket === ']' ? 'list' : 'map'} that opens here is never closed`,
        line: index,
        column: before.length,
        expected: `${bracket} at its end`,
        hint: `Write ${cutLine(`${before.trim()} ${value.trim()}${bracket}`)}`,
      }
    }
    return {
      message: `a value that begins with ${value[0]} means something else in YAML`,
      line: index,
      column: before.length,
      expected: 'the value in quotes',
      hint: `Write ${cutLine(`${before.trim()} ${quoted(value.trim())}`)}`,
    }
  }
  return null
}

/** The first control character of the lines, else the given place. */
export function controlCharacter(lines: readonly string[], line: number, column: number): Mistake {
  const index = lines.findIndex(each => control.test(each))
  const place = index === -1 ? { line, column } : { line: index, column: (lines[index] ?? '').search(control) }
  const code = (lines[place.line] ?? '').charCodeAt(place.column) || 0
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
  return {
    message: `the front matter holds the control character ${name}`,
    ...place,
    hint: 'Delete the invisible character at this place.',
  }
}

function badIndentation(line: number, text: string): Mistake {
  return {
    message: 'the indentation of this line fits no field above it',
    line,
    column: text.length - text.trimStart().length,
    expected: 'as many blanks as the line that it belongs with',
    hint: 'Begin fields at the start of the line, and the members of a list or map two blanks further in.',
  }
}

/** The last line, up to the one that failed, that stands at the margin and is neither field, list nor comment. */
function notAField(lines: readonly string[], line: number): Mistake | null {
  const index = lines.findLastIndex((text, at) => at <= line && /^[^\s#\-"'[\]{}?&!]/.test(text) && !/:(?:\s|$)/.test(text))
  if (index === -1) return null
  return {
    message: 'this line is not a field',
    line: index,
    column: 0,
    expected: 'a name, a colon, a blank and the value',
    hint: 'Write it as a field (name: value), or indent it under the field that it belongs to.',
  }
}

function hintFor(reason: string): string {
  if (/alias/.test(reason)) return 'Put a value that begins with * in quotes.'
  if (/tag/.test(reason)) return 'Put a value that begins with ! in quotes.'
  return 'Put the value in quotes, or write it on one line.'
}

function keyOf(line: string): string | null {
  return /^[ -]*["']?([^\s:"'][^:"']*)(?:["']\s*)?:(?:\s|$)/.exec(line)?.[1]?.trimEnd() ?? null
}

function quoted(value: string): string {
  return value.includes('"') ? `'${value.replaceAll("'", "''")}'` : `"${value.replaceAll('\\', '\\\\')}"`
}

function cutLine(text: string): string {
  return text.length > 100 ? `${text.slice(0, 99)}…` : text
}
