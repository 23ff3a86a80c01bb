/** Source files as the rules see them: path, text, syntax tree and imports. */

import { readdirSync, readFileSync } from 'node:fs'
import { join, posix, sep } from 'node:path'
import { parseAst } from 'vitest/node'

/** A node of the syntax tree (ESTree with TypeScript, as Vite's parser makes it). */
export interface Node {
  readonly type: string
  readonly start: number
  readonly [key: string]: unknown
}

/** One import, re-export, `import()` or `require()`. `typeOnly` ones are gone at run time; `to` is the path inside the repository, null for a package. */
export interface Import {
  readonly specifier: string
  readonly to: string | null
  readonly names: readonly string[]
  readonly typeOnly: boolean
  readonly line: number
}

/** A parsed file. `path` is relative to the repository, with forward slashes. */
export interface Source {
  readonly path: string
  readonly text: string
  readonly tree: Node
  readonly imports: readonly Import[]
}

/** A broken rule. */
export interface Offence {
  readonly path: string
  readonly line: number
  readonly message: string
}

/** Parses one file; throws when it is not TypeScript. */
export function parseSource(path: string, text: string): Source {
  const tree = parseAst(text, { lang: path.endsWith('.tsx') ? 'tsx' : 'ts' }) as unknown as Node
  return { path, text, tree, imports: findImports(path, text, tree) }
}

/** Parses every TypeScript and JavaScript file under some folders of the repository. */
export function readSources(root: string, folders: readonly string[]): Source[] {
  return folders
    .flatMap(folder => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter(entry => entry.isFile() && /\.([jt]s|tsx)$/.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name))
    .map(file => parseSource(file.slice(root.length + 1).replaceAll(sep, '/'), readFileSync(file, 'utf8')))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** Visits every node that exists at run time, parents first: types are passed over. `visit` may return false to leave a node's inside alone. */
export function walkCode(node: Node, visit: (node: Node, parent: Node | null) => undefined | boolean, parent: Node | null = null): void {
  if (visit(node, parent) === false) return
  for (const [key, value] of Object.entries(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child) && !isTypeOnly(key, child)) walkCode(child, visit, node)
    }
  }
}

/** The line, counted from 1, of an offset in the text. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}

/** Whether a value is a node; fields of a node hold much else. */
export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}

function isTypeOnly(key: string, node: Node): boolean {
  return (
    key === 'typeAnnotation' ||
    key === 'returnType' ||
    key === 'typeParameters' ||
    key === 'typeArguments' ||
    node.type === 'TSTypeAliasDeclaration' ||
    node.type === 'TSInterfaceDeclaration' ||
    node.declare === true
  )
}

function findImports(path: string, text: string, tree: Node): Import[] {
  const imports: Import[] = []
  const visit = (node: Node): void => {
    const specifier = specifierOf(node)
    if (specifier !== null) {
      const to = specifier.startsWith('.') ? posix.normalize(posix.join(posix.dirname(path), specifier)) : null
      imports.push({ specifier, to, names: importedNames(node), typeOnly: isTypeImport(node), line: lineAt(text, node.start) })
    }
    for (const child of Object.values(node).flat()) if (isNode(child)) visit(child)
  }
  visit(tree)
  return imports
}

// A path that is not written out cannot be followed: it counts as an import of '*', which no rule lets pass.
function specifierOf(node: Node): string | null {
  if (node.type === 'CallExpression' && isNode(node.callee) && node.callee.name === 'require') {
    const [path] = Array.isArray(node.arguments) ? node.arguments : []
    return isNode(path) && typeof path.value === 'string' ? path.value : '*'
  }
  const isImport = ['ImportDeclaration', 'ExportNamedDeclaration', 'ExportAllDeclaration', 'ImportExpression', 'TSImportType'].includes(
    node.type,
  )
  if (!isImport || !isNode(node.source)) return null
  return typeof node.source.value === 'string' ? node.source.value : '*'
}

function importedNames(node: Node): string[] {
  if (!Array.isArray(node.specifiers)) return ['*']
  return node.specifiers.filter(isNode).map(each => {
    const imported = each.imported ?? (node.type === 'ExportNamedDeclaration' ? each.local : undefined)
    if (isNode(imported)) return String(imported.name ?? imported.value)
    return each.type === 'ImportDefaultSpecifier' ? 'default' : '*'
  })
}

function isTypeImport(node: Node): boolean {
  if (node.type === 'TSImportType' || node.importKind === 'type' || node.exportKind === 'type') return true
  const specifiers = Array.isArray(node.specifiers) ? node.specifiers.filter(isNode) : []
  return specifiers.length > 0 && specifiers.every(each => each.importKind === 'type' || each.exportKind === 'type')
}
