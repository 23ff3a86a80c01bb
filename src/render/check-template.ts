/**
 * The static check of templates. Handlebars prints nothing for `{{typo}}` and takes `{{#if typo}}` for false; so every path of a template's syntax tree
 * is walked against the shape of the view, in branches too that no edition has reached yet.
 */

import { nearestName } from '../config/nearest-name.ts'
import type { ErrorCode, Problem } from '../errors.ts'
import { messageParameters } from '../locale/messages.ts'
import { mergeFieldNames } from './email.ts'
import { parseTemplate } from './parse-template.ts'
import type { TemplateSource } from './read-templates.ts'
import { flag, type GroupShape, html, number, type Shape, text, url } from './shape.ts'
import { type HelperSignature, helperSignatures } from './template-helpers.ts'

/** A template with the partials it may include. */
export interface TemplateWithPartials {
  readonly template: TemplateSource
  readonly partials: Readonly<Record<string, TemplateSource>>
  /** Text templates print nothing of markup. */
  readonly output: 'html' | 'text'
}

/** The syntax trees of a template and of the partials that it reaches. */
export interface CheckedTemplate {
  readonly program: hbs.AST.Program
  readonly partials: ReadonlyMap<string, hbs.AST.Program>
}

/** Checks a template and every partial it reaches against the shape of the view: all problems at once, each with file, line and column. */
export function checkTemplate(
  given: TemplateWithPartials,
  root: GroupShape,
): { readonly checked: CheckedTemplate | null; readonly problems: readonly Problem[] } {
  const parsed = parseTemplate(given.template)
  if (parsed.kind === 'broken') return { checked: null, problems: [parsed.problem] }
  const state: State = { given, root, partials: new Map(), visited: new Set(), problems: new Map() }
  walkProgram(parsed.program, { shape: root, parent: null, names: new Map(), inList: false, file: given.template.file, path: [] }, state)
  return { checked: { program: parsed.program, partials: state.partials }, problems: [...state.problems.values()] }
}

interface State {
  readonly given: TemplateWithPartials
  readonly root: GroupShape
  readonly partials: Map<string, hbs.AST.Program>
  readonly visited: Set<string>
  readonly problems: Map<string, Problem>
}

/** What a path means at some place. `path` lists the partials on the way there. */
interface Scope {
  readonly shape: Shape
  readonly parent: Scope | null
  readonly names: ReadonlyMap<string, Shape>
  readonly inList: boolean
  readonly file: string
  readonly path: readonly string[]
}

function walkProgram(program: hbs.AST.Program | undefined, scope: Scope, state: State): void {
  for (const statement of program?.body ?? []) walkStatement(statement, scope, state)
}

function walkStatement(statement: hbs.AST.Statement, scope: Scope, state: State): void {
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
        message: 'Templates have no decorators, inline partials or partial blocks.',
        expected: '{{> name}} of a file in partials/',
        hint: 'Put the piece into a file of its own in partials/ and include it with {{> name}}.',
      })
  }
}

function walkMustache(mustache: hbs.AST.MustacheStatement, scope: Scope, state: State): void {
  if (!mustache.escaped) {
    report(state, scope, mustache, {
      code: 'template-syntax',
      message: 'A template prints nothing without escaping: {{{…}}} and {{&…}} are not allowed.',
      expected: '{{field}}, or {{html field}} for markup that news-digest made',
      hint: 'Write two braces. Only the fields intro and sponsor.html hold markup: {{html intro}}.',
    })
  }
  const shape = shapeOf(mustache, scope, state)
  if (shape === null) return
  const isHtmlHelper = nameOf(mustache.path) === 'html'
  if (shape.kind === 'html' && isHtmlHelper && state.given.output === 'html') return
  if (shape.kind === 'text' || shape.kind === 'url' || shape.kind === 'number') return
  const hints: Readonly<Record<'html' | 'list' | 'group' | 'flag', string>> = {
    html:
      state.given.output === 'html' ? 'Write {{html …}}.' : 'Take the field that holds the same as plain text (introText, sponsor.text).',
    list: 'Go through it with {{#each …}}.',
    group: 'Print one of its fields, or go into it with {{#with …}}.',
    flag: 'Use it in {{#if …}}.',
  }
  report(state, scope, mustache, {
    code: 'template-field-unknown',
    message: `${written(mustache)} is ${kindWords[shape.kind]} and cannot be printed.`,
    expected: 'a text, a number or an address',
    hint: hints[shape.kind],
  })
}

const kindWords: Readonly<Record<Shape['kind'], string>> = {
  text: 'a text',
  url: 'an address',
  number: 'a number',
  flag: 'a yes or no',
  html: 'markup',
  list: 'a list',
  group: 'a group of fields',
}

function walkBlock(block: hbs.AST.BlockStatement, scope: Scope, state: State): void {
  const name = nameOf(block.path)
  const [argument] = block.params
  if (name !== 'if' && name !== 'unless' && name !== 'each' && name !== 'with') {
    report(state, scope, block, {
      code: 'template-syntax',
      message: `There is no block {{#${block.path.original}}}.`,
      expected: '{{#if}}, {{#unless}}, {{#each}} or {{#with}}',
      hint: `For a field write {{#if ${block.path.original}}}, for a list {{#each ${block.path.original}}}.`,
    })
    return
  }
  if (argument === undefined || block.params.length > 1) {
    report(state, scope, block, {
      code: 'template-syntax',
      message: `{{#${name}}} takes one argument.`,
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
  state: State,
): void {
  const wanted = name === 'each' ? 'list' : 'group'
  if (shape.kind !== wanted) {
    report(state, scope, argument, {
      code: 'template-field-unknown',
      message: `{{#${name}}} needs ${kindWords[wanted]}, and ${written(argument)} is ${kindWords[shape.kind]}.`,
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

function walkPartial(statement: hbs.AST.PartialStatement, scope: Scope, state: State): void {
  const name = partialName(statement)
  const known = Object.keys(state.given.partials)
  const source = Object.hasOwn(state.given.partials, name) ? state.given.partials[name] : undefined
  if (source === undefined) {
    const near = nearestName(name, known)
    report(state, scope, statement, {
      code: 'template-missing',
      message: `There is no partial "${name}".`,
      expected: `a file partials/${name}${state.given.output === 'html' ? '.mjml.hbs' : '.txt.hbs'}, or one of ${known.join(', ')}`,
      got: `{{> ${name}}}`,
      hint: near === null ? 'Write the file, or include one that exists.' : `Did you mean {{> ${near}}}?`,
    })
    return
  }
  if (scope.path.includes(name)) {
    report(state, scope, statement, {
      code: 'template-syntax',
      message: `The partial "${name}" includes itself.`,
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

function parsePartial(name: string, source: TemplateSource, state: State): hbs.AST.Program | null {
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

function hashShapes(hash: hbs.AST.Hash | undefined, scope: Scope, state: State): (readonly [string, Shape])[] {
  return (hash?.pairs ?? []).flatMap(pair => {
    const shape = shapeOfExpression(pair.value, scope, state)
    return shape === null ? [] : [[pair.key, shape] as const]
  })
}

type Call = hbs.AST.MustacheStatement | hbs.AST.SubExpression

function shapeOfExpression(expression: hbs.AST.Expression, scope: Scope, state: State): Shape | null {
  switch (expression.type) {
    case 'StringLiteral':
      return text
    case 'NumberLiteral':
      return number
    case 'BooleanLiteral':
      return flag
    case 'SubExpression':
      return shapeOf(expression as hbs.AST.SubExpression, scope, state)
    case 'PathExpression':
      return shapeOfPath(expression as hbs.AST.PathExpression, scope, state)
    default:
      return text
  }
}

function shapeOf(call: Call, scope: Scope, state: State): Shape | null {
  const name = nameOf(call.path)
  if (name !== null && Object.hasOwn(helperSignatures, name)) return shapeOfCall(call, name as keyof typeof helperSignatures, scope, state)
  const hasArguments = call.params.length > 0 || (call.hash?.pairs ?? []).length > 0
  if (hasArguments || call.type === 'SubExpression') {
    const helpers = Object.keys(helperSignatures)
    const near = name === null ? null : nearestName(name, helpers)
    report(state, scope, call, {
      code: 'template-syntax',
      message: `There is no helper "${written(call)}".`,
      expected: `one of ${helpers.join(', ')}`,
      got: written(call),
      hint: near === null ? 'Use one of these helpers.' : `Did you mean ${helperSignatures[near as keyof typeof helperSignatures].usage}?`,
    })
    return null
  }
  if (call.path.type !== 'PathExpression') {
    report(state, scope, call, {
      code: 'template-syntax',
      message: 'A literal is not a field.',
      expected: 'a field',
      hint: 'Write it without braces.',
    })
    return null
  }
  return shapeOfPath(call.path as hbs.AST.PathExpression, scope, state)
}

function shapeOfCall(call: Call, name: keyof typeof helperSignatures, scope: Scope, state: State): Shape | null {
  const signature: HelperSignature = helperSignatures[name]
  const shapes = call.params.map(parameter => shapeOfExpression(parameter, scope, state))
  const hash = hashShapes(call.hash, scope, state)
  const wanted = signature.parameters.length
  if (signature.rest === true ? shapes.length < wanted : shapes.length !== wanted) {
    report(state, scope, call, {
      code: 'template-syntax',
      message: `The helper ${name} is called with ${shapes.length} arguments.`,
      expected: signature.usage,
      hint: signature.about,
    })
    return null
  }
  for (const [index, shape] of shapes.entries()) {
    const kinds = signature.parameters[Math.min(index, wanted - 1)] ?? []
    if (shape === null || kinds.includes(shape.kind)) continue
    report(state, scope, call.params[index] ?? call, {
      code: 'template-field-unknown',
      message: `The helper ${name} takes ${kinds.map(kind => kindWords[kind]).join(' or ')}, and this is ${kindWords[shape.kind]}.`,
      expected: signature.usage,
      hint: signature.about,
    })
  }
  if (name === 'merge') checkMerge(call, scope, state)
  else if (name === 't') checkMessage(call, scope, state)
  else if (hash.length > 0) refuseHash(call, name, scope, state)
  return { text, url, number, flag, html }[signature.result as 'text'] ?? text
}

function checkMerge(call: Call, scope: Scope, state: State): void {
  const [field] = call.params
  const name = field?.type === 'StringLiteral' ? (field as hbs.AST.StringLiteral).value : null
  if (name === null || !(mergeFieldNames as readonly string[]).includes(name)) {
    const near = name === null ? null : nearestName(name, mergeFieldNames)
    report(state, scope, field ?? call, {
      code: 'merge-field-unknown',
      message: name === null ? 'A merge field is named by a text in quotes.' : `There is no merge field "${name}".`,
      expected: `one of ${mergeFieldNames.join(', ')}`,
      ...(name === null ? {} : { got: name }),
      hint: near === null ? helperSignatures.merge.usage : `Did you mean {{merge "${near}"}}?`,
    })
  }
  const strange = call.hash?.pairs.find(pair => pair.key !== 'fallback')
  if (strange !== undefined) refuseHash(call, 'merge', scope, state, strange)
}

function checkMessage(call: Call, scope: Scope, state: State): void {
  const [first] = call.params
  const key = first?.type === 'StringLiteral' ? (first as hbs.AST.StringLiteral).value : null
  const keys = Object.keys(messageParameters)
  if (key === null || !Object.hasOwn(messageParameters, key)) {
    const near = key === null ? null : nearestName(key, keys)
    report(state, scope, first ?? call, {
      code: 'template-field-unknown',
      message: key === null ? 'A message is named by a text in quotes.' : `There is no message "${key}".`,
      expected: `one of ${keys.join(', ')}`,
      ...(key === null ? {} : { got: key }),
      hint: near === null ? helperSignatures.t.usage : `Did you mean {{t "${near}"}}?`,
    })
    return
  }
  const parameters: readonly string[] = messageParameters[key as keyof typeof messageParameters]
  const given = (call.hash?.pairs ?? []).map(pair => pair.key)
  const missing = parameters.filter(name => !given.includes(name))
  const strange = given.filter(name => !parameters.includes(name))
  if (missing.length === 0 && strange.length === 0) return
  report(state, scope, call, {
    code: 'template-field-unknown',
    message: `The message "${key}" ${missing.length > 0 ? `needs ${missing.join(', ')}` : `has no ${strange.join(', ')}`}.`,
    expected: `{{t "${key}"${parameters.map(name => ` ${name}=…`).join('')}}}`,
    hint: 'Give each parameter of the message by its name.',
  })
}

function refuseHash(call: Call, name: keyof typeof helperSignatures, scope: Scope, state: State, pair = call.hash?.pairs[0]): void {
  report(state, scope, pair ?? call, {
    code: 'template-syntax',
    message: `The helper ${name} has no argument "${pair?.key ?? ''}".`,
    expected: helperSignatures[name].usage,
    hint: 'Remove the argument.',
  })
}

function shapeOfPath(path: hbs.AST.PathExpression, scope: Scope, state: State): Shape | null {
  if (path.data) return shapeOfData(path, scope, state)
  const [first, ...rest] = path.parts
  const named = path.depth === 0 && first !== undefined && !isScoped(path) ? scope.names.get(first) : undefined
  if (named !== undefined) return follow(named, rest, path, scope, state)
  const context = ancestor(scope, path.depth)
  if (context !== null) return follow(context.shape, path.parts, path, scope, state)
  report(state, scope, path, {
    code: 'template-field-unknown',
    message: `${path.original} leads out of ${scope.path.length > 0 ? 'the partial' : 'the view'}.`,
    expected: 'a field of the context',
    hint: 'Use @root.field for a field of the whole view, or give the partial what it needs: {{> name field=…}}.',
  })
  return null
}

function shapeOfData(path: hbs.AST.PathExpression, scope: Scope, state: State): Shape | null {
  const [first, ...rest] = path.parts
  if (first === 'root') return follow(state.root, rest, path, scope, state)
  if (scope.inList && rest.length === 0 && (first === 'index' || first === 'first' || first === 'last'))
    return first === 'index' ? number : flag
  report(state, scope, path, {
    code: 'template-field-unknown',
    message: `There is no ${path.original}${scope.inList ? '' : ' here'}.`,
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

function follow(start: Shape, parts: readonly string[], path: hbs.AST.PathExpression, scope: Scope, state: State): Shape | null {
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

function reportUnknownField(part: string, shape: Shape, path: hbs.AST.PathExpression, scope: Scope, state: State): void {
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
  if (partial === undefined) return 'Use one of the fields that exist; docs list them with their meaning.'
  return `Use one of the fields that exist, or give it wherever the partial is included: {{> ${partial} ${part}=…}}.`
}

function isScoped(path: hbs.AST.PathExpression): boolean {
  return /^(?:\.|this\b)/.test(path.original)
}

function nameOf(path: hbs.AST.PathExpression | hbs.AST.Literal): string | null {
  if (path.type !== 'PathExpression') return null
  const { data, depth, parts, original } = path as hbs.AST.PathExpression
  return !data && depth === 0 && parts.length === 1 && original === parts[0] ? original : null
}

function written(node: hbs.AST.Node): string {
  if (node.type === 'MustacheStatement' || node.type === 'SubExpression') return written((node as Call).path)
  return 'original' in node ? String(node.original) : node.type
}

function report(
  state: State,
  scope: Scope,
  node: hbs.AST.Node,
  problem: { code: ErrorCode; message: string; expected: string; got?: string; hint: string },
): void {
  const { line, column } = node.loc.start
  const found: Problem = { severity: 'error', ...problem, place: { file: scope.file, line, column: column + 1 } }
  state.problems.set(`${scope.file}:${line}:${column} ${problem.message}`, found)
}
