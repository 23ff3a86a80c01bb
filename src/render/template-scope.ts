/** What the check of templates carries along: the templates, the problems so far, and what a path means at the place it is looking at. */

import type { TemplateSource } from '../config/read-template-file.ts'
import type { ErrorCode, Problem } from '../errors.ts'
import type { GroupShape, Shape } from './shape.ts'

/** A template with the partials it may include. */
export interface TemplateWithPartials {
  readonly template: TemplateSource
  readonly partials: Readonly<Record<string, TemplateSource>>
  /** Text templates print nothing of markup. */
  readonly output: 'html' | 'text'
}

/** One check. `problems` are kept by place and message, so that a partial included twice reports them once. */
export interface CheckState {
  readonly given: TemplateWithPartials
  readonly root: GroupShape
  /** Names that {{merge}} may have. */
  readonly mergeFields: readonly string[]
  readonly partials: Map<string, hbs.AST.Program>
  readonly visited: Set<string>
  readonly problems: Map<string, Problem>
}

/**
 * The scope of a place: `shape` is the context, `parent` what `../` leads to, `names` the block parameters, `path` the partials on the way there.
 * `inList` says whether an {{#each}} is around.
 */
export interface Scope {
  readonly shape: Shape
  readonly parent: Scope | null
  readonly names: ReadonlyMap<string, Shape>
  readonly inList: boolean
  readonly file: string
  readonly path: readonly string[]
}

/** Kinds of shapes as messages name them. */
export const kindWords: Readonly<Record<Shape['kind'], string>> = {
  text: 'a text',
  url: 'an address',
  number: 'a number',
  flag: 'a yes or no',
  html: 'markup',
  list: 'a list',
  group: 'a group of fields',
}

/** Writes down a problem at a node of the syntax tree. */
export function report(
  state: CheckState,
  scope: Scope,
  node: hbs.AST.Node,
  problem: { code: ErrorCode; message: string; expected: string; got?: string; hint: string },
): void {
  const { line, column } = node.loc.start
  const found: Problem = { severity: 'error', ...problem, place: { file: scope.file, line, column: column + 1 } }
  state.problems.set(`${scope.file}:${line}:${column} ${problem.message}`, found)
}
