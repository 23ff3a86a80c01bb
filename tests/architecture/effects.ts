/** The rule that keeps the middle pure: the disk, the network, the clock, chance, the environment and the terminal only at the edges. */

import { isNode, lineAt, type Node, type Offence, type Source, walkCode } from './source.ts'

const networkModules = ['net', 'tls', 'dgram', 'dns', 'dns/promises', 'http', 'https', 'http2']
const machineModules = ['fs', 'fs/promises', 'os', 'process', 'child_process', 'cluster', 'worker_threads', 'perf_hooks', 'sqlite']
const terminalModules = ['tty', 'readline', 'readline/promises', 'repl', 'timers', 'timers/promises']
const effectModules = new Set([...networkModules, ...machineModules, ...terminalModules].flatMap(name => [name, `node:${name}`]))

const networkGlobals = ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest', 'navigator', 'localStorage']
const clockGlobals = ['performance', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask']
const effectGlobals = new Set(['process', 'console', ...networkGlobals, ...clockGlobals])

const effectMembers = new Map<string, RegExp>([
  ['Date', /^now$/],
  ['Math', /^random$/],
  ['crypto', /^(random|getRandomValues|generate|webcrypto)/],
  ['Temporal', /^Now$/],
  ['globalThis', new RegExp(`^(${[...effectGlobals].join('|')})$`)],
])

/** Whether a file may touch the outside: a whole folder of effects, or a name that says so. */
export function mayHaveEffects(path: string): boolean {
  return /^src\/(cli\.ts|(ledger|transport|web|commands)\/.*)$/.test(path) || /\/(read|write|send|serve|watch|run)-[^/]*$/.test(path)
}

/** Effects in files that must be pure, one offence for each place. */
export function findEffects(sources: readonly Source[]): Offence[] {
  return sources.filter(({ path }) => !mayHaveEffects(path)).flatMap(source => [...effectImports(source), ...effectUses(source)])
}

/** `console.` and `process.exit` anywhere but in src/cli.ts: the only place that prints an error or sets the exit code. */
export function findPrintingAndExiting(sources: readonly Source[]): Offence[] {
  const offences: Offence[] = []
  for (const { path, text, tree } of sources.filter(each => each.path !== 'src/cli.ts')) {
    walkCode(tree, (node, parent) => {
      const used =
        isReference(node, parent) && node.name === 'console' ? 'console' : memberName(node, 'process', /^(exit|exitCode|abort|reallyExit)$/)
      if (used) offences.push({ path, line: lineAt(text, node.start), message: `${used} belongs into src/cli.ts` })
      return undefined
    })
  }
  return offences
}

function effectImports({ path, imports }: Source): Offence[] {
  return imports
    .filter(({ specifier, names, typeOnly }) => !typeOnly && (effectModules.has(specifier) || isMeddling(specifier, names)))
    .map(({ specifier, line }) => ({ path, line, message: `${specifier} is for files that may have effects` }))
}

/** Randomness out of node:crypto, and all of node:module but `createRequire`, which only loads what an import would. */
function isMeddling(specifier: string, names: readonly string[]): boolean {
  if (/^(node:)?module$/.test(specifier)) return names.some(name => name !== 'createRequire')
  return /^(node:)?crypto$/.test(specifier) && names.some(name => /^(random|getRandomValues|generate|webcrypto|subtle)/.test(name))
}

function effectUses({ path, text, tree }: Source): Offence[] {
  const offences: Offence[] = []
  walkCode(tree, (node, parent) => {
    const used = effectOf(node, parent)
    if (used !== null) offences.push({ path, line: lineAt(text, node.start), message: `${used} is for files that may have effects` })
    return undefined
  })
  return offences
}

function effectOf(node: Node, parent: Node | null): string | null {
  if (isReference(node, parent) && effectGlobals.has(String(node.name))) return String(node.name)
  for (const [object, members] of effectMembers) {
    const used = memberName(node, object, members)
    if (used !== null) return used
  }
  const isDate = isNode(node.callee) && node.callee.type === 'Identifier' && node.callee.name === 'Date'
  if (node.type === 'CallExpression' && isDate) return 'Date()'
  return node.type === 'NewExpression' && isDate && Array.isArray(node.arguments) && node.arguments.length === 0
    ? 'new Date() without an argument'
    : null
}

/** `object.member` or `object['member']`, written as the former; null for anything else. */
function memberName(node: Node, object: string, members: RegExp): string | null {
  if (node.type !== 'MemberExpression' || !isNode(node.object) || !isNode(node.property) || node.object.name !== object) return null
  const member = node.computed === true ? node.property.value : node.property.name
  return typeof member === 'string' && members.test(member) ? `${object}.${member}` : null
}

/** A name that stands for a value, not a field's name. Local names that hide a global count too: another name reads better anyway. */
function isReference(node: Node, parent: Node | null): boolean {
  if (node.type !== 'Identifier' || parent === null) return false
  if (parent.type === 'MemberExpression') return parent.object === node || parent.computed === true
  if (parent.type === 'Property' || parent.type === 'PropertyDefinition' || parent.type === 'MethodDefinition') {
    return parent.value === node || parent.computed === true
  }
  return !/^(Import|Export).*Specifier$/.test(parent.type)
}
