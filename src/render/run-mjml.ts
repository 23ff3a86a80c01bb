import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import type mjml2html from 'mjml'

const require = createRequire(import.meta.url)
let loaded: typeof mjml2html | null = null

/**
 * Runs MJML over a finished source and gives its HTML, not yet shrunk. Loads MJML on first use. Rejects with MJML's own error, whose `errors` name
 * lines, where the source is not valid. Includes are ignored, and no font is requested.
 */
export async function runMjml(source: string): Promise<string> {
  loaded ??= load()
  const { html } = await loaded(source, { validationLevel: 'strict', keepComments: false, fonts: {}, ignoreIncludes: true })
  return html
}

// While mjml-core loads it reads `.mjmlconfig` in the working directory and runs the packages named there, and no option keeps it from that
// (mjml-core/lib/index.js, last lines). So for the time of this one synchronous call the working directory is mjml's own folder, which holds none.
function load(): typeof mjml2html {
  const folder = dirname(require.resolve('mjml'))
  const cwd = process.cwd.bind(process)
  const putBack = deferModules(['juice', 'cheerio', 'htmlnano'])
  process.cwd = () => folder
  try {
    return require('mjml') as typeof mjml2html
  } finally {
    process.cwd = cwd
    putBack()
  }
}

/**
 * Half of the time in which MJML loads goes into modules that only `mj-style inline`, `mj-html-attributes` and minifying use (cheerio brings an HTTP
 * client with it). While MJML loads, a stand-in takes the place of each in the module cache, which loads the real one when it is first used.
 */
function deferModules(names: readonly string[]): () => void {
  const ofCore = createRequire(createRequire(require.resolve('mjml')).resolve('mjml-core'))
  const deferred = names.map(name => ofCore.resolve(name)).filter(path => require.cache[path] === undefined)
  const { cache } = require
  for (const path of deferred) cache[path] = { exports: standIn(() => ofCore(path)), loaded: true } as NodeJS.Module
  return () => {
    for (const path of deferred) delete cache[path]
  }
}

function standIn(loadReal: () => unknown): unknown {
  const real = () => {
    const exports = loadReal() as { __esModule?: boolean; default?: unknown }
    return (exports.__esModule === true && exports.default !== undefined ? exports.default : exports) as (...given: unknown[]) => unknown
  }
  return new Proxy(() => undefined, {
    apply: (_, self, given: unknown[]) => Reflect.apply(real(), self, given),
    // Babel asks this of every module that it imports; to answer it must not load anything.
    get: (_, key) => (key === '__esModule' ? false : Reflect.get(real(), key)),
  })
}
