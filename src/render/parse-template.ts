/** From a template's text to its syntax tree, with errors that name the line of the file. */

import type { TemplateSource } from '../config/read-template-file.ts'
import type { Problem } from '../errors.ts'
import { loadHandlebars } from './load-handlebars.ts'

/** A parsed template, or what is wrong with its syntax. */
export type ParsedTemplate =
  | { readonly kind: 'parsed'; readonly source: TemplateSource; readonly program: hbs.AST.Program }
  | { readonly kind: 'broken'; readonly problem: Problem }

/** Parses one template. A syntax error is a problem with file and line, and with the column where Handlebars knows it. */
export function parseTemplate(source: TemplateSource): ParsedTemplate {
  try {
    return { kind: 'parsed', source, program: loadHandlebars().parse(source.source) }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return { kind: 'broken', problem: syntaxProblem(source, error) }
  }
}

function syntaxProblem(source: TemplateSource, error: Error): Problem {
  const base = { code: 'template-syntax', severity: 'error' } as const
  const unclosed = /got 'EOF'/.test(error.message) ? lastUnclosedBlock(source.source) : null
  if (unclosed !== null) {
    return {
      ...base,
      message: `the block {{#${unclosed.name}}} is never closed`,
      place: { file: source.file, line: unclosed.line, column: unclosed.column },
      expected: `{{/${unclosed.name}}}`,
      got: 'the end of the file',
      hint: `Write {{/${unclosed.name}}} where the block ends.`,
    }
  }
  const mismatch = /^(.+) doesn't match (.+) - (\d+):(\d+)$/.exec(error.message)
  if (mismatch !== null) {
    const [, open = '', close = '', line, column] = mismatch
    return {
      ...base,
      message: `the block {{#${open}}} is closed by {{/${close}}}`,
      place: { file: source.file, line: Number(line), column: Number(column) + 1 },
      expected: `{{/${open}}}`,
      got: `{{/${close}}}`,
      hint: 'Close every block in the reverse order of opening.',
    }
  }
  const line = Number(/on line (\d+)/.exec(error.message)?.[1] ?? /- (\d+):\d+$/.exec(error.message)?.[1] ?? 1)
  const [, near] = error.message.split('\n')
  return {
    ...base,
    message: 'the template is not valid Handlebars',
    place: { file: source.file, line },
    ...(near === undefined ? {} : { got: near.slice(0, 80) }),
    expected: expectation(error.message),
    hint: 'A template prints {{field}}, {{helper argument}}, {{#if field}}…{{/if}}, {{#each list}}…{{/each}} and {{> partial}}.',
  }
}

function expectation(message: string): string {
  const expected = /Expecting (.+), got '(\w+)'/.exec(message)
  return expected === null ? 'valid Handlebars' : `something else than ${expected[2] ?? 'this'}`
}

function lastUnclosedBlock(source: string): { name: string; line: number; column: number } | null {
  const open: { name: string; index: number }[] = []
  const withoutComments = source.replace(/\{\{!--[\s\S]*?--\}\}|\{\{![^}]*\}\}/g, comment => comment.replace(/[^\n]/g, ' '))
  for (const tag of withoutComments.matchAll(/\{\{~?([#/])\s*([\w-]+)/g)) {
    if (tag[1] === '#') open.push({ name: tag[2] ?? '', index: tag.index })
    else if (open.at(-1)?.name === tag[2]) open.pop()
  }
  const last = open.at(-1)
  if (last === undefined) return null
  const before = source.slice(0, last.index).split('\n')
  return { name: last.name, line: before.length, column: (before.at(-1) ?? '').length + 1 }
}
