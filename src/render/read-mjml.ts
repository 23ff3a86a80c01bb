/**
 * Loads MJML, in a sixth of the time that `require('mjml')` takes. What is left out of it, or made shorter, is put back when it has been loaded; none
 * of it changes what MJML does.
 */

import { createRequire, registerHooks } from 'node:module'
import { dirname } from 'node:path'
import type mjml2html from 'mjml'

const require = createRequire(import.meta.url)

/** Loads MJML anew. Nothing is read or run for it but packages of ours. */
export function readMjml(): typeof mjml2html {
  const putBack = [deferModules(), takeParts(), rememberHelpers(), stayInOwnFolder()]
  try {
    return require('mjml') as typeof mjml2html
  } finally {
    for (const each of putBack) each()
  }
}

type PutBack = () => void

// While mjml-core loads it reads `.mjmlconfig` in the working directory and runs the packages named there, and no option keeps it from that
// (mjml-core/lib/index.js, last lines). So for the time of this one synchronous call the working directory is mjml's own folder, which holds none.
function stayInOwnFolder(): PutBack {
  const folder = dirname(require.resolve('mjml'))
  const cwd = process.cwd.bind(process)
  process.cwd = () => folder
  return () => {
    process.cwd = cwd
  }
}

/**
 * Half of the time in which MJML loads goes into modules that only `mj-style inline`, `mj-html-attributes`, minifying and beautifying use (cheerio
 * brings an HTTP client with it). A stand-in takes the place of each, which loads the real one when it is first used.
 */
function deferModules(): PutBack {
  const core = coreRequire()
  const names = ['juice', 'cheerio', 'htmlnano', 'cssnano-preset-lite', './helpers/formatHtml']
  return standIn(new Map(names.map(name => [core.resolve(name), callable(() => core(name))])))
}

function callable(loadReal: () => unknown): unknown {
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

/**
 * Of three modules MJML uses one function or five: lodash/fp converts all of lodash for them (17 ms; its own converter makes them one by one),
 * lodash/forEach is there already under another name (6 ms), and htmlparser2 brings tools for trees along (7 ms).
 */
function takeParts(): PutBack {
  const parser = createRequire(coreRequire().resolve('mjml-parser-xml'))
  const lodash = parser('lodash') as Record<string, unknown>
  const convert = parser('lodash/fp/_baseConvert') as (lodash: object, name: string, of: unknown) => unknown
  const html = createRequire(parser.resolve('htmlparser2'))
  return standIn(
    new Map([
      [parser.resolve('lodash/fp'), parts(name => (Object.hasOwn(lodash, name) ? convert(lodash, name, lodash[name]) : undefined))],
      [parser.resolve('lodash/forEach'), lodash.forEach],
      [parser.resolve('htmlparser2'), html('./Parser.js')],
    ]),
  )
}

function parts(part: (name: string) => unknown): unknown {
  return new Proxy({}, { get: (_, key) => (typeof key === 'string' ? part(key) : undefined) })
}

/** Node parses the 41 kB of @babel/runtime's package.json each of the 250 times that a module of MJML asks for one of its helpers (75 ms). */
function rememberHelpers(): PutBack {
  const known = new Map<string, { url: string }>()
  const hooks = registerHooks({
    resolve: (specifier, context, nextResolve) => {
      if (!specifier.startsWith('@babel/runtime/')) return nextResolve(specifier, context)
      const resolved = known.get(specifier) ?? nextResolve(specifier, context)
      known.set(specifier, resolved)
      return { ...resolved, shortCircuit: true }
    },
  })
  return () => hooks.deregister()
}

/** `require` as mjml-core has it: what it asks for need not lie where we would find it. */
function coreRequire(): NodeJS.Require {
  return createRequire(createRequire(require.resolve('mjml')).resolve('mjml-core'))
}

/** Puts exports into the module cache, by file, so that whoever asks for that file gets them and nothing is loaded. */
function standIn(exports: ReadonlyMap<string, unknown>): PutBack {
  const { cache } = require
  const placed = [...exports].filter(([path]) => cache[path] === undefined)
  for (const [path, each] of placed) cache[path] = { exports: each, loaded: true } as NodeJS.Module
  return () => {
    for (const [path] of placed) delete cache[path]
  }
}
