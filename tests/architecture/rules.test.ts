import { describe, expect, it } from 'vitest'
import { findEffects, findPrintingAndExiting, mayHaveEffects } from './effects.ts'
import { findCircles, findDateFnsRoot, findWrongDirections } from './imports.ts'
import { findBadNames, findDefaultExports, findLongFiles } from './layout.ts'
import { parseSource } from './source.ts'

const one = (path: string, text: string) => [parseSource(path, text)]

describe('findCircles()', () => {
  it('finds two files that import each other, once', () => {
    const sources = [parseSource('src/a.ts', "import { b } from './b.ts'"), parseSource('src/b.ts', "import { a } from './a.ts'")]
    expect(findCircles(sources).map(({ message }) => message)).toEqual(['circle: src/a.ts → src/b.ts → src/a.ts'])
  })

  it('finds a circle that closes through a re-export and an import()', () => {
    const sources = [
      parseSource('src/x/a.ts', "export { b } from './b.ts'"),
      parseSource('src/x/b.ts', "export const b = () => import('../y/c.ts')"),
      parseSource('src/y/c.ts', "export * from '../x/a.ts'"),
    ]
    expect(findCircles(sources)).toHaveLength(1)
  })

  it('lets type-only imports close a circle, in each of their forms', () => {
    for (const typeOnly of ["import type { A } from './a.ts'", "import { type A } from './a.ts'", "export type B = import('./a.ts').A"]) {
      expect(findCircles([parseSource('src/a.ts', "import { b } from './b.ts'"), parseSource('src/b.ts', typeOnly)])).toEqual([])
    }
  })
})

describe('findWrongDirections()', () => {
  it.each([
    ['src/content/a.ts', '../render/b.ts', 'content/ stands before render/ and must not import it'],
    ['src/render/deep/a.ts', '../../report/b.ts', 'render/ stands before report/ and must not import it'],
    ['src/selection/a.ts', '../commands/b.ts', 'nothing imports commands/'],
    ['src/report/a.ts', '../cli.ts', 'nothing imports src/cli.ts'],
    ['src/commands/a.ts', '../index.ts', 'nothing imports src/index.ts'],
    ['src/index.ts', './commands/a.ts', 'nothing imports commands/'],
    ['src/report/a.ts', '../run-build.ts', 'only web/, commands/, cli.ts and index.ts import src/run-build.ts'],
    ['src/run-build.ts', './web/preview/a.ts', 'the steps do not know web/'],
    ['src/output/a.ts', '../web/preview/a.ts', 'output/ stands before web/ and must not import it'],
    ['src/run-build.ts', './commands/a.ts', 'nothing imports commands/'],
    ['src/errors.ts', './config/a.ts', 'errors.ts imports nothing'],
    ['src/config/a.ts', '../../tests/b.ts', 'tests/b.ts is outside src/'],
    ['src/gadgets/a.ts', '../config/b.ts', 'a folder that the order of imports does not name: src/gadgets/a.ts → src/config/b.ts'],
  ])('refuses %s importing %s', (path, specifier, message) => {
    for (const text of [
      `import { x } from '${specifier}'`,
      `import type { X } from '${specifier}'`,
      `const x = await import('${specifier}')`,
    ]) {
      expect(findWrongDirections(one(path, text))).toEqual([{ path, line: 1, message }])
    }
  })

  it('refuses an import() or require() whose path it cannot follow', () => {
    expect(findWrongDirections(one('src/cli.ts', 'const loaded = require(name)'))).toHaveLength(1)
    expect(findWrongDirections(one('src/cli.ts', 'const load = (x: string) => import(x)'))).toHaveLength(1)
  })

  it('allows what stands before, the same folder, errors.ts, packages, and everything to cli.ts, index.ts and commands/', () => {
    expect(
      findWrongDirections(
        one('src/render/a.ts', "import { x } from '../content/b.ts'\nimport './c.ts'\nimport '../errors.ts'\nimport 'zod'"),
      ),
    ).toEqual([])
    expect(findWrongDirections(one('src/cli.ts', "import './commands/a.ts'\nimport './report/b.ts'"))).toEqual([])
    expect(findWrongDirections(one('src/commands/a.ts', "import './b.ts'\nimport '../report/b.ts'"))).toEqual([])
    expect(findWrongDirections(one('src/index.ts', "export { x } from './report/b.ts'\nimport './run-build.ts'"))).toEqual([])
    expect(findWrongDirections(one('src/run-build.ts', "import './output/b.ts'\nimport './run-plan.ts'"))).toEqual([])
  })
})

describe('findEffects()', () => {
  it.each([
    "import { readFileSync } from 'node:fs'",
    "import fs from 'fs/promises'",
    "import * as net from 'node:net'",
    "export { get } from 'node:https'",
    "const { spawn } = await import('node:child_process')",
    "import { hostname } from 'node:os'",
    "import { setTimeout } from 'node:timers/promises'",
    "import { createHash, randomBytes } from 'node:crypto'",
    "import * as crypto from 'node:crypto'\nconst x = crypto.randomUUID()",
    "const { spawn } = require('child_process')",
    "import { createRequire, registerHooks } from 'node:module'",
    'const home = process.env.HOME',
    "const home = process['env']",
    'const { env } = process',
    'const now = Date.now()',
    "const now = Date['now']()",
    'const now = new Date()',
    'const now = Date()',
    'const now = performance.now()',
    'const now = Temporal.Now.instant()',
    'const x = Math.random()',
    'const x = crypto.getRandomValues(new Uint8Array(8))',
    'const x = globalThis.process',
    'console.log(1)',
    'const page = await fetch(url as string)',
    'const run = [fetch] as unknown[]',
    'setTimeout(() => undefined, 10)',
    'const tools = { fetch }',
  ])('finds %s', text => {
    expect(findEffects(one('src/summary/a.ts', text)).length).toBeGreaterThan(0)
    expect(findEffects(one('src/summary/read-a.ts', text))).toEqual([])
    expect(findEffects(one('src/commands/a.ts', text))).toEqual([])
  })

  it.each([
    "import type { Stats } from 'node:fs'",
    "import { createHash } from 'node:crypto'\nconst x = createHash('sha256')",
    "import { posix } from 'node:path'",
    "import { createRequire } from 'node:module'\nconst handlebars = createRequire(import.meta.url)('handlebars')",
    'const then = new Date(0)',
    "const then = Date.parse('2026-02-01')",
    'interface A { readonly process: string }',
    'type Fetch = typeof fetch',
    'export function f(now: Date, load: typeof fetch) { return now }',
    'const x = post.process + post.console',
    'const x = { process: 1, fetch: 2 }',
    'const x = Math.max(1, 2)',
    "const x = 'process.env and Date.now()' // console.log()",
  ])('lets %s pass', text => {
    expect(findEffects(one('src/summary/a.ts', text))).toEqual([])
  })

  it('knows the files that may have effects by folder and by name', () => {
    const allowed = [
      'src/cli.ts',
      'src/ledger/x.ts',
      'src/transport/a/b.ts',
      'src/web/x.ts',
      'src/commands/x.ts',
      'src/content/read-posts.ts',
      'src/output/write-a.ts',
    ]
    const pure = [
      'src/index.ts',
      'src/errors.ts',
      'src/content/reader.ts',
      'src/content/already-read.ts',
      'src/content/read/x.ts',
      'src/output/rewrite-a.ts',
    ]
    expect(allowed.filter(mayHaveEffects)).toEqual(allowed)
    expect(pure.filter(mayHaveEffects)).toEqual([])
  })
})

describe('findPrintingAndExiting()', () => {
  it.each(['console.error(1)', 'process.exit(1)', 'process.exitCode = 1', "process['exit'](1)", 'const log = console'])(
    'finds %s',
    text => {
      expect(findPrintingAndExiting(one('src/commands/a.ts', text))).toHaveLength(1)
      expect(findPrintingAndExiting(one('src/cli.ts', text))).toEqual([])
    },
  )
})

describe('the rules on files', () => {
  it('find an import of the root of date-fns, and let its subpaths and types pass', () => {
    expect(findDateFnsRoot(one('src/a.ts', "import { addDays } from 'date-fns'"))).toHaveLength(1)
    expect(findDateFnsRoot(one('src/a.ts', "import { addDays } from 'date-fns/addDays'\nimport type { Day } from 'date-fns'"))).toEqual([])
  })

  it('find default exports in both spellings', () => {
    expect(findDefaultExports(one('src/a.ts', 'export default 1'))).toHaveLength(1)
    expect(findDefaultExports(one('src/a.ts', 'const a = 1\nexport { a as default }'))).toEqual([
      { path: 'src/a.ts', line: 2, message: 'export it by name' },
    ])
    expect(findDefaultExports(one('src/a.ts', 'export const a = 1'))).toEqual([])
  })

  it('find a file of 301 lines, and let 300 pass', () => {
    expect(findLongFiles(one('src/a.ts', 'f()\n'.repeat(301)))).toHaveLength(1)
    expect(findLongFiles(one('src/a.ts', 'f()\n'.repeat(300)))).toEqual([])
  })

  it('find names that say nothing', () => {
    const bad = [
      'src/utils/a.ts',
      'src/render/helpers.ts',
      'src/common.ts',
      'src/lib/x/y.ts',
      'tests/misc.test.ts',
      'src/render/fitEmail.ts',
    ]
    expect(bad.filter(path => findBadNames(one(path, '')).length === 1)).toEqual(bad)
    expect(findBadNames(one('src/render/fit-email.ts', ''))).toEqual([])
  })
})
