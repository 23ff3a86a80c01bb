/** Errors of the YAML, TOML and JSON parsers in the words of somebody who writes posts. */

import type { Finding } from './content-problem.ts'
import { shown } from './content-problem.ts'
import { severalDocuments } from './front-matter-engines.ts'

interface YamlError {
  readonly reason: string
  readonly mark?: { readonly line: number; readonly column: number }
}

// What YAML calls non-printable.
const control = /(?![\t\n\r\u0085])\p{Cc}/u

interface Mistake {
  readonly message: string
  readonly line: number
  readonly column: number
  readonly expected?: string
  readonly hint: string
}

/** What js-yaml refused, at its line of the file, with what to write instead for the common mistakes. `first` is the line of `raw`'s beginning. */
export function explainYamlError(error: unknown, raw: string, first: number): Finding {
  if (!isYamlError(error))
    return syntaxFinding(
      { message: `the front matter cannot be read: ${messageOf(error)}`, line: 0, column: 0, hint: 'Write plain fields, one on a line.' },
      '',
      first,
    )
  const lines = raw.split(/\r\n?|\n/)
  const at = { line: error.mark?.line ?? 0, column: error.mark?.column ?? 0 }
  const limit = limitFinding(error.reason, at.line, first)
  if (limit !== null) return limit
  const mistake = knownMistake(error.reason, lines, at.line, at.column)
  return syntaxFinding(mistake, lines[mistake.line] ?? '', first)
}

/** A control character, at its line of the file. */
export function explainControl(raw: string, first: number): Finding {
  const lines = raw.split(/\r\n?|\n/)
  const mistake = controlCharacter(lines, 0, 0)
  return syntaxFinding(mistake, lines[mistake.line] ?? '', first)
}

/** What smol-toml refused, at its line of the file. */
export function explainTomlError(error: unknown, first: number): Finding {
  const at = error as { readonly line?: unknown; readonly column?: unknown }
  const reason =
    messageOf(error)
      .replace(/^Invalid TOML document: /, '')
      .split('\n')[0] ?? ''
  const line = typeof at.line === 'number' ? at.line - 1 : 0
  const column = typeof at.column === 'number' ? at.column - 1 : 0
  if (/excessively nested|Maximum call stack/.test(reason)) return tooDeep(line, first)
  const hint = /redefine/.test(reason)
    ? 'Keep one of the lines with this name.'
    : 'Write name = "value": text in quotes, lists in brackets, dates as 2026-02-26.'
  return syntaxFinding({ message: `the TOML front matter cannot be read: ${reason}`, line, column, hint }, '', first)
}

/** What JSON.parse refused, at its line of the file. */
export function explainJsonError(error: unknown, raw: string, first: number): Finding {
  const reason = messageOf(error)
  if (error instanceof RangeError) return tooDeep(0, first)
  const position = Number(/at position (\d+)/.exec(reason)?.[1] ?? 0)
  const before = raw.slice(0, position).split(/\r\n?|\n/)
  const message = `the JSON front matter cannot be read: ${reason.replace(/ in JSON at position.*| \(line \d+ column \d+\)|, "[\s\S]*$/g, '')}`
  const hint = 'Put names and text in double quotes, a comma between fields and none after the last.'
  return syntaxFinding({ message, line: before.length - 1, column: before.at(-1)?.length ?? 0, hint }, '', first)
}

function knownMistake(reason: string, lines: readonly string[], line: number, column: number): Mistake {
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

function controlCharacter(lines: readonly string[], line: number, column: number): Mistake {
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

function limitFinding(reason: string, line: number, first: number): Finding | null {
  if (/maxDepth/.test(reason)) return tooDeep(line, first)
  if (!/maxAliases|maxTotalMergeKeys|merge sequence size/.test(reason)) return null
  return {
    code: 'front-matter-too-complex',
    message: 'the front matter refers to itself too often',
    line: first + line,
    column: 1,
    expected: 'at most 200 aliases',
    hint: 'Write the values out instead of using * and &.',
  }
}

function tooDeep(line: number, first: number): Finding {
  return {
    code: 'front-matter-too-complex',
    message: 'the front matter is nested too deeply',
    line: first + line,
    column: 1,
    expected: 'at most 64 levels',
    hint: 'Write plain fields: text, lists, and maps of a few levels.',
  }
}

function syntaxFinding(mistake: Mistake, text: string, first: number): Finding {
  const got = text.trim()
  return {
    code: 'front-matter-syntax',
    message: mistake.message,
    line: first + mistake.line,
    column: mistake.column + 1,
    ...(mistake.expected === undefined ? {} : { expected: mistake.expected }),
    ...(got === '' ? {} : { got: shown(got) }),
    hint: mistake.hint.replace(/\{line:(\d+)\}/, (_, line: string) => `on line ${first + Number(line)}`),
  }
}

function keyOf(line: string): string | null {
  return /^[ -]*["']?([^\s:"'][^:"']*?)["']?\s*:(?:\s|$)/.exec(line)?.[1] ?? null
}

function quoted(value: string): string {
  return value.includes('"') ? `'${value.replaceAll("'", "''")}'` : `"${value.replaceAll('\\', '\\\\')}"`
}

function cutLine(text: string): string {
  return text.length > 100 ? `${text.slice(0, 99)}…` : text
}

function isYamlError(error: unknown): error is YamlError {
  return error instanceof Error && error.name === 'YAMLException' && 'reason' in error
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
