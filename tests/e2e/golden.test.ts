import { spawnSync } from 'node:child_process'
import { cp, readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { createTempFolder } from '../temp-folder.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Builds an edition of the sample publication and gives what was written. */
async function build(edition: string) {
  const cwd = await createTempFolder()
  for (const name of ['content', 'public', 'news-digest.yaml']) await cp(path.join(root, name), path.join(cwd, name), { recursive: true })
  const { status, stderr } = spawnSync(process.execPath, [path.join(root, 'dist/cli.js'), 'build', edition], { cwd, encoding: 'utf8' })
  expect([status, stderr]).toEqual([0, ''])
  return (name: string) => readFile(path.join(cwd, 'out', edition, name), 'utf8')
}

// After a change that is meant to change emails: `npx vitest run tests/e2e/golden.test.ts --update`, and read the difference before committing it.
describe('the golden editions', () => {
  it.each(['2026-w09', '2026-w04-de', '2026-w07-fa'])('%s of the sample publication comes out as it stands in golden/', async edition => {
    const written = await build(edition)
    for (const name of ['email.html', 'email.txt', 'edition.json']) {
      await expect(await written(name)).toMatchFileSnapshot(`golden/${edition}/${name}`)
    }
  })
})
