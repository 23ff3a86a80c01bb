/** Errors of the YAML, TOML and JSON parsers in the words of somebody who writes posts. */

import { quoteValue } from '../config/quote-value.ts'
import type { Fault } from './content-problem.ts'
import { controlCharacter, knownMistake, type Mistake } from './yaml-mistake.ts'

interface YamlError {
  readonly reason: string
  readonly mark?: { readonly line: number; readonly column: number }
}

/** What js-yaml refused, at its line of the file, with what to write instead for the common mistakes. `first` is the line of `raw`'s beginning. */
export function explainYamlError(error: unknown, raw: string, first: number): Fault {
  if (!isYamlError(error))
    return syntaxFault(
      { message: `the front matter cannot be read: ${messageOf(error)}`, line: 0, column: 0, hint: 'Write plain fields, one on a line.' },
      '',
      first,
    )
  const lines = raw.split(/\r\n?|\n/)
  const at = { line: error.mark?.line ?? 0, column: error.mark?.column ?? 0 }
  const limit = limitFault(error.reason, at.line, first)
  if (limit !== null) return limit
  const mistake = knownMistake(error.reason, lines, at.line, at.column)
  return syntaxFault(mistake, lines[mistake.line] ?? '', first)
}

/** A control character, at its line of the file. */
export function explainControl(raw: string, first: number): Fault {
  const lines = raw.split(/\r\n?|\n/)
  const mistake = controlCharacter(lines, 0, 0)
  return syntaxFault(mistake, lines[mistake.line] ?? '', first)
}

/** What smol-toml refused, at its line of the file. */
export function explainTomlError(error: unknown, first: number): Fault {
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
  return syntaxFault({ message: `the TOML front matter cannot be read: ${reason}`, line, column, hint }, '', first)
}

/** What JSON.parse refused, at its line of the file. */
export function explainJsonError(error: unknown, raw: string, first: number): Fault {
  const reason = messageOf(error)
  if (error instanceof RangeError) return tooDeep(0, first)
  const position = Number(/at position (\d+)/.exec(reason)?.[1] ?? 0)
  const before = raw.slice(0, position).split(/\r\n?|\n/)
  const message = `the JSON front matter cannot be read: ${reason.replace(/ in JSON at position.*| \(line \d+ column \d+\)|, "[\s\S]*$/g, '')}`
  const hint = 'Put names and text in double quotes, a comma between fields and none after the last.'
  return syntaxFault({ message, line: before.length - 1, column: before.at(-1)?.length ?? 0, hint }, '', first)
}

function limitFault(reason: string, line: number, first: number): Fault | null {
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

function tooDeep(line: number, first: number): Fault {
  return {
    code: 'front-matter-too-complex',
    message: 'the front matter is nested too deeply',
    line: first + line,
    column: 1,
    expected: 'at most 64 levels',
    hint: 'Write plain fields: text, lists, and maps of a few levels.',
  }
}

function syntaxFault(mistake: Mistake, text: string, first: number): Fault {
  const got = text.trim()
  return {
    code: 'front-matter-syntax',
    message: mistake.message,
    line: first + mistake.line,
    column: mistake.column + 1,
    ...(mistake.expected === undefined ? {} : { expected: mistake.expected }),
    ...(got === '' ? {} : { got: quoteValue(got) }),
    hint: mistake.hint.replace(/\{line:(\d+)\}/, (_, line: string) => `on line ${first + Number(line)}`),
  }
}

function isYamlError(error: unknown): error is YamlError {
  return error instanceof Error && error.name === 'YAMLException' && 'reason' in error
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
