/** Rules on who imports whom. */

import type { Offence, Source } from './source.ts'

/** The folders of src/ in the order of imports: each may import those before it. */
export const folderOrder = [
  'config',
  'locale',
  'content',
  'selection',
  'summary',
  'edition',
  'render',
  'message',
  'inspect',
  'ledger',
  'subscribers',
  'transport',
  'delivery',
  'output',
  'report',
  'web',
] as const

/**
 * A folder imports only itself, folders before it, and errors.ts. The steps in one go (src/run-*.ts) import every folder but web/; web/, commands/,
 * cli.ts and index.ts import those as well. Nothing imports the latter three, except that commands/ may import its own kind, as the steps may. Type-only
 * imports count: a type from further down still ties the folder to it.
 */
export function findWrongDirections(sources: readonly Source[]): Offence[] {
  return sources.flatMap(source =>
    source.imports.flatMap(({ to, specifier, line }): Offence[] => {
      if (specifier === '*') return [{ path: source.path, line, message: 'an import() needs its path written out' }]
      if (to === null) return []
      const message = forbidden(source.path, to)
      return message === null ? [] : [{ path: source.path, line, message }]
    }),
  )
}

/**
 * Files that import each other round in a circle, each circle once. Type-only imports do not count: they are gone at run time, so no
 * file of such a circle can see another half loaded; `import()` counts.
 */
export function findCircles(sources: readonly Source[]): Offence[] {
  const graph = new Map(sources.map(source => [source.path, source.imports.filter(each => !each.typeOnly && each.to !== null)]))
  const finished = new Set<string>()
  const circles: Offence[] = []
  const visit = (path: string, trail: readonly string[]): void => {
    if (finished.has(path)) return
    for (const { to, line } of graph.get(path) ?? []) {
      if (to === null) continue
      const here = [...trail, path]
      if (here.includes(to)) circles.push({ path, line, message: `circle: ${[...here.slice(here.indexOf(to)), to].join(' → ')}` })
      else visit(to, here)
    }
    finished.add(path)
  }
  for (const path of graph.keys()) visit(path, [])
  return circles
}

/** `import … from 'date-fns'` loads everything it has (1.6 s, 390 MB); its subpaths load one function. */
export function findDateFnsRoot(sources: readonly Source[]): Offence[] {
  return sources.flatMap(source =>
    source.imports
      .filter(({ specifier, typeOnly }) => specifier === 'date-fns' && !typeOnly)
      .map(({ line }) => ({ path: source.path, line, message: "import the function's own subpath, such as 'date-fns/addDays'" })),
  )
}

function forbidden(from: string, to: string): string | null {
  if (!to.startsWith('src/')) return `${to} is outside src/`
  const [fromFolder, toFolder] = [place(from), place(to)]
  if (toFolder === 'errors') return null
  if (toFolder === 'face') return `nothing imports ${to}`
  if (toFolder === 'commands') return fromFolder === 'commands' || from === 'src/cli.ts' ? null : 'nothing imports commands/'
  if (fromFolder === 'errors') return 'errors.ts imports nothing'
  if (fromFolder === 'face' || fromFolder === 'commands') return null
  if (fromFolder === 'steps') return toFolder === 'web' ? 'the steps do not know web/' : null
  if (toFolder === 'steps') return fromFolder === 'web' ? null : `only web/, commands/, cli.ts and index.ts import ${to}`
  if (fromFolder === toFolder) return null
  if (toFolder === 'unknown' || fromFolder === 'unknown') return `a folder that the order of imports does not name: ${from} → ${to}`
  return folderOrder.indexOf(fromFolder) > folderOrder.indexOf(toFolder)
    ? null
    : `${fromFolder}/ stands before ${toFolder}/ and must not import it`
}

function place(path: string): (typeof folderOrder)[number] | 'errors' | 'face' | 'commands' | 'steps' | 'unknown' {
  if (path === 'src/errors.ts') return 'errors'
  if (path === 'src/cli.ts' || path === 'src/index.ts') return 'face'
  if (/^src\/run-[^/]+\.ts$/.test(path)) return 'steps'
  const name = path.split('/').slice(1, -1)[0]
  return name === 'commands' ? 'commands' : (folderOrder.find(folder => folder === name) ?? 'unknown')
}
