import { mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { UserError } from '../../../src/errors.ts'
import { writeEdition } from '../../../src/output/write-edition.ts'
import { readEditionPage } from '../../../src/web/shots/read-edition-page.ts'
import { outputOf } from '../../output/edition-of.ts'
import { createTempFolder } from '../../temp-folder.ts'

/** An output folder with one edition, and a picture beside its page. */
async function builtFolder(): Promise<string> {
  const out = await createTempFolder({ 'secret.png': 'secret' })
  await writeEdition(out, outputOf())
  await mkdir(path.join(out, '2026-w06', 'assets', 'images'), { recursive: true })
  await writeFile(path.join(out, '2026-w06', 'assets', 'images', 'a b.png'), 'picture')
  return out
}

const placeIn = (out: string) => ({ out, id: '2026-w06', displayRoot: out })

describe('readEditionPage()', () => {
  it('reads the page as it was written, with subject and text of the sample recipient', async () => {
    const { edition, source } = await readEditionPage(placeIn(await builtFolder()), { name: 'Ada' })
    expect(edition.id).toBe('2026-w06')
    expect(source.html).toContain('<')
    expect([source.subject, source.text].join()).not.toMatch(/\{\{|"merge"/)
  })

  it('hands out the pictures beside the page, and nothing else of the disk', async () => {
    const out = await builtFolder()
    await symlink(path.join(out, 'secret.png'), path.join(out, '2026-w06', 'assets', 'link.png'))
    const { readAsset } = await readEditionPage(placeIn(out), {})
    expect(String(await readAsset('assets/images/a b.png'))).toBe('picture')
    const others = [
      '../secret.png',
      'assets/../../secret.png',
      'assets/link.png',
      'email.json',
      'assets',
      'assets/images',
      '',
      '/etc/hostname',
      'assets/\0',
    ]
    for (const other of others) expect([other, await readAsset(other)]).toEqual([other, null])
  })

  it.each([
    ['the edition', '.', 'edition-unknown'],
    ['its page', 'index.html', 'file-unreadable'],
    ['its data', 'edition.json', 'file-unreadable'],
  ])('says to build again where %s is missing', async (_, name, code) => {
    const out = await builtFolder()
    await rm(path.join(out, '2026-w06', name), { recursive: true, force: true })
    const error = await readEditionPage(placeIn(out), {}).catch(thrown => thrown)
    expect(error).toBeInstanceOf(UserError)
    expect([error.code, error.problems[0].hint]).toEqual([code, expect.stringContaining('news-digest build 2026-w06')])
  })
})
