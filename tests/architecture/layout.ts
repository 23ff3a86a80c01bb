/** Rules on files as such: their size, their names, how they export. */

import { isNode, lineAt, type Offence, type Source } from './source.ts'

const dumpingGrounds = /^(utils?|utilities|helpers?|common|misc|lib)$/i

/** Files of more than 300 lines: a reason to look for the seam. */
export function findLongFiles(sources: readonly Source[]): Offence[] {
  return sources
    .map(({ path, text }) => ({ path, line: text.replace(/\n$/, '').split('\n').length }))
    .filter(({ line }) => line > 300)
    .map(({ path, line }) => ({ path, line, message: `${line} lines; 300 is the most` }))
}

/** Folders and files named for nothing in particular, and file names that are not kebab-case. */
export function findBadNames(sources: readonly Source[]): Offence[] {
  return sources.flatMap(({ path }): Offence[] => {
    const parts = path.split('/').map(part => part.replace(/\..*$/, ''))
    const dump = parts.find(part => dumpingGrounds.test(part))
    if (dump !== undefined) return [{ path, line: 1, message: `"${dump}" says nothing: name it for its topic` }]
    return parts.every(part => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(part)) ? [] : [{ path, line: 1, message: 'names are kebab-case' }]
  })
}

/** Default exports: every name is the same wherever it is used. */
export function findDefaultExports(sources: readonly Source[]): Offence[] {
  return sources.flatMap(({ path, text, tree }) => {
    const body = Array.isArray(tree.body) ? tree.body.filter(isNode) : []
    return body
      .filter(node => node.type === 'ExportDefaultDeclaration' || exportsAsDefault(node))
      .map(node => ({ path, line: lineAt(text, node.start), message: 'export it by name' }))
  })
}

function exportsAsDefault(node: Record<string, unknown>): boolean {
  const specifiers = Array.isArray(node.specifiers) ? node.specifiers.filter(isNode) : []
  return specifiers.some(({ exported }) => isNode(exported) && (exported.name ?? exported.value) === 'default')
}
