import { describe, expect, it } from 'vitest'
import { findBuiltId } from '../../src/commands/find-built-id.ts'
import { readConfig } from '../../src/config/read-config.ts'
import { editionOf } from '../output/edition-of.ts'
import { createTempFolder } from '../temp-folder.ts'

function builtIn(folder: string, id: string, to: string) {
  return { [`out/${folder}/edition.json`]: JSON.stringify(editionOf({ id, window: { ...editionOf().window, id, to } })) }
}

async function find(argument: string, files: Readonly<Record<string, string>> = {}) {
  const cwd = await createTempFolder({ 'news-digest.yaml': 'site: { url: https://harbour.example }', ...files })
  return findBuiltId(argument, await readConfig({ cwd }))
}

describe('findBuiltId()', () => {
  it('takes latest for the built edition whose window ends last, not for the name that sorts last', async () => {
    const files = {
      ...builtIn('2026-w06', '2026-w06', '2026-02-08T23:00:00.000Z'),
      ...builtIn('2026-02', '2026-02', '2026-02-28T23:00:00.000Z'),
    }
    expect(await find('latest', files)).toBe('2026-02')
  })

  it('passes over copies under another name, unfinished builds, and folders that are none', async () => {
    const files = {
      ...builtIn('2026-w06', '2026-w06', '2026-02-08T23:00:00.000Z'),
      ...builtIn('a copy', '2026-w08', '2026-02-22T23:00:00.000Z'),
      'out/2026-w09/edition.json': '{"version": 1, "id"',
      'out/notes/read.me': '',
    }
    expect(await find('latest', files)).toBe('2026-w06')
  })

  it('reads an id as it stands, built or not', async () => {
    expect(await find('2026-W06')).toBe('2026-w06')
  })

  it('says how to build where nothing has been built, and what names an edition', async () => {
    await expect(find('latest')).rejects.toMatchObject({
      code: 'edition-unknown',
      problems: [{ expected: 'a built edition in out', hint: expect.stringContaining('news-digest build latest') }],
    })
    await expect(find('newest')).rejects.toMatchObject({ code: 'edition-id-invalid' })
  })
})
