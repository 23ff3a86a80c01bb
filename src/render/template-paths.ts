/** What a path in a template means: `title`, `../title`, `@root.brand.accent`, `items.length`. */

import { nearestName } from '../config/nearest-name.ts'
import { flag, number, type Shape } from './shape.ts'
import { type CheckState, kindWords, report, type Scope } from './template-scope.ts'

/** The shape of what a path leads to; null when it leads to nothing, which is then reported. */
export function shapeOfPath(path: hbs.AST.PathExpression, scope: Scope, state: CheckState): Shape | null {
  if (path.data) return shapeOfData(path, scope, state)
  const [first, ...rest] = path.parts
  const named = path.depth === 0 && first !== undefined && !isScoped(path) ? scope.names.get(first) : undefined
  if (named !== undefined) return follow(named, rest, path, scope, state)
  const context = ancestor(scope, path.depth)
  if (context !== null) return follow(context.shape, path.parts, path, scope, state)
  report(state, scope, path, {
    code: 'template-field-unknown',
    message: `${path.original} leads out of ${scope.path.length > 0 ? 'the partial' : 'the view'}`,
    expected: 'a field of the context',
    hint: 'Use @root.field for a field of the whole view, or give the partial what it needs: {{> name field=…}}.',
  })
  return null
}

function shapeOfData(path: hbs.AST.PathExpression, scope: Scope, state: CheckState): Shape | null {
  const [first, ...rest] = path.parts
  if (first === 'root') return follow(state.root, rest, path, scope, state)
  if (scope.inList && rest.length === 0 && (first === 'index' || first === 'first' || first === 'last'))
    return first === 'index' ? number : flag
  report(state, scope, path, {
    code: 'template-field-unknown',
    message: `there is no ${path.original}${scope.inList ? '' : ' here'}`,
    expected: '@root, and inside {{#each}} @index, @first, @last',
    hint: 'Take one of these.',
  })
  return null
}

// In Handlebars only {{#each}} and {{#with}} open a context that `../` leaves; {{#if}} does not.
function ancestor(scope: Scope, depth: number): Scope | null {
  let found: Scope | null = scope
  for (let left = depth; left > 0 && found !== null; left--) found = found.parent
  return found
}

function follow(start: Shape, parts: readonly string[], path: hbs.AST.PathExpression, scope: Scope, state: CheckState): Shape | null {
  let shape = start
  for (const part of parts) {
    if (shape.kind === 'list' && part === 'length') {
      shape = number
      continue
    }
    const fields = shape.kind === 'group' ? shape.fields : {}
    const field = Object.hasOwn(fields, part) ? fields[part] : undefined
    if (field === undefined) {
      reportUnknownField(part, shape, path, scope, state)
      return null
    }
    shape = field.shape
  }
  return shape
}

function reportUnknownField(part: string, shape: Shape, path: hbs.AST.PathExpression, scope: Scope, state: CheckState): void {
  const fields = shape.kind === 'group' ? Object.keys(shape.fields) : []
  const near = nearestName(part, fields)
  const inRoot = path.parts.length === 1 && Object.hasOwn(state.root.fields, part) ? `@root.${part}` : null
  report(state, scope, path, {
    code: 'template-field-unknown',
    message:
      shape.kind === 'group' ? `There is no field "${part}" here.` : `${kindWords[shape.kind]} has no field "${part}".`.replace(/^a/, 'A'),
    expected: fields.length > 0 ? `one of ${fields.join(', ')}` : kindWords[shape.kind],
    got: path.original,
    hint: inRoot !== null ? `Write ${inRoot}.` : near !== null ? `Did you mean "${near}"?` : hintFor(part, scope),
  })
}

function hintFor(part: string, scope: Scope): string {
  const partial = scope.path.at(-1)
  if (partial === undefined) return 'Use one of the fields that exist; docs/templates.md lists them with their meaning.'
  return `Use one of the fields that exist, or give it wherever the partial is included: {{> ${partial} ${part}=…}}.`
}

function isScoped(path: hbs.AST.PathExpression): boolean {
  return /^(?:\.|this\b)/.test(path.original)
}
