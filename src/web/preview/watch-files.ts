/** Watches the files that a publication is made of. */

import { stat } from 'node:fs/promises'
import { basename, dirname, join, relative, sep } from 'node:path'
import type { Config } from '../../config/config.ts'
import { configFileName } from '../../config/read-config.ts'
import type { Part } from './snapshot.ts'
import { watchPath } from './watch-path.ts'

/** Files that have changed, absolute, and the parts of the publication that they belong to. */
export type ReportChange = (parts: ReadonlySet<Part>, files: readonly string[]) => void

/** A running watch. */
export interface Watch {
  readonly close: () => Promise<void>
}

/** Editors write a file in several steps, milliseconds apart: what comes within this time is one change. */
const quietMilliseconds = 15
/** A second look at what has just changed: a step of writing that came too close after the first may have gone unreported. */
const secondLooks = [90, 400]

/** Begins to watch, and resolves when every change from then on will be reported. Folders that do not exist yet are waited for. */
export async function watchFiles(config: Config, report: ReportChange): Promise<Watch> {
  const collector = createCollector(config, report)
  const { paths } = config
  const everything = [paths.editions, paths.templates, paths.config ?? join(paths.root, configFileName)]
  // One watcher for each path: chokidar calls itself ready too early when one of several paths is not there yet.
  const watchers = await Promise.all([
    ...contentPaths(config).map(path => watchPath(path, { accepts: each => isContent(each, config), onChange: collector.add })),
    ...everything.map(path => watchPath(path, { accepts: () => true, onChange: collector.add })),
    // A build puts a whole folder into its place, and then writes the gallery: both are seen from here.
    watchPath(paths.out, { accepts: () => true, onChange: collector.add, depth: 0 }),
  ])
  return {
    close: async () => {
      collector.stop()
      await Promise.all(watchers.map(watcher => watcher.close()))
    },
  }
}

/** The content folder, and the authors' files that may lie beside it. */
function contentPaths({ paths }: Config): string[] {
  const above = dirname(paths.content)
  return [paths.content, ...['authors.yml', 'authors.yaml', 'authors.json', 'authors'].map(name => join(above, name))]
}

function isContent(path: string, { paths }: Config): boolean {
  const foreign = [paths.out, paths.editions, paths.templates, paths.cache].some(folder => folder === path)
  const below = relative(paths.content, path).split(sep)
  return !foreign && !below.some(name => name === 'node_modules' || (name.startsWith('.') && name !== '..')) && !isOtherFile(path)
}

function isOtherFile(path: string): boolean {
  return /\.(?!mdx?$|markdown$|ya?ml$|json$)[a-z0-9]{2,5}$/i.test(basename(path))
}

function createCollector(config: Config, report: ReportChange): { add: (path: string) => void; stop: () => void } {
  const waiting = new Set<string>()
  const timers = new Set<NodeJS.Timeout>()
  let isStopped = false

  const later = (run: () => void, milliseconds: number) => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      run()
    }, milliseconds)
    timers.add(timer)
  }
  const flush = async () => {
    const files = [...waiting]
    waiting.clear()
    // Before anybody reads them: what is written between reading and this would never be seen.
    const states = await Promise.all(files.map(stateOf))
    if (isStopped) return
    report(new Set(files.map(file => partOf(file, config))), files)
    for (const wait of secondLooks) later(() => void look(files, states), wait)
  }
  const look = async (files: readonly string[], states: string[]) => {
    for (const [index, file] of files.entries()) {
      const state = await stateOf(file)
      if (state === states[index]) continue
      states[index] = state
      add(file)
    }
  }
  const add = (path: string) => {
    if (waiting.size === 0) later(() => void flush(), quietMilliseconds)
    waiting.add(path)
  }
  const stop = () => {
    isStopped = true
    for (const timer of timers) clearTimeout(timer)
    timers.clear()
  }
  return { add, stop }
}

async function stateOf(file: string): Promise<string> {
  const found = await stat(file, { bigint: true }).catch(() => null)
  return found === null ? 'gone' : `${found.size}.${found.mtimeNs}.${found.ino}`
}

/** The part that a file belongs to: the one whose folder lies deepest around it. */
function partOf(file: string, { paths }: Config): Part {
  const folders: readonly (readonly [string, Part])[] = [
    [paths.editions, 'editions'],
    [paths.templates, 'templates'],
    [paths.out, 'out'],
    [paths.content, 'content'],
  ]
  const around = folders.filter(([folder]) => file === folder || file.startsWith(folder + sep)).sort((a, b) => b[0].length - a[0].length)
  return around[0]?.[1] ?? (basename(file) === basename(paths.config ?? configFileName) ? 'config' : 'content')
}
