import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { findEffects, findPrintingAndExiting } from './effects.ts'
import { findCircles, findDateFnsRoot, findWrongDirections } from './imports.ts'
import { findBadNames, findDefaultExports, findLongFiles } from './layout.ts'
import { type Offence, readSources } from './source.ts'

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '')
const src = readSources(root, ['src'])
const own = [...src, ...readSources(root, ['bench', 'scripts', 'tests'])]
const withoutConfigs = own.filter(({ path }) => !path.endsWith('.config.ts'))

describe('the architecture', () => {
  it('is found where the rules look for it', () => {
    expect(src.map(({ path }) => path)).toContain('src/cli.ts')
    expect(src.flatMap(({ imports }) => imports).length).toBeGreaterThan(50)
  })

  it('has no import circles', () => expect(shown(findCircles(src))).toEqual([]))
  it('imports only folders that stand before', () => expect(shown(findWrongDirections(src))).toEqual([]))
  it('has effects only at the edges', () => expect(shown(findEffects(src))).toEqual([]))
  it('prints and exits only in cli.ts', () => expect(shown(findPrintingAndExiting(src))).toEqual([]))
  it("never imports date-fns' root", () => expect(shown(findDateFnsRoot(own))).toEqual([]))
  it('has no default exports', () => expect(shown(findDefaultExports(withoutConfigs))).toEqual([]))
  it('has no file over 300 lines', () => expect(shown(findLongFiles(own))).toEqual([]))
  it('names files and folders for their topic', () => expect(shown(findBadNames(withoutConfigs))).toEqual([]))
})

function shown(offences: readonly Offence[]): string[] {
  return offences.map(({ path, line, message }) => `${path}:${line} ${message}`)
}
