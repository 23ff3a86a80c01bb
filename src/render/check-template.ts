/**
 * The static check of templates. Handlebars prints nothing for `{{typo}}` and takes `{{#if typo}}` for false; so every path of a template's syntax tree
 * is walked against the shape of the view, in branches too that no edition has reached yet.
 */

import { nearestName } from '../config/nearest-name.ts'
import type { TemplateSource } from '../config/read-template-file.ts'
import type { Problem } from '../errors.ts'
import { mergeFieldNames } from './email.ts'
import { parseTemplate } from './parse-template.ts'
import { type GroupShape, number, type Shape } from './shape.ts'
import { hashShapes, nameOf, shapeOf, shapeOfExpression, written } from './template-calls.ts'
import { type CheckState, kindWords, report, type Scope, type TemplateWithPartials } from './template-scope.ts'

/** The syntax trees of a template and of the partials that it reaches. */
export interface CheckedTemplate {
  readonly program: hbs.AST.Program
  readonly partials: ReadonlyMap<string, hbs.AST.Program>
}

/**
 * Checks a template and every partial it reaches against the shape of the view and the names of its merge fields: all problems at once, each with file,
 * line and column.
 */
export function checkTemplate(
  given: TemplateWithPartials,
  root: GroupShape,
  mergeFields: readonly string[] = mergeFieldNames,
): { readonly checked: CheckedTemplate | null; readonly problems: readonly Problem[] } {
  const parsed = parseTemplate(given.template)
  if (parsed.kind === 'broken') return { checked: null, problems: [parsed.problem] }
  const state: CheckState = { given, root, mergeFields, partials: new Map(), visited: new Set(), problems: new Map() }
  walkProgram(parsed.program, { shape: root, parent: null, names: new Map(), inList: false, file: given.template.file, path: [] }, state)
  return { checked: { program: parsed.program, partials: state.partials }, problems: [...state.problems.values()] }
}

function walkProgram(program: hbs.AST.Program | undefined, scope: Scope, state: CheckState): void {
  const statements = program?.body ?? []
  for (const [index, statement] of statements.entries()) {
    walkStatement(statement, scope, state)
    if (statement.type === 'MustacheStatement' && opensAddress(statements[index - 1])) {
      checkAddress(statement as hbs.AST.MustacheStatement, scope, state)
    }
  }
}

function walkStatement(statement: hbs.AST.Statement, scope: Scope, state: CheckState): void {
  switch (statement.type) {
    case 'ContentStatement':
    case 'CommentStatement':
      return
    case 'MustacheStatement':
      walkMustache(statement as hbs.AST.MustacheStatement, scope, state)
      return
    case 'BlockStatement':
      walkBlock(statement as hbs.AST.BlockStatement, scope, state)
      return
    case 'PartialStatement':
      walkPartial(statement as hbs.AST.PartialStatement, scope, state)
      return
    default:
      report(state, scope, statement, {
        code: 'template-syntax',
        message: 'templates have no decorators, inline partials or partial blocks',
        expected: '{{> name}} of a file in partials/',
        hint: 'Put the piece into a file of its own in partials/ and include it with {{> name}}.',
      })
  }
}

function walkMustache(mustache: hbs.AST.MustacheStatement, scope: Scope, state: CheckState): void {
  if (!mustache.escaped) {
    report(state, scope, mustache, {
      code: 'template-syntax',
      message: 'a template prints nothing without escaping: {{{…}}} and {{&…}} are not allowed',
      expected: '{{field}}, or {{html field}} for markup that news-digest made',
      hint: 'Write two braces. Only the fields intro and sponsor.copy hold markup: {{html intro}}.',
    })
  }
  const shape = shapeOf(mustache, scope, state)
  if (shape === null) return
  const isHtmlHelper = nameOf(mustache.path) === 'html'
  if (shape.kind === 'html' && isHtmlHelper && state.given.output === 'html') return
  if (shape.kind === 'text' || shape.kind === 'url' || shape.kind === 'number') return
  const hints: Readonly<Record<'html' | 'list' | 'group' | 'flag', string>> = {
    html:
      state.given.output === 'html'
        ? 'Write {{html …}}.'
        : 'Take the field that holds the same as plain text (introText, sponsor.copyText).',
    list: 'Go through it with {{#each …}}.',
    group: 'Print one of its fields, or go into it with {{#with …}}.',
    flag: 'Use it in {{#if …}}.',
  }
  report(state, scope, mustache, {
    code: 'template-field-unknown',
    message: `${written(mustache)} is ${kindWords[shape.kind]} and cannot be printed`,
    expected: 'a text, a number or an address',
    hint: hints[shape.kind],
  })
}

function opensAddress(before: hbs.AST.Statement | undefined): boolean {
  if (before?.type !== 'ContentStatement') return false
  return /[\s"'](?:href|src|background|background-url|action)\s*=\s*["']$/i.test((before as hbs.AST.ContentStatement).value)
}

// Escaping keeps a text inside its attribute, but not `javascript:` from being opened.
function checkAddress(mustache: hbs.AST.MustacheStatement, scope: Scope, state: CheckState): void {
  const shape = state.given.output === 'html' ? shapeOf(mustache, scope, state) : null
  if (shape === null || shape.kind === 'url') return
  report(state, scope, mustache, {
    code: 'template-field-unknown',
    message: `${written(mustache)} is ${kindWords[shape.kind]}, and an address is needed here`,
    expected: 'an address, such as url, picture.src or {{merge "viewUrl"}}',
    hint: 'Only fields that hold addresses may stand in href and src.',
  })
}

function walkBlock(block: hbs.AST.BlockStatement, scope: Scope, state: CheckState): void {
  const name = nameOf(block.path)
  const [argument] = block.params
  if (name !== 'if' && name !== 'unless' && name !== 'each' && name !== 'with') {
    report(state, scope, block, {
      code: 'template-syntax',
      message: `there is no block {{#${block.path.original}}}`,
      expected: '{{#if}}, {{#unless}}, {{#each}} or {{#with}}',
      hint: `For a field write {{#if ${block.path.original}}}, for a list {{#each ${block.path.original}}}.`,
    })
    return
  }
  if (argument === undefined || block.params.length > 1) {
    report(state, scope, block, {
      code: 'template-syntax',
      message: `{{#${name}}} takes one argument`,
      expected: `{{#${name} field}}`,
      got: `${block.params.length} arguments`,
      hint: 'Join several with the helpers and, or: {{#if (and lead picture)}}.',
    })
    return
  }
  const shape = shapeOfExpression(argument, scope, state)
  if (name === 'if' || name === 'unless') walkProgram(block.program, scope, state)
  else if (shape !== null) walkInner(block, name, argument, shape, scope, state)
  walkProgram(block.inverse, scope, state)
}

function walkInner(
  block: hbs.AST.BlockStatement,
  name: 'each' | 'with',
  argument: hbs.AST.Expression,
  shape: Shape,
  scope: Scope,
  state: CheckState,
): void {
  const wanted = name === 'each' ? 'list' : 'group'
  if (shape.kind !== wanted) {
    report(state, scope, argument, {
      code: 'template-field-unknown',
      message: `{{#${name}}} needs ${kindWords[wanted]}, and ${written(argument)} is ${kindWords[shape.kind]}`,
      expected: kindWords[wanted],
      got: kindWords[shape.kind],
      hint: shape.kind === 'list' ? `Write {{#each ${written(argument)}}}.` : `Write {{#if ${written(argument)}}}.`,
    })
    return
  }
  const inner = shape.kind === 'list' ? shape.of : shape
  const [first, second] = block.program.blockParams ?? []
  const names = new Map(scope.names)
  if (first !== undefined) names.set(first, inner)
  if (second !== undefined) names.set(second, number)
  walkProgram(block.program, { ...scope, shape: inner, parent: scope, names, inList: scope.inList || name === 'each' }, state)
}

function walkPartial(statement: hbs.AST.PartialStatement, scope: Scope, state: CheckState): void {
  const name = partialName(statement)
  const known = Object.keys(state.given.partials)
  const source = Object.hasOwn(state.given.partials, name) ? state.given.partials[name] : undefined
  if (source === undefined) {
    const near = nearestName(name, known)
    report(state, scope, statement, {
      code: 'template-missing',
      message: `there is no partial "${name}"`,
      expected: `a file partials/${name}${state.given.output === 'html' ? '.mjml.hbs' : '.txt.hbs'}, or one of ${known.join(', ')}`,
      got: `{{> ${name}}}`,
      hint: near === null ? 'Write the file, or include one that exists.' : `Did you mean {{> ${near}}}?`,
    })
    return
  }
  if (scope.path.includes(name)) {
    report(state, scope, statement, {
      code: 'template-syntax',
      message: `the partial "${name}" includes itself`,
      expected: 'partials that end',
      hint: `Take {{> ${name}}} out of ${[...scope.path.slice(scope.path.indexOf(name)), name].join(' → ')}.`,
    })
    return
  }
  const [argument] = statement.params
  const context = argument === undefined ? scope.shape : shapeOfExpression(argument, scope, state)
  const added = hashShapes(statement.hash, scope, state)
  if (context === null) return
  const shape = added.length === 0 || context.kind !== 'group' ? context : withFields(context, added)
  const key = `${name} ${scope.inList} ${shapeKey(shape)}`
  if (state.visited.has(key)) return
  state.visited.add(key)
  const program = state.partials.get(name) ?? parsePartial(name, source, state)
  if (program === null) return
  walkProgram(
    program,
    { shape, parent: null, names: new Map(), inList: scope.inList, file: source.file, path: [...scope.path, name] },
    state,
  )
}

function parsePartial(name: string, source: TemplateSource, state: CheckState): hbs.AST.Program | null {
  const parsed = parseTemplate(source)
  if (parsed.kind === 'broken') {
    state.problems.set(`${source.file} syntax`, parsed.problem)
    return null
  }
  state.partials.set(name, parsed.program)
  return parsed.program
}

function partialName(statement: hbs.AST.PartialStatement): string {
  return statement.name.type === 'PathExpression' ? String((statement.name as hbs.AST.PathExpression).original) : '(…)'
}

function withFields(context: GroupShape, added: readonly (readonly [string, Shape])[]): GroupShape {
  const fields = added.map(([name, shape]) => [name, { shape, nullable: true, about: 'An argument of the partial.' }] as const)
  return { kind: 'group', fields: { ...context.fields, ...Object.fromEntries(fields) } }
}

function shapeKey(shape: Shape): string {
  if (shape.kind === 'group')
    return `{${Object.entries(shape.fields)
      .map(([name, field]) => `${name}:${field.shape.kind}`)
      .join()}}`
  return shape.kind === 'list' ? `[${shapeKey(shape.of)}]` : shape.kind
}
