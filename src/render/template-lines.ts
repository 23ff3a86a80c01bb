/** Finds the template line that a piece of filled text comes from: the template is filled again with a mark at the start of each of its lines. */

import type { Place } from '../errors.ts'
import type { CheckedTemplate } from './check-template.ts'
import type { TemplateWithPartials } from './template-scope.ts'

/** A template whose text carries line marks. `files` are the names of its files, by the number in the marks. */
export interface MarkedTemplate extends CheckedTemplate {
  readonly files: readonly string[]
}

/** The same template with a mark before each line and each piece of its text. Marks are made of the nonce, so no post can forge one. */
export function markLines(checked: CheckedTemplate, given: TemplateWithPartials, nonce: string): MarkedTemplate {
  const partials = [...checked.partials]
  markProgram(checked.program, nonce, 0)
  for (const [index, [, program]] of partials.entries()) markProgram(program, nonce, index + 1)
  return { ...checked, files: [given.template.file, ...partials.map(([name]) => given.partials[name]?.file ?? name)] }
}

/** The place whose mark stands last before `offset`, where `offset` counts the characters of the filled text without its marks. */
export function mapLines(marked: string, nonce: string, files: readonly string[], offset: number): Place {
  const marks = new RegExp(`\\uE000${nonce}:(\\d+):(\\d+):(\\d+)\\uE001`, 'g')
  let place: Place = { file: files[0] ?? '' }
  let markedBefore = 0
  for (const mark of marked.matchAll(marks)) {
    const position = mark.index - markedBefore
    if (position > offset) break
    const [whole, file, line, column] = mark
    place = { file: files[Number(file)] ?? '', line: Number(line), column: Number(column) + offset - position }
    markedBefore += whole.length
  }
  return place
}

function markProgram(program: hbs.AST.Program, nonce: string, file: number): void {
  for (const statement of program.body) {
    if (statement.type === 'ContentStatement') markContent(statement as hbs.AST.ContentStatement, nonce, file)
    if (statement.type !== 'BlockStatement') continue
    const block = statement as hbs.AST.BlockStatement
    markProgram(block.program, nonce, file)
    if (block.inverse !== undefined && block.inverse !== null) markProgram(block.inverse, nonce, file)
  }
}

function markContent(content: hbs.AST.ContentStatement, nonce: string, file: number): void {
  // The types call it flags; it is the text before Handlebars took blanks from it (handlebars/lib/handlebars/compiler/whitespace-control.js).
  const original: unknown = content.original
  if (typeof original !== 'string') return
  // Handlebars has taken the line break after a block that stands alone: what is left begins further on.
  const stripped = original.indexOf(content.value)
  const before = original.slice(0, Math.max(0, stripped)).split('\n')
  const firstLine = content.loc.start.line + before.length - 1
  const firstColumn = before.length > 1 ? (before.at(-1) ?? '').length : content.loc.start.column + (before[0] ?? '').length
  content.value = content.value
    .split('\n')
    .map((line, index) => `\uE000${nonce}:${file}:${firstLine + index}:${(index === 0 ? firstColumn : 0) + 1}\uE001${line}`)
    .join('\n')
}
