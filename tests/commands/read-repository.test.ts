import { mkdir, realpath, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readRepository } from '../../src/commands/read-repository.ts'
import { createTempFolder } from '../temp-folder.ts'

describe('readRepository()', () => {
  it.each(['a folder', 'the file of a worktree'])('finds the nearest folder above that has .git, %s', async kind => {
    const root = await realpath(await createTempFolder(kind === 'a folder' ? {} : { '.git': 'gitdir: /elsewhere' }))
    await mkdir(join(root, kind === 'a folder' ? '.git' : 'x'))
    await mkdir(join(root, 'site/blog'), { recursive: true })
    expect(await readRepository(join(root, 'site/blog'), {})).toBe(root)
    expect(await readRepository(root, {})).toBe(root)
  })

  it('takes the workspace of GitHub Actions before that, unless it lies elsewhere or is not there', async () => {
    const root = await realpath(await createTempFolder({ 'repository/site/.git': '' }))
    const site = join(root, 'repository/site')
    await symlink(join(root, 'repository'), join(root, 'workspace'))
    expect(await readRepository(site, { GITHUB_WORKSPACE: join(root, 'workspace') })).toBe(join(root, 'repository'))
    for (const GITHUB_WORKSPACE of [join(root, 'repo'), '/nowhere', '']) expect(await readRepository(site, { GITHUB_WORKSPACE })).toBe(site)
  })
})
