/** What an expression in a template gives: helper calls with their arguments, fields, literals. */

import { nearestName } from '../config/nearest-name.ts'
import { messageParameters } from '../locale/messages.ts'
import { flag, html, number, type Shape, text, url } from './shape.ts'
import { type HelperSignature, helperSignatures } from './template-helpers.ts'
import { shapeOfPath } from './template-paths.ts'
import { type CheckState, kindWords, report, type Scope } from './template-scope.ts'

/** A helper call or a field, in braces or in parentheses. */
export type Call = hbs.AST.MustacheStatement | hbs.AST.SubExpression

/** The shape of an argument; null when it is reported as wrong. */
export function shapeOfExpression(expression: hbs.AST.Expression, scope: Scope, state: CheckState): Shape | null {
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

/** The shape of what a call gives or a field holds; null when it is reported as wrong. */
export function shapeOf(call: Call, scope: Scope, state: CheckState): Shape | null {
  const name = nameOf(call.path)
  if (name !== null && Object.hasOwn(helperSignatures, name)) return shapeOfCall(call, name as keyof typeof helperSignatures, scope, state)
  const hasArguments = call.params.length > 0 || (call.hash?.pairs ?? []).length > 0
  if (hasArguments || call.type === 'SubExpression') {
    const helpers = Object.keys(helperSignatures)
    const near = name === null ? null : nearestName(name, helpers)
    report(state, scope, call, {
      code: 'template-syntax',
      message: `there is no helper "${written(call)}"`,
      expected: `one of ${helpers.join(', ')}`,
      got: written(call),
      hint: near === null ? 'Use one of these helpers.' : `Did you mean ${helperSignatures[near as keyof typeof helperSignatures].usage}?`,
    })
    return null
  }
  if (call.path.type !== 'PathExpression') {
    report(state, scope, call, {
      code: 'template-syntax',
      message: 'a literal is not a field',
      expected: 'a field',
      hint: 'Write it without braces.',
    })
    return null
  }
  return shapeOfPath(call.path as hbs.AST.PathExpression, scope, state)
}

function shapeOfCall(call: Call, name: keyof typeof helperSignatures, scope: Scope, state: CheckState): Shape | null {
  const signature: HelperSignature = helperSignatures[name]
  const shapes = call.params.map(parameter => shapeOfExpression(parameter, scope, state))
  const hash = hashShapes(call.hash, scope, state)
  const wanted = signature.parameters.length
  if (signature.rest === true ? shapes.length < wanted : shapes.length !== wanted) {
    report(state, scope, call, {
      code: 'template-syntax',
      message: `the helper ${name} is called with ${shapes.length} arguments`,
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
      message: `the helper ${name} takes ${kinds.map(kind => kindWords[kind]).join(' or ')}, and this is ${kindWords[shape.kind]}`,
      expected: signature.usage,
      hint: signature.about,
    })
  }
  if (name === 'merge') checkMerge(call, scope, state)
  else if (name === 't') checkMessage(call, scope, state)
  else if (hash.length > 0) refuseHash(call, name, scope, state)
  if (name === 'merge') return firstText(call)?.endsWith('Url') === true ? url : text
  return resultShapes[signature.result]
}

const resultShapes = { text, flag, html } as const

/** The first argument where it is a text in quotes. */
function firstText(call: Call): string | null {
  const [first] = call.params
  return first?.type === 'StringLiteral' ? (first as hbs.AST.StringLiteral).value : null
}

function checkMerge(call: Call, scope: Scope, state: CheckState): void {
  const [field] = call.params
  const name = firstText(call)
  if (name === null || !state.mergeFields.includes(name)) {
    const near = name === null ? null : nearestName(name, state.mergeFields)
    report(state, scope, field ?? call, {
      code: 'merge-field-unknown',
      message: name === null ? 'a merge field is named by a text in quotes' : `there is no merge field "${name}"`,
      expected: `one of ${state.mergeFields.join(', ')}`,
      ...(name === null ? {} : { got: name }),
      hint: near === null ? helperSignatures.merge.usage : `Did you mean {{merge "${near}"}}?`,
    })
  }
  const strange = call.hash?.pairs.find(pair => pair.key !== 'fallback')
  if (strange !== undefined) refuseHash(call, 'merge', scope, state, strange)
}

function checkMessage(call: Call, scope: Scope, state: CheckState): void {
  const [first] = call.params
  const key = firstText(call)
  const keys = Object.keys(messageParameters)
  if (key === null || !Object.hasOwn(messageParameters, key)) {
    const near = key === null ? null : nearestName(key, keys)
    report(state, scope, first ?? call, {
      code: 'template-field-unknown',
      message: key === null ? 'a message is named by a text in quotes' : `there is no message "${key}"`,
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
    message: `the message "${key}" ${missing.length > 0 ? `needs ${missing.join(', ')}` : `has no ${strange.join(', ')}`}`,
    expected: `{{t "${key}"${parameters.map(name => ` ${name}=…`).join('')}}}`,
    hint: 'Give each parameter of the message by its name.',
  })
}

function refuseHash(call: Call, name: keyof typeof helperSignatures, scope: Scope, state: CheckState, pair = call.hash?.pairs[0]): void {
  report(state, scope, pair ?? call, {
    code: 'template-syntax',
    message: `the helper ${name} has no argument "${pair?.key ?? ''}"`,
    expected: helperSignatures[name].usage,
    hint: 'Remove the argument.',
  })
}

/** The named arguments of a call with their shapes. */
export function hashShapes(hash: hbs.AST.Hash | undefined, scope: Scope, state: CheckState): (readonly [string, Shape])[] {
  return (hash?.pairs ?? []).flatMap(pair => {
    const shape = shapeOfExpression(pair.value, scope, state)
    return shape === null ? [] : [[pair.key, shape] as const]
  })
}

/** The one plain name that a path consists of, as helpers and blocks have; null for any other path. */
export function nameOf(path: hbs.AST.PathExpression | hbs.AST.Literal): string | null {
  if (path.type !== 'PathExpression') return null
  const { data, depth, parts, original } = path as hbs.AST.PathExpression
  return !data && depth === 0 && parts.length === 1 && original === parts[0] ? original : null
}

/** A node as it stands in the template, for messages. */
export function written(node: hbs.AST.Node): string {
  if (node.type === 'MustacheStatement' || node.type === 'SubExpression') return written((node as Call).path)
  return 'original' in node ? String(node.original) : node.type
}
