import { describe, expect, it } from 'vitest'
import { runBuild } from '../../src/commands/build.ts'
import { runCheck } from '../../src/commands/check.ts'
import { readBuiltConfig } from '../../src/commands/read-built-config.ts'
import { createTempFolder } from '../temp-folder.ts'
import { contextOf } from './context-of.ts'

const post =
  '---\ntitle: Lamps at low water\ndate: 2026-02-03\nfeatured: true\ndescription: Lamps are described in one whole sentence for readers.\n---\n\nText.\n'

/** A publication without a configuration, built by flags alone. */
async function builtByFlags() {
  const cwd = await createTempFolder({ 'content/lamps.md': post })
  await runBuild('2026-w06', { check: true, siteUrl: 'https://harbour.example' }, contextOf(cwd))
  return cwd
}

describe('readBuiltConfig()', () => {
  it('takes the address of the site from the build where nobody has configured one', async () => {
    const cwd = await builtByFlags()
    for (const argument of ['latest', '2026-w06']) {
      const { config, id } = await readBuiltConfig(argument, {}, contextOf(cwd))
      expect([id, config.site.url]).toEqual(['2026-w06', 'https://harbour.example'])
    }
    const { config } = await readBuiltConfig('latest', { siteUrl: 'https://quay.example' }, contextOf(cwd))
    expect(config.site.url).toBe('https://quay.example')
  })

  it('lets such a build be checked', async () => {
    const { exitCode, text } = await runCheck(undefined, {}, contextOf(await builtByFlags()))
    expect([exitCode, text]).toEqual([0, expect.stringContaining('2026-w06  Lamps at low water')])
  })

  it('says that nothing was built, not that the address is missing', async () => {
    const cwd = await createTempFolder({ 'content/lamps.md': post })
    for (const argument of ['latest', '2026-w06'])
      await expect(readBuiltConfig(argument, {}, contextOf(cwd))).rejects.toMatchObject({ code: 'edition-unknown' })
  })
})
